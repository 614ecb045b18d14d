"""What differs between two states of a library: entries and fields, not lines."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.merging.renaming import renamed
from northbib.bibtex.scan import line_breaks
from northbib.bibtex.values import squeezed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence

    from northbib.bibtex import Document, Entry
    from northbib.library.sharing.states import State

__all__ = ["ENTRY_TYPE", "KINDS", "Change", "FieldChange", "Place", "differences"]

ENTRY_TYPE = "entrytype"
"""The name by which the type of an entry is among its fields."""

KINDS = ("added", "removed", "renamed", "moved", "changed", "rewritten")
"""What may have happened to something."""

_OF_LAYOUT = frozenset({"comment", "text"})


class Place(NamedTuple):
    """Where something stands, and what it is called there.

    Attributes:
        file: The name of the file.
        line: The line where it begins, counted from 1.
        key: The citation key of an entry, or the name of a macro.
    """

    file: str
    line: int
    key: str


class FieldChange(NamedTuple):
    """A field that differs; None stands for one that is not there."""

    name: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs.

    Attributes:
        what: `entry`, `macro`, `preamble`, `broken` (an entry that cannot be read), `comment` or
            `text`.
        old: Where it stood; None if it is new.
        new: Where it stands; None if it is gone.
        title: The title of an entry that is new or gone; what anything else says.
        fields: The fields that differ.
        is_rewritten: Whether it says the same in other bytes.
    """

    what: str
    old: Place | None
    new: Place | None
    title: str = ""
    fields: tuple[FieldChange, ...] = ()
    is_rewritten: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """What happened to it: one of `KINDS`, or several of the last four."""
        if self.old is None or self.new is None:
            return ("added",) if self.old is None else ("removed",)
        happened = {
            "renamed": self.old.key != self.new.key,
            "moved": self.old.file != self.new.file,
            "changed": bool(self.fields),
            "rewritten": self.is_rewritten,
        }
        return tuple(kind for kind, is_so in happened.items() if is_so)

    @property
    def place(self) -> Place:
        """Where it stands, or stood."""
        return self.new or self.old or Place("", 0, "")


class _Part(NamedTuple):
    """A part of a file: what it is, what it says field by field, and its bytes."""

    what: str
    place: Place
    fields: Mapping[str, str]
    data: bytes
    entry: Entry | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """What it has in common with the part that it is in another state."""
        if self.what == "entry":
            return self.what, self.place.key.lower()
        said = self.place.key.lower() if self.what == "macro" else self.fields["text"]
        return self.what, said, self.place.file


def differences(old: State, new: State, *, source: bool = False) -> list[Change]:
    """Compare two states of a library by entry and by field.

    Entries are the same that have one key, wherever they stand, and those that have got another one
    (`northbib.bibtex.merging.renaming`). Values are compared as BibTeX reads them, so that their
    layout makes no difference.

    Args:
        old: The one.
        new: The other.
        source: Tell also of what is only written in another way, and of comments and other text.

    Returns:
        What differs, in the order of the files and of the lines.
    """
    one, other = old.files, new.files
    if old.is_file and new.is_file:
        # Two files are compared whatever they are called.
        one = dict.fromkeys(other, *one.values())
    before, after = ([*_parts(files, source=source)] for files in (one, other))
    changes = (_compared(*pair, source=source) for pair in _pairs(before, after))
    found = [change for change in changes if change is not None]
    if source:
        found += _in_white_space(one, other, {change.place.file for change in found})
    return sorted(found, key=lambda change: (change.place.file, change.new is None, change.place))


def _parts(files: Mapping[str, Document], *, source: bool) -> Iterator[_Part]:
    for file, document in files.items():
        parts = _parts_of(document, file)
        yield from (part for part in parts if source or part.what not in _OF_LAYOUT)


