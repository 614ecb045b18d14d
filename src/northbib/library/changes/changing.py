"""Opening a library for a change: the lock, the journal, and what follows when it is written."""

from __future__ import annotations

import contextlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.library.changes.change import Change, Place
from northbib.library.changes.journal import journal_of
from northbib.library.changes.recovering import settle
from northbib.library.changes.touched import summary
from northbib.library.disk.files import clear_leftovers, file_error
from northbib.library.disk.locks import locked
from northbib.library.disk.replacing import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from northbib.library.changes.change import Write
    from northbib.library.changes.journal import Journal, Logged
    from northbib.library.store import Store

__all__ = ["changing"]

_SETTINGS = ".northbib.toml"


@contextlib.contextmanager
def changing(
    store: Store, files: Callable[[], Sequence[Path]], command: str, *, dry_run: bool = False
) -> Iterator[Change]:
    """Do what `Store.changing` says.

    Args:
        store: The library.
        files: Gives its files.
        command: What makes the change.
        dry_run: Write nothing.
    """
    store.forget()
    try:
        if dry_run:
            yield Change(command, None)
            return
        with locked(store.root, *files(), command=command, waiting=store.waiting) as lock:
            store.forget()
            for folder in {real_path(file).parent for file in files()}:
                clear_leftovers(folder)
            followed = _Followed(store)
            yield Change(command, Place(lock, _journal(store.folder), followed.done))
    except OSError as error:
        # A disk or a server may fail at any call at all.
        place = error.filename if isinstance(error.filename, str) else store.root
        raise file_error(error, Path(place), "read or written") from error
    finally:
        store.forget()


class _Followed:
    """What follows when a change is written: the index takes it in, git commits it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._versioning = None
        if (store.folder / _SETTINGS).exists():
            versioning = import_module("northbib.library.changes.versioning")
            # Asked for before anything is written, since settings may make no sense.
            self._versioning = versioning if versioning.commits(store.root) else None

    def done(self, logged: Logged, writes: Sequence[Write]) -> None:
        for write in writes:
            splices = [patch.splice for patch in write.patches]
            self._store.written(write.file, write.snapshot, write.after, splices)
        if self._versioning is None:
            return
        message = f"northbib {logged.command}: {summary(logged.touched)}"
        files = [write.file for write in writes]
        problem = self._versioning.commit(self._store.folder, files, message)
        if problem is not None:
            self._store.notices.append(problem)


def _journal(folder: Path) -> Journal:
    journal = journal_of(folder)
    settle(journal)
    return journal
