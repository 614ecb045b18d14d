"""What becomes of a unit with a name, such as an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.document import Document
from northbib.bibtex.merging.entries import merged_entry
from northbib.bibtex.merging.lines import Clash, merged_lines, put_lines, put_parts
from northbib.bibtex.merging.output import Output
from northbib.bibtex.merging.shape import shape_of

if TYPE_CHECKING:
    from northbib.bibtex.merging.parts import Unit
    from northbib.bibtex.merging.shape import Shape

__all__ = ["is_kept", "put_unit"]


def is_kept(base: Unit | None, ours: Unit | None, theirs: Unit | None) -> bool:
    """Tell whether a unit is in the merged file: not if a side removed what the other left."""
    if ours is not None and theirs is not None:
        return True
    there = ours or theirs
    return there is not None and (base is None or not _says_the_same(base, there))


def _says_the_same(one: Unit, other: Unit) -> bool:
    """Whether nothing but the layout of two versions of a unit differs."""
    if (one.body, one.lead, one.tail) == (other.body, other.lead, other.tail):
        return True
    before, after = _shape(one), _shape(other)
    return (
        before is not None
        and after is not None
        and (one.lead, one.tail) == (other.lead, other.tail)
        and (before.head.type.lower(), before.head.key) == (after.head.type.lower(), after.head.key)
        and before.values == after.values
    )


def put_unit(
    out: Output, base: Unit | None, ours: Unit | None, theirs: Unit | None
) -> bytes | None:
    """Write a unit that is in the merged file.

    Args:
        out: Takes it.
        base: The unit as both sides have had it.
        ours: The unit as one side has it.
        theirs: The unit as the other side has it.

    Returns:
        The bytes of its block; None if it is in conflict.
    """
    if ours is None or theirs is None:
        return _put_one(out, base, ours, theirs)
    lead, tail = (base.lead, base.tail) if base else (b"", b"")
    put_lines(out, f"the lines above {ours.name}", lead, ours.lead, theirs.lead)
    body = _put_body(out, base, ours, theirs)
    put_lines(out, f"the text behind {ours.name}", tail, ours.tail, theirs.tail)
    return body


def _shape(unit: Unit | None) -> Shape | None:
    return None if unit is None or unit.entry is None else shape_of(unit.entry)


def _put_one(
    out: Output, base: Unit | None, ours: Unit | None, theirs: Unit | None
) -> bytes | None:
    """Write a unit that one side has alone: a new one, or one that the other side removed."""
    sides = [side for side in (ours, theirs) if side is not None]
    if base is None:
        out.put(b"".join(side.data for side in sides))
        return b"".join(side.body for side in sides)
    data = [side.data if side else b"" for side in (ours, theirs)]
    out.conflict(f"{base.name}, which one side removed", *data)
    return None


def _put_body(out: Output, base: Unit | None, ours: Unit, theirs: Unit) -> bytes | None:
    """Write a block that both sides have; give its bytes, None if it is in conflict."""
    old = base.body if base else None
    if theirs.body in (ours.body, old):
        out.put(ours.body)
        return ours.body
    if ours.body == old:
        out.put(theirs.body)
        return theirs.body
    return _put_entry(out, base, ours, theirs)


def _put_entry(out: Output, base: Unit | None, ours: Unit, theirs: Unit) -> bytes | None:
    """Merge an entry by field; what is none, or not well-formed, by line."""
    old, one, other = (_shape(unit) for unit in (base, ours, theirs))
    if one is None or other is None:
        return _put_block(out, base, ours, theirs)
    merged = merged_entry(old, one, other, out.eol)
    if not merged.is_clean:
        merged.write(out, ours.name)
        return None
    alone = Output(out.eol)
    merged.write(alone, ours.name)
    data = alone.finish()
    entries = Document.parse(data).entries
    shape = shape_of(entries[0]) if len(entries) == 1 and entries[0].data == data else None
    if shape is None or {name: f.value for name, f in shape.fields.items()} != merged.sources:
        return _put_block(out, base, ours, theirs)
    out.put(data)
    return data


def _put_block(out: Output, base: Unit | None, ours: Unit, theirs: Unit) -> bytes | None:
    """Merge a block by line, but one without an end as a whole."""
    if ours.body.split() == theirs.body.split():
        out.put(ours.body)
        return ours.body
    parts = list(merged_lines(base.body if base else b"", ours.body, theirs.body))
    data = b"".join(part for part in parts if isinstance(part, bytes))
    has_clash = any(isinstance(part, Clash) for part in parts)
    if "broken" in (ours.kind, theirs.kind) or not (has_clash or _is_like(data, ours)):
        out.conflict(ours.name, ours.body, theirs.body)
        return None
    put_parts(out, f"lines of {ours.name}", parts)
    return None if has_clash else data


def _is_like(data: bytes, unit: Unit) -> bool:
    """Whether some bytes are a block of the kind of a unit, and nothing else."""
    pieces = list(Document.parse(data).pieces())
    return len(pieces) == 1 and pieces[0].kind == unit.kind