def _parts_of(document: Document, file: str) -> Iterator[_Part]:
    line = 1
    for piece in document.pieces():
        place = Place(file, line, piece.key)
        structure = document.encoding.structure(piece.data)
        line += line_breaks(structure, 0, len(structure))
        if piece.entry is not None:
            fields = {ENTRY_TYPE: piece.entry.type, **piece.entry}
            yield _Part("entry", place, fields, piece.data, piece.entry)
        elif piece.kind == "string":
            value = document.macros.value(piece.key, len(document.data)) or ""
            yield _Part("macro", place, {"value": value}, piece.data)
        elif piece.kind != "text" or piece.data.strip():
            text = squeezed(document.encoding.decode(piece.data)).strip()
            yield _Part(piece.kind, place, {"text": text}, piece.data)


Pair = tuple["_Part | None", "_Part | None"]


def _pairs(old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[Pair]:
    """Put together what is the same in two states, and alone what has no other.

    Of a repeated key, those belong together that say the same, then those in one file.
    """
    for sign in (_as_it_was, _in_its_file, _anywhere):
        pairs, old, new = _matched(old, new, sign)
        yield from pairs
    yield from _renamed(old, new)


def _as_it_was(part: _Part) -> Hashable:
    return part.identity, part.place.file, frozenset(part.fields.items())


def _in_its_file(part: _Part) -> Hashable:
    return part.identity, part.place.file


def _anywhere(part: _Part) -> Hashable:
    return part.identity


def _matched(
    old: Sequence[_Part], new: Sequence[_Part], sign: Callable[[_Part], Hashable]
) -> tuple[list[Pair], list[_Part], list[_Part]]:
    """Put together what has one sign, in order; give the pairs, and what is left on both sides."""
    waiting: dict[Hashable, deque[_Part]] = {}
    for part in old:
        waiting.setdefault(sign(part), deque()).append(part)
    pairs: list[Pair] = []
    left: list[_Part] = []
    for part in new:
        if like := waiting.get(sign(part)):
            pairs.append((like.popleft(), part))
        else:
            left.append(part)
    return pairs, [part for parts in waiting.values() for part in parts], left


def _renamed(gone: Sequence[_Part], come: Sequence[_Part]) -> Iterator[Pair]:
    """Put together the entries that have another key now; give the others alone."""
    before, after = ({part.place.key.lower(): part for part in parts} for parts in (gone, come))
    olds = renamed(_entries(before), _entries(after))
    pairs = [(before[old], after[new]) for new, old in olds.items()]
    yield from pairs
    same = {id(part) for pair in pairs for part in pair}
    yield from ((part, None) for part in gone if id(part) not in same)
    yield from ((None, part) for part in come if id(part) not in same)


def _entries(parts: Mapping[str, _Part]) -> dict[str, Entry]:
    return {key: part.entry for key, part in parts.items() if part.entry is not None}


def _compared(old: _Part | None, new: _Part | None, *, source: bool) -> Change | None:
    if old is None or new is None:
        return _alone(old, new)
    names = dict.fromkeys([*new.fields, *old.fields])
    changed = (FieldChange(name, old.fields.get(name), new.fields.get(name)) for name in names)
    fields = tuple(change for change in changed if change.old != change.new)
    is_rewritten = source and old.data != new.data and not fields
    change = Change(new.what, old.place, new.place, fields=fields, is_rewritten=is_rewritten)
    return change if change.kinds else None


def _alone(old: _Part | None, new: _Part | None) -> Change | None:
    there = new or old
    if there is None:
        return None
    said = (there.fields.get(name) for name in ("title", "value", "text"))
    title = next((text for text in said if text), "")
    return Change(there.what, old and old.place, new and new.place, title=title)


def _in_white_space(
    old: Mapping[str, Document], new: Mapping[str, Document], told: Collection[str]
) -> Iterator[Change]:
    """Give the files of which nothing is told though their bytes differ."""
    for file in old.keys() & new.keys():
        if file not in told and old[file].data != new[file].data:
            place = Place(file, 1, "")
            yield Change("text", place, place, is_rewritten=True)
