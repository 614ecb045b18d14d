"""Waiting for files to be saved: told by the system where watchfiles is installed, else looked for.

What is saved in a burst, as by an editor that writes a file, a copy and a swap file, is one change.
"""

from __future__ import annotations

import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Set

__all__ = ["changes"]

_POLL = 0.4
_QUIET = 0.2
"""Seconds for which files have to rest after a change."""

_State = dict[Path, tuple[int, int, int]]


def changes(files: Callable[[], Iterable[Path]]) -> Iterator[None]:
    """Give a value at the beginning, and whenever files have changed since the last one.

    A change between two values is never missed, so what is done at each may take its time.

    Args:
        files: Gives the files to watch, anew each time, so that new ones are seen.
    """
    state = _state(files())
    yield
    wait = _waiter()
    while True:
        found = _state(files())
        while found == state:
            wait({path.parent for path in found})
            found = _state(files())
        state = _settled(files, found)
        yield


def _settled(files: Callable[[], Iterable[Path]], found: _State) -> _State:
    """Give the state of files once they have come to rest."""
    while True:
        time.sleep(_QUIET)
        later = _state(files())
        if later == found:
            return later
        found = later


def _state(files: Iterable[Path]) -> _State:
    state = {}
    for path in files:
        try:
            status = path.stat()
        except OSError:
            state[path] = (0, 0, 0)
        else:
            state[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return state


def _waiter() -> Callable[[Set[Path]], None]:
    """Give what waits for a moment, or until something happens in one of some folders."""
    try:
        watch = import_module("watchfiles").watch
    except ImportError:
        return lambda _: time.sleep(_POLL)

    def wait(folders: Set[Path]) -> None:
        there = [folder for folder in folders if folder.is_dir()]
        if not there:
            time.sleep(_POLL)
            return
        told = watch(
            *there,
            watch_filter=None,
            recursive=False,
            debounce=50,
            step=20,
            rust_timeout=_LOOK_AGAIN,
            yield_on_timeout=True,
        )
        next(told)

    return wait


_LOOK_AGAIN = 2_000
"""Milliseconds after which files are looked at even if the system told nothing."""
