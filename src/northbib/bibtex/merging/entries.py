"""Three-way merges of one entry, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from northbib.bibtex.grammar import CLOSING
from northbib.bibtex.merging.members import SETS, merged_set
from northbib.bibtex.merging.order import merged_order
from northbib.bibtex.merging.shape import Head, Source
from northbib.bibtex.merging.slots import OURS, THEIRS, Gaps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.bibtex.merging.order import Versions
    from northbib.bibtex.merging.output import Output
    from northbib.bibtex.merging.shape import Shape
    from northbib.bibtex.merging.slots import Slot

__all__ = ["MergedEntry", "merged_entry"]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What the two sides have where they are in conflict."""

    ours: bytes
    theirs: bytes


@dataclass(frozen=True, slots=True)
class MergedEntry:
    """An entry that both sides have changed.

    Attributes:
        head: What it begins with.
        fields: The fields by name.
        order: The names of the fields in order, each with what stands before it.
        end: What stands behind the last one, with the sign that closes the entry.
    """

    head: bytes | _Sides
    fields: Mapping[str, Source | _Sides]
    order: list[tuple[bytes, str]]
    end: bytes

    @property
    def is_clean(self) -> bool:
        """Whether nothing is in conflict."""
        return not any(isinstance(part, _Sides) for part in (self.head, *self.fields.values()))

    @property
    def sources(self) -> dict[str, bytes]:
        """The sources of the values that are not in conflict, by the names of the fields."""
        return {name: part.value for name, part in self.fields.items() if isinstance(part, Source)}

    def write(self, out: Output, name: str) -> None:
        """Write the entry, with what is in conflict between marks.

        Args:
            out: Takes it.
            name: What the entry is called in conflicts.
        """
        has_comma = _put(out, self.head, f"type or key of {name}")
        for gap, field in self.order:
            out.put(_without_comma(gap) if has_comma else gap)
            has_comma = _put(out, self.fields[field], f"{field} of {name}")
        out.put(_without_comma(self.end) if has_comma else self.end)


def merged_entry(base: Shape | None, ours: Shape, theirs: Shape, eol: bytes) -> MergedEntry:
    """Merge three versions of an entry, the first of which may be missing.

    Where one side changed the layout of a field and the other one its value, the value counts.
    """
    head, closing = _merged_head(base.head if base else None, ours.head, theirs.head)
    names = dict.fromkeys([*ours.fields, *theirs.fields])
    found = {name: _merged_field(name, base, ours, theirs) for name in names}
    fields = {name: field for name, field in found.items() if field is not None}
    versions: Versions = [*base.fields] if base else [], [*ours.fields], [*theirs.fields]
    slots = merged_order(versions, fields.keys())
    gaps = base.gaps if base else [b""], ours.gaps, theirs.gaps
    between = Gaps(gaps, lambda gap: b"," in gap, b"," + eol + b"  ").between
    *before, end = [between(one, other) for one, other in pairwise(slots)]
    order = [(gap, _name(slot, versions)) for gap, slot in zip(before, slots[1:-1], strict=True)]
    return MergedEntry(head, fields, order, end + closing)


def _name(slot: Slot, versions: Versions) -> str:
    version = OURS if slot.first[OURS] is not None else THEIRS
    return str(versions[version][slot.first[version] or 0])


def _merged_field(
    name: str, base: Shape | None, ours: Shape, theirs: Shape
) -> Source | _Sides | None:
    """Merge three versions of a field; None if it is not there any more."""
    old, one, other = (s.fields.get(name) if s else None for s in (base, ours, theirs))
    value, mine, yours = (s.values.get(name) if s else None for s in (base, ours, theirs))
    if one == old:
        return other
    if other == old or yours in (mine, value):
        return one
    if mine == value:
        return other
    if name in SETS and one is not None and other is not None:
        united = merged_set(old.value if old else b"", one.value, other.value)
        if united is not None:
            return Source(one.label, united) if united[1:-1].strip() else None
    return _Sides(one.data if one else b"", other.data if other else b"")


def _merged_head(base: Head | None, ours: Head, theirs: Head) -> tuple[bytes | _Sides, bytes]:
    """Merge what entries begin with; give it, and the sign that closes the entry."""
    old = base or Head(b"", b"", b"")
    opening = theirs.opening if ours.opening == old.opening else ours.opening
    closing = CLOSING[opening.strip()]
    types = _either(old.type, ours.type, theirs.type)
    keys = _either(old.key, ours.key, theirs.key)
    heads = [type_ + opening + key for type_, key in zip(types, keys, strict=True)]
    return (heads[0] if heads[0] == heads[1] else _Sides(*heads)), closing


def _either(base: bytes, ours: bytes, theirs: bytes) -> tuple[bytes, bytes]:
    """Give what the sides have, twice the same if at most one of them has changed it."""
    if ours == base or (ours.lower() == base.lower() != theirs.lower()):
        return theirs, theirs
    if theirs.lower() in (base.lower(), ours.lower()):
        return ours, ours
    return ours, theirs


def _put(out: Output, part: bytes | Source | _Sides, what: str) -> bool:
    """Write a part; tell whether it is in conflict, and has the comma behind it with it."""
    if isinstance(part, _Sides):
        sides = [data + b"," if data else b"" for data in (part.ours, part.theirs)]
        out.conflict(what, *sides)
        return True
    out.put(part.data if isinstance(part, Source) else part)
    return False


def _without_comma(gap: bytes) -> bytes:
    return gap.replace(b",", b"", 1)
