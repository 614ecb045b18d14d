"""Making a change again where the file is not what it was made for: by place, entry and field.

A change that was meant for one state of a file is made to another one, which another program or
a later change has left. What it is about must still be as it was: the same bytes at a place that
is found again by what stands around it, or else the same entry, or else the same field of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from northbib.bibtex import Document
from northbib.errors import ConflictError
from northbib.library.changes.patches import Patch, patches, with_context
from northbib.library.changes.touched import TYPE, changed_fields, entries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex import Entry

__all__ = ["ChangedSinceError", "holds", "redo"]


class ChangedSinceError(ConflictError):
    """What a change is about is not as it was.

    Attributes:
        what: What that is, and what became of it, for a message.
        key: The entry that is in the way; "" where it is text between entries.
        fields: The fields of it, empty where it is the whole entry.
    """

    def __init__(self, what: str, file: str, key: str, fields: Sequence[str] = ()) -> None:
        super().__init__(
            f"{what} meanwhile",
            where=file,
            hint="nothing was written: look at what is there now",
        )
        self.what = what
        self.key = key
        self.fields = tuple(fields)


def redo(changes: Sequence[Patch], data: bytes, file: str) -> tuple[Patch, ...]:
    """Give the patches that make the same change to other bytes.

    Args:
        changes: The change, as it was made to some state of the file, with its context.
        data: The file as it is now.
        file: What it is called in messages.

    Raises:
        ChangedSinceError: What the change is about is not as it was.
    """
    work = _Redoing(data, file)
    for patch in changes:
        work.take(patch)
    return work.patches()


def holds(changes: Sequence[Patch], data: bytes) -> bool:
    """Tell whether what a change put into a file is there, whatever else has changed.

    Args:
        changes: The change, with its context.
        data: The file as it is now.
    """
    old = entries([patch.old for patch in changes])
    new = entries([patch.new for patch in changes])
    there = entries([data])
    if not old and not new:
        return all(each.lead + each.new + each.trail in data for each in changes)
    if any(key in there for key in old.keys() - new.keys()):
        return False
    return all(key in there and _has(there[key], old.get(key), entry) for key, entry in new.items())


def _has(now: Entry, old: Entry | None, new: Entry) -> bool:
    if old is None:
        return now.raw == new.raw
    there, after, names = _sources(now), _sources(new), changed_fields(old, new)
    return (
        all(there.get(name) == after.get(name) for name in names) if names else now.raw == new.raw
    )


class _Redoing:
    """A change that is being made to a file which it was not made for."""

    def __init__(self, data: bytes, file: str) -> None:
        self._data = data
        self._file = file
        self._document = Document.parse(data, file)
        self._placed: list[Patch] = []

    def take(self, patch: Patch) -> None:
        """Make one patch.

        Raises:
            ChangedSinceError: What it is about is not as it was.
        """
        old, new = entries([patch.old]), entries([patch.new])
        for key in new.keys() - old.keys():
            if key in self._document:
                raise ChangedSinceError(f"{key} has been added", self._file, key)
        start = self._place(patch)
        if start is not None:
            self._placed.append(replace(patch, start=start))
            return
        if _between_entries(patch.old) != _between_entries(patch.new):
            raise ChangedSinceError("the text between entries has been changed", self._file, "")
        for key in {**old, **new}:
            self._take_entry(old.get(key), new.get(key))

    def patches(self) -> tuple[Patch, ...]:
        """Give what was made of all patches.

        Raises:
            ChangedSinceError: Two of them would change the same place now.
        """
        found = sorted((*self._placed, *patches(self._document)), key=lambda patch: patch.start)
        if any(after.start < before.end for before, after in pairwise(found)):
            raise ChangedSinceError("what stands around it has been changed", self._file, "")
        return with_context(self._data, found)

    def _place(self, patch: Patch) -> int | None:
        """Find the place of a patch by its bytes and what stands around them; None if in vain."""
        pattern = patch.lead + patch.old + patch.trail
        start = patch.start - len(patch.lead)
        if not pattern:
            return None
        if start < 0 or self._data[start : start + len(pattern)] != pattern:
            start = self._data.find(pattern)
            if start < 0 or self._data.find(pattern, start + 1) >= 0:
                return None
        start += len(patch.lead)
        ends = (start, start + len(patch.old))
        cuts = any(each.start < end < each.end for each in self._document.entries for end in ends)
        return None if cuts else start

    def _take_entry(self, old: Entry | None, new: Entry | None) -> None:
        if old is None:
            if new is not None:
                self._document.add(new.raw)
            return
        found = [each for each in self._document.entries if each.key.lower() == old.key.lower()]
        if len(found) != 1 or (new is None and found[0].raw != old.raw):
            raise ChangedSinceError(f"{old.key} has been changed", self._file, old.key)
        (now,) = found
        if new is None:
            self._document.remove(old.key)
        elif now.raw == old.raw:
            now.rewrite(new.raw)
        else:
            self._merge(old, new, now)

    def _merge(self, old: Entry, new: Entry, now: Entry) -> None:
        """Change the fields of an entry that were changed from an old to a new form."""
        before, after = _sources(old), _sources(new)
        for name in changed_fields(old, new):
            there = _sources(now).get(name)
            if there == after.get(name):
                continue
            if there != before.get(name):
                raise ChangedSinceError(
                    f"{name} of {now.key} has been changed", self._file, now.key, [name]
                )
            self._set(now, name, after.get(name))

    def _set(self, entry: Entry, name: str, source: str | None) -> None:
        """Set a field to a source as it is written, delimiters and all, or take it away."""
        if source is None:
            del entry[name]
            return
        if name == TYPE:
            opening = re.search(r"[{(]", entry.raw)
            entry.rewrite(f"@{source}{entry.raw[opening.start() if opening else 0 :]}")
            return
        if name not in entry:
            entry[name] = "x"
        place = [field.name for field in entry.fields].index(name)
        span = entry.body.fields[place]
        encoding = self._document.encoding
        before = entry.data[: span.value_start * encoding.unit]
        behind = entry.data[span.value_end * encoding.unit :]
        entry.rewrite(f"{encoding.decode(before)}{source}{encoding.decode(behind)}")


def _sources(entry: Entry) -> dict[str, str]:
    """Give the fields of an entry as they are written; the first of each name, and its type."""
    return {TYPE: entry.type, **dict(reversed(entry.sources))}


def _between_entries(data: bytes) -> list[bytes]:
    """Give what is not an entry, without the white space."""
    pieces = Document.parse(data).pieces()
    return b"".join(piece.data for piece in pieces if piece.kind != "entry").split()
