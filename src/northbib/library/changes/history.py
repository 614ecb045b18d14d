"""What has been done to a library, and taking it back."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import ConflictError, NotFoundError
from northbib.library.changes.change import Write
from northbib.library.changes.journal import Trace, journal_of
from northbib.library.changes.patches import backwards
from northbib.library.changes.redoing import ChangedSinceError, redo
from northbib.library.disk.files import Snapshot, file_error, read_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.library.changes.journal import Edited, Logged
    from northbib.library.store import Store

__all__ = ["Done", "log", "undo"]


@dataclass(frozen=True, slots=True)
class Done:
    """A change that was made to a library.

    Attributes:
        change: The change, as the journal has it.
        undone_by: The number of the change that took it back; None if it stands.
    """

    change: Logged
    undone_by: int | None


def log(store: Store) -> list[Done]:
    """Do what `Store.log` says."""
    journal = journal_of(store.folder)
    try:
        heads = journal.heads()
    except OSError as error:
        raise file_error(error, journal.folder, "read") from error
    undone: dict[int, int] = {}
    for change in reversed(heads):
        if change.undoes is not None and change.number not in undone:
            undone[change.undoes] = change.number
    return [
        Done(change, undone.get(change.number))
        for change in reversed(heads)
        if store.is_folder or _is_about(change, store.root)
    ]


def undo(store: Store, number: int | None = None) -> Logged:
    """Do what `Store.undo` says."""
    with store.changing("undo") as making:
        past = log(store)
        wanted = _wanted(past, number)
        making.command = f"undo {wanted.number}"
        making.undoes = wanted.number
        try:
            for edited in _whole(store, wanted).edited:
                making.put(_backwards(store, edited))
        except ChangedSinceError as error:
            raise _in_the_way(error, wanted, past) from error
        _check_keys(store, wanted)
        made = making.commit()
    if made is None:
        raise ConflictError(
            f"nothing is left of change {wanted.number} to undo",
            hint="northbib log shows what was done since",
        )
    return made


def _is_about(change: Logged, file: Path) -> bool:
    return Path(os.path.realpath(file)) in {edited.file for edited in change.edited}


def _wanted(past: Sequence[Done], number: int | None) -> Logged:
    if number is None:
        standing = (done for done in past if done.undone_by is None)
        found = next((done for done in standing if done.change.undoes is None), None)
    else:
        found = next((done for done in past if done.change.number == number), None)
    if found is None:
        what = "there is nothing to undo" if number is None else f"there is no change {number}"
        raise NotFoundError(what, hint="northbib log shows the changes that can be undone")
    if found.undone_by is not None:
        raise ConflictError(
            f"change {number} has been undone already, by {found.undone_by}",
            hint=f"northbib undo {found.undone_by} does it again",
        )
    return found.change


def _whole(store: Store, head: Logged) -> Logged:
    journal = journal_of(store.folder)
    try:
        logged = journal.read(head.number)
    except OSError as error:
        raise file_error(error, journal.folder, "read") from error
    if logged is None:
        raise NotFoundError(
            f"what the journal has of change {head.number} is damaged",
            where=journal.folder,
            hint="it cannot be undone",
        )
    return logged


def _backwards(store: Store, edited: Edited) -> Write:
    """Give what takes a change to a file back from what the file is now."""
    file = _as_known(store, edited.file)
    patches = tuple(backwards(edited.patches))
    if not file.exists():
        if edited.after is not None:
            raise NotFoundError(
                "this file is there no more",
                where=file,
                hint="put it back where it was, and try again",
            )
        return Write(file, Snapshot(None, None), patches)
    snapshot = read_snapshot(file)
    data = snapshot.data or b""
    if Trace.of([data]) == edited.after:
        return Write(file, snapshot, patches, removes=edited.is_new)
    return Write(file, snapshot, redo(patches, data, str(file)))


def _as_known(store: Store, file: Path) -> Path:
    """Give a file as a path from where the library was opened, if it is one of its files."""
    known = (each.file for each in store.bibliographies.values())
    return next((each for each in known if Path(os.path.realpath(each)) == file), file)


def _in_the_way(error: ChangedSinceError, wanted: Logged, past: Sequence[Done]) -> ConflictError:
    """Say which later change a change cannot be undone for."""
    for done in past:
        change = done.change
        if change.number > wanted.number and done.undone_by is None and _touches(change, error):
            return ConflictError(
                f"change {wanted.number} cannot be undone: {error.what}"
                f" since, by change {change.number} ({change.command})",
                where=error.where,
                hint=f"northbib undo {change.number} undoes that first",
            )
    return ConflictError(
        f"change {wanted.number} cannot be undone: {error.what} since, by another program",
        where=error.where,
        hint="nothing was written: look at what is there now",
    )


def _touches(change: Logged, error: ChangedSinceError) -> bool:
    return any(
        each.key.lower() == error.key.lower()
        and (not each.fields or not error.fields or bool({*each.fields} & {*error.fields}))
        for each in change.touched
    )


def _check_keys(store: Store, wanted: Logged) -> None:
    """Refuse to bring entries back whose keys other files have meanwhile."""
    own = {each.file for each in wanted.touched}
    for key in (each.key for each in wanted.touched if each.how == "removed"):
        for file, line in _elsewhere(store, key):
            if file.name not in own:
                raise ConflictError(
                    f"change {wanted.number} cannot be undone: {key} is there again",
                    where=file,
                    line=line,
                    hint="give it another key there, or remove it",
                )


def _elsewhere(store: Store, key: str) -> list[tuple[Path, int]]:
    places = store.places(key)
    if places is not None:
        return [(place.file, place.line) for place in places]
    found = (each for each in store.bibliographies.values() if key in each.document)
    return [(each.file, each.document[key].line) for each in found]
