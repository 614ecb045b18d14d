"""Opening entries to edit them: with the whole file, or alone where the index knows their place.

An entry alone spares reading a large file as BibTeX. Its bytes are compared with what the index
has of them before they count; where anything is not as it should be, the whole file is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib import bibtex
from northbib.bibtex.encoding import detect
from northbib.bibtex.scan import line_breaks
from northbib.errors import ConflictError
from northbib.library.changes.change import Write
from northbib.library.changes.patches import patches
from northbib.library.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from northbib.bibtex import Document, Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.changes.change import Change
    from northbib.library.index.places import Place
    from northbib.library.store import Store
    from northbib.records import Record

__all__ = ["Opened", "opened", "whole", "written"]

_WITH_OTHERS = frozenset({"xdata", "entryset"})
"""Fields that name entries without which this one cannot be edited."""

_INHERITING = _WITH_OTHERS | {"crossref"}
_NO_WORKS = frozenset({"xdata", "set", "control"})
_TOPICS = "keywords"


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry that may be edited.

    Attributes:
        bibliography: The bibliography that it stands in.
        document: That of the whole file, or one of this entry alone.
        entry: The entry; what is done to it is written by `write` and `Change.commit`.
        before: Its bytes as they were.
        place: Where the entry stands in the file, if it is opened alone.
        indexed: Gives the record of a key by the index, if it is opened alone.
    """

    bibliography: Bibliography
    document: Document
    entry: Entry
    before: bytes
    place: Place | None = None
    indexed: Callable[[str], Stored] | None = None

    @classmethod
    def whole(cls, bibliography: Bibliography, key: str) -> Opened:
        """Open an entry with the whole of its file."""
        entry = bibliography.document[key]
        return cls(bibliography, bibliography.document, entry, entry.data)

    @classmethod
    def alone(
        cls, bibliography: Bibliography, place: Place, indexed: Callable[[str], Stored]
    ) -> Opened:
        """Open an entry without its file, but read as its file is."""
        encoding = replace(detect(bibliography.data), mark=b"")
        data = bibliography.data[place.start : place.end]
        document = bibtex.Document(data, encoding, str(bibliography.file))
        return cls(bibliography, document, document.entries[0], data, place, indexed)

    @property
    def stands_alone(self) -> bool:
        """Whether what is asked of the entry to edit it is the same without the rest of its file.

        Macros may decide its topics; what it takes by `crossref` is in its record of the index.
        """
        fields = self.entry.fields
        topics = (part for field in fields if field.name == _TOPICS for part in field.parts)
        return (
            bool(fields)
            and self.entry.is_plain
            and self.entry.type not in _NO_WORKS
            and not any(field.name in _WITH_OTHERS for field in fields)
            and all(part[:1] in ("{", '"') for part in topics)
        )

    @property
    def csl_type(self) -> str:
        """The type of the record."""
        if self.indexed is not None and "crossref" in self.entry:
            return self.indexed(self.entry.key).record.type
        parents = self.bibliography.parents if self.place is None else None
        ((_, record),) = bibtex.records(self.document, parents, [self.entry])
        return record.type

    @property
    def line(self) -> int:
        """The line where the entry begins in the file as it was read."""
        return self.entry.line if self.place is None else self.place.line

    def write(self, change: Change) -> None:
        """Have what the entry has become written when the change is committed."""
        if self.place is None:
            change.write(self.bibliography)
            return
        start = self.place.start
        moved = [replace(patch, start=patch.start + start) for patch in patches(self.document)]
        change.put(
            Write(self.bibliography.file, self.bibliography.snapshot, tuple(moved)),
            self.bibliography,
        )


def written(change: Change, entries: Sequence[Opened]) -> list[Stored]:
    """Write what entries have become, and give their records, which are read when asked for.

    Raises:
        ConflictError: Another program has changed one of them meanwhile.
        StoreError: A file cannot be written; all are as they were.
    """
    lines = [each.line + _lines_before(each, entries) for each in entries]
    for each in entries:
        each.write(change)
    change.commit()
    written = change.is_written
    return [
        _stored(each, line, is_written=written) for each, line in zip(entries, lines, strict=True)
    ]


def _lines_before(opened: Opened, entries: Sequence[Opened]) -> int:
    """Give how many lines the entries that stand before one in its file have gained."""
    return sum(
        _breaks(each.entry.data) - _breaks(each.before)
        for each in entries
        if each.bibliography is opened.bibliography and each.line < opened.line
    )


def _breaks(data: bytes) -> int:
    return line_breaks(data, 0, len(data))


def _stored(opened: Opened, line: int, *, is_written: bool) -> Stored:
    bibliography, key = opened.bibliography, opened.entry.key

    def record() -> Record:
        if opened.place is not None and _is_self_contained(opened.entry):
            ((_, found),) = bibtex.records(opened.document)
            return found
        if opened.indexed is not None and is_written:
            return opened.indexed(key).record
        (stored,) = bibliography.stored_of([key])
        return stored.record

    return Stored(record, bibliography.name, bibliography.file, line)


def _is_self_contained(entry: Entry) -> bool:
    """Tell whether an entry means the same without macros and without other entries."""
    parts = (part for field in entry.fields for part in field.parts)
    return not any(name in entry for name in _INHERITING) and all(
        part[:1] in ("{", '"') or part.isdecimal() for part in parts
    )


def opened(store: Store, keys: Iterable[str]) -> list[Opened]:
    """Open the entries of some keys, each once, in the order of the keys.

    Raises:
        NotFoundError: There is no such entry.
        ConflictError: More than one entry has a key.
        StoreError: A file cannot be read, or is no BibTeX.
    """
    found = {each.entry.key.lower(): each for each in (_opened(store, key) for key in keys)}
    # What stands in one file is opened in one way.
    whole = {each.bibliography.file for each in found.values() if each.place is None}
    return [
        Opened.whole(each.bibliography, each.entry.key) if each.bibliography.file in whole else each
        for each in found.values()
    ]


def whole(store: Store, keys: Iterable[str]) -> list[Opened]:
    """Open entries with the whole of their files, as `opened` does."""
    found = dict.fromkeys(_searched(store, key) for key in keys)
    return [Opened.whole(*each) for each in found]


def _opened(store: Store, key: str) -> Opened:
    places = store.places(key)
    if places is not None and len(places) == 1:
        (place,) = places
        all_of_them = store.bibliographies.values()
        bibliography = next(each for each in all_of_them if each.file == place.file)
        bibliography.check_editable()
        if place.holds(bibliography.data):
            found = Opened.alone(bibliography, place, store.get)
            if found.stands_alone:
                return found
    return Opened.whole(*_searched(store, key))


def _searched(store: Store, key: str) -> tuple[Bibliography, str]:
    stored = store.get(key)
    wanted = stored.key.lower()
    places = [
        f"{bibliography.file}:{entry.line}"
        for bibliography in store.bibliographies.values()
        for entry in bibliography.document.entries
        if entry.key.lower() == wanted
    ]
    if len(places) > 1:
        raise ConflictError(
            f"nothing was changed: {stored.key} stands at {' and '.join(places)}",
            hint="give one of them another key in its file first",
        )
    bibliography = store.bibliographies[stored.bibliography]
    bibliography.check_editable()
    return bibliography, stored.key
