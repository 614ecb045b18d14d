"""Progress of long work, on the terminal: nothing in a pipe, and nothing of what is soon done."""

from __future__ import annotations

import time
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from northbib.progress import watched_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

__all__ = ["Display", "hidden"]

T = TypeVar("T")

_SOON = 0.7
"""Seconds after which people begin to wonder."""
_EVERY = 0.1
_FEW = 10

_displays: list[Display] = []
"""Those that show something now; it is one at most."""


@contextmanager
def hidden() -> Iterator[None]:
    """Take what is shown off the terminal while the block asks a person something."""
    for display in _displays[:]:
        display.clear()
    yield


class Display:
    """Shows how far long work is while the block runs; goes when the work is done.

    Of work within work only the outer is shown.
    """

    def __init__(self) -> None:
        self._watching = watched_by(self)
        self._shown: Any = None
        self._is_busy = False

    def __enter__(self) -> Display:
        self._watching.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._watching.__exit__(None, None, None)
        self._hide()

    def __call__(self, items: Collection[T], doing: str) -> Iterable[T]:
        """Give the items one by one, as `northbib.progress.Watcher` says."""
        return items if self._is_busy or len(items) < _FEW else self._count(items, doing)

    def _count(self, items: Collection[T], doing: str) -> Iterator[T]:
        self._is_busy = True
        due = time.monotonic() + _SOON
        try:
            for done, item in enumerate(items):
                if time.monotonic() > due:
                    self._show(doing, done, len(items))
                    due = time.monotonic() + _EVERY
                yield item
        finally:
            self._hide()

    def _show(self, doing: str, done: int, total: int) -> None:
        if self._shown is None:
            # What draws is not loaded before there is something to draw.
            rich = import_module("rich.progress")
            console = import_module("rich.console").Console(stderr=True)
            columns = (
                rich.TextColumn("{task.description}"),
                rich.BarColumn(),
                rich.MofNCompleteColumn(),
                rich.TimeRemainingColumn(),
            )
            self._shown = rich.Progress(*columns, console=console, transient=True)
            self._shown.add_task(doing, total=total)
            self._shown.start()
            _displays.append(self)
        self._shown.update(self._shown.task_ids[0], completed=done)

    def _hide(self) -> None:
        self._is_busy = False
        self.clear()

    def clear(self) -> None:
        """Take away what is shown; it comes back as the work goes on."""
        if self._shown is not None:
            self._shown.stop()
            self._shown = None
            _displays.remove(self)
