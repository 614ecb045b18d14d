"""Adding entries at the end of a bibliography, which is all that is read of a large one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib import bibtex
from northbib.bibtex.encoding import detect
from northbib.errors import StoreError
from northbib.library.changes.change import Write
from northbib.library.changes.patches import patches
from northbib.library.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex import Document, Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.changes.change import Change
    from northbib.library.index.places import Place
    from northbib.library.store import Store

__all__ = ["append"]


def append(
    store: Store, change: Change, target: Bibliography, entries: Sequence[Entry]
) -> tuple[Stored, ...]:
    """Add entries to a bibliography, and commit the change.

    Args:
        store: The library.
        change: The change.
        target: The bibliography; its file may not be there yet.
        entries: The entries, none of whose keys the library has.

    Returns:
        The records of those that are works of their own.

    Raises:
        StoreError: The file cannot be written, or would not be read as it is meant.
    """
    target.check_editable()
    text = "\n\n".join(entry.raw for entry in entries)
    place = None if target.snapshot.data is None else store.last_place(target.file)
    end = None if place is None else _end(target, place)
    if place is not None and end is not None:
        end.add(text)
        return _appended(change, target, end, place)
    target.document.add(text)
    change.write(target)
    change.commit()
    return target.stored_of(entry.key for entry in entries)


def _end(target: Bibliography, place: Place) -> Document | None:
    """Give the file from its last entry on, if nothing else stands there."""
    if not place.holds(target.data):
        return None
    encoding = replace(detect(target.data), mark=b"")
    end = bibtex.Document(target.data[place.start :], encoding, str(target.file))
    return end if [piece.kind for piece in end.outline()] == ["entry"] else None


def _appended(
    change: Change, target: Bibliography, end: Document, place: Place
) -> tuple[Stored, ...]:
    after = bibtex.Document(end.to_bytes(), end.encoding, end.name)
    if [entry.key for entry in after.entries] != [entry.key for entry in end.entries]:
        raise StoreError(
            "what was to be written here could not be read back",
            where=target.file,
            hint="mend what is wrong with this file first",
            findings=after.problems,
        )
    moved = [replace(patch, start=patch.start + place.start) for patch in patches(end)]
    change.put(Write(target.file, target.snapshot, tuple(moved)), target)
    change.commit()
    return tuple(
        Stored(record, target.name, target.file, place.line + entry.line - 1)
        for entry, record in bibtex.records(after, target.parents, after.entries[1:])
    )
