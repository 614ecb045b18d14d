"""Settling what a crash has left half done: each change in the journal was carried out, or not.

A crash comes before the first rename, between two of them, or after the last. Before the first,
the change is forgotten; between, it is finished, since one file has it already; after the last, it
is noted as done. What the files hold tells which it was.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from northbib.library.changes.journal import Trace
from northbib.library.changes.patches import patched
from northbib.library.changes.redoing import ChangedSinceError, holds, redo
from northbib.library.disk.files import read_snapshot
from northbib.library.disk.replacing import replace

if TYPE_CHECKING:
    from northbib.library.changes.journal import Edited, Journal, Logged
    from northbib.library.changes.patches import Patch

__all__ = ["settle"]


def settle(journal: Journal) -> None:
    """Finish or forget every change that is begun; the lock of the library has to be held.

    Raises:
        OSError: The journal or a file cannot be read or written.
        StoreError: A file cannot be read.
    """
    for logged in journal.begun():
        if any(_is_done(edited) for edited in logged.edited):
            _finish(logged)
            journal.end(logged.number)
        else:
            journal.forget(logged.number)


def _finish(logged: Logged) -> None:
    for edited in logged.edited:
        if _is_done(edited):
            continue
        if edited.after is None:
            edited.file.unlink(missing_ok=True)
            continue
        data = _data(edited) or b""
        # What another program has made of it since the crash stays as it is.
        with contextlib.suppress(ChangedSinceError):
            replace(edited.file, (patched(data, _patches(edited, data)),))


def _is_done(edited: Edited) -> bool:
    """Tell whether a file has been given what a change put in it."""
    data = _data(edited)
    trace = None if data is None else Trace.of([data])
    if trace == edited.after:
        return True
    if data is None or _is_as_before(edited, data):
        return False
    # Another program has written since: then what the change put there tells.
    return holds(edited.patches, data)


def _data(edited: Edited) -> bytes | None:
    return read_snapshot(edited.file).data if edited.file.exists() else None


def _is_as_before(edited: Edited, data: bytes) -> bool:
    grown = sum(len(patch.new) - len(patch.old) for patch in edited.patches)
    size = (edited.after.size if edited.after else 0) - grown
    return len(data) == size and all(
        data[patch.start : patch.end] == patch.old for patch in edited.patches
    )


def _patches(edited: Edited, data: bytes) -> tuple[Patch, ...]:
    return edited.patches if _is_as_before(edited, data) else redo(edited.patches, data, "")
