"""A terminal for tests: the real program runs on it, and tests see its screen as people do."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["NORTHBIB", "Terminal"]

NORTHBIB = str(Path(sys.executable).with_name("northbib"))
_PATIENCE = 30.0
_KEPT_OUT = ("NO_COLOR", "COLUMNS", "LINES", "PAGER", "LESS", "VISUAL", "EDITOR", "LC_ALL")


def _hear_ctrl_c() -> None:
    """Undo what tests in the background inherit, and what they start would: to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Terminal:
    """A program that runs on a terminal.

    Attributes:
        output: All that it has written, escapes included.
    """

    def __init__(
        self,
        here: Path,
        *command: str,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
    ) -> None:
        inherited = {name: os.environ[name] for name in os.environ if name not in _KEPT_OUT}
        settings = {
            "HOME": str(here),
            "PATH": os.pathsep.join([str(Path(NORTHBIB).parent), os.environ["PATH"]]),
            "TERM": "xterm-256color",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "LANG": "C.UTF-8",
            "XDG_CACHE_HOME": str(here / "cache"),
            "XDG_STATE_HOME": str(here / "state"),
        }
        self.output = ""
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._child = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(here),
            env={**inherited, **settings, **(env or {})},
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=_PATIENCE,
            preexec_fn=_hear_ctrl_c,
        )

    def type(self, keys: str) -> None:
        """Press keys."""
        self._child.send(keys)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, without blanks at the ends of lines."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """What stands on the screen, as one text."""
        return "\n".join(self.lines).strip("\n")

    @property
    def row(self) -> int:
        """The line of the screen that the cursor is on."""
        return int(self._screen.cursor.y)

    def wait_for(self, wanted: str | Callable[[Terminal], bool]) -> str:
        """Wait until a text is on the screen, or something else is so; give the screen."""
        end = time.monotonic() + _PATIENCE
        while not (wanted in self.text if isinstance(wanted, str) else wanted(self)):
            assert time.monotonic() < end, f"{wanted!r} does not come:\n{self.text}"
            self._read(0.1)
        return self.text

    def end(self) -> int:
        """Wait until the program ends, and give its exit status."""
        end = time.monotonic() + _PATIENCE
        while self._read(0.1):
            assert time.monotonic() < end, f"the program does not end:\n{self.text}"
        self._child.close()
        status: int | None = self._child.exitstatus
        return -1 if status is None else status

    def _read(self, timeout: float) -> bool:
        """Take in what the program has written; False where it has ended."""
        try:
            written = self._child.read_nonblocking(65536, timeout)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.output += written
        self._stream.feed(written)
        return True
