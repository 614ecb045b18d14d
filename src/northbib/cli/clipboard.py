"""What is put on the clipboard, as HTML where the desktop can hold that."""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.cli.output import write_output
from northbib.cli.session import note
from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["copy", "deliver"]

_SECONDS = 10


def deliver(data: bytes, output: Path | None, *, clipboard: bool, is_html: bool) -> None:
    """Put a result on the clipboard, or where `write_output` does.

    Raises:
        UsageError: Both are asked for, or there is no clipboard.
        NorthbibError: See `write_output`.
    """
    if clipboard and output is not None:
        raise UsageError("--clipboard and -o exclude each other", hint="take one of them")
    if clipboard:
        copy(data.decode(), is_html=is_html)
    else:
        write_output(data, output)


def copy(text: str, *, is_html: bool) -> None:
    """Put text on the clipboard.

    HTML is put there as such where a program for that is at hand (wl-copy or xclip), so that an
    editor that shows what it writes takes it over with its links; elsewhere as its source.

    Raises:
        UsageError: There is no clipboard.
    """
    kind = "HTML" if is_html and any(_runs(command, text) for command in _for_html()) else "text"
    if kind == "text":
        try:
            import_module("pyperclip").copy(text)
        except (ImportError, RuntimeError) as error:
            hint = "pip install 'northbib[clipboard]', or write a file with -o"
            raise UsageError("nothing can be put on the clipboard here", hint=hint) from error
    note(f"on the clipboard as {kind}")


def _for_html() -> Iterator[list[str]]:
    if "WAYLAND_DISPLAY" in os.environ:
        yield ["wl-copy", "--type", "text/html"]
    if "DISPLAY" in os.environ:
        yield ["xclip", "-selection", "clipboard", "-t", "text/html"]


def _runs(command: list[str], text: str) -> bool:
    """Tell whether a program is there and took the text; it goes on in the background."""
    program = shutil.which(command[0])
    if program is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603
            [program, *command[1:]],
            input=text.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
