"""Opening entries to edit them: with the whole file, or alone where the index knows their place.

An entry alone spares reading a large file as BibTeX. Its bytes are compared with what the index
has of them before they count; where anything is not as it should be, the whole file is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib import bibtex
from northbib.bibtex.encoding import detect
from northbib.bibtex.tables import MONTHS
from northbib.errors import ConflictError
from northbib.library.change import Write
from northbib.library.patches import patches
from northbib.library.stored import Stored

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.bibtex import Document, Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.change import Change
    from northbib.library.index.places import Place
    from northbib.library.store import Store

__all__ = ["Opened", "opened", "whole"]

_INHERITING = frozenset({"crossref", "xdata", "xref", "entryset"})
_KNOWN_MACROS = frozenset(name[:3].lower() for name in MONTHS)


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry that may be edited.

    Attributes:
        bibliography: The bibliography that it stands in.
        document: That of the whole file, or one of this entry alone.
        entry: The entry; what is done to it is written by `write` and `Change.commit`.
        place: Where the entry stands in the file, if it is opened alone.
    """

    bibliography: Bibliography
    document: Document
    entry: Entry
    place: Place | None = None

    @classmethod
    def whole(cls, bibliography: Bibliography, key: str) -> Opened:
        """Open an entry with the whole of its file."""
        return cls(bibliography, bibliography.document, bibliography.document[key])

    @classmethod
    def alone(cls, bibliography: Bibliography, place: Place) -> Opened:
        """Open an entry without its file, but read as its file is."""
        encoding = replace(detect(bibliography.data), mark=b"")
        data = bibliography.data[place.start : place.end]
        document = bibtex.Document(data, encoding, str(bibliography.file))
        return cls(bibliography, document, document.entries[0], place)

    @property
    def stands_alone(self) -> bool:
        """Whether the entry means the same without the rest of its file."""
        fields = self.entry.fields
        return (
            bool(fields)
            and self.entry.is_plain
            and not any(field.name in _INHERITING for field in fields)
            and all(_means_the_same(part) for field in fields for part in field.parts)
        )

    @property
    def stored(self) -> Stored:
        """The record as it now is, after a commit."""
        bibliography, place = self.bibliography, self.place
        if place is None:
            (stored,) = bibliography.stored_of([self.entry.key])
            return stored
        ((_, record),) = bibtex.records(self.document)
        return Stored(record, bibliography.name, bibliography.file, place.line)

    def write(self, change: Change) -> None:
        """Have what the entry has become written when the change is committed."""
        if self.place is None:
            change.write(self.bibliography)
            return
        start = self.place.start
        moved = [replace(patch, start=patch.start + start) for patch in patches(self.document)]
        change.put(Write(self.bibliography.file, self.bibliography.snapshot, tuple(moved)))


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
            found = Opened.alone(bibliography, place)
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


def _means_the_same(part: str) -> bool:
    """Tell whether a part of a value means the same without the macros of its file."""
    return part[:1] in ("{", '"') or part.isdecimal() or part.lower() in _KNOWN_MACROS
