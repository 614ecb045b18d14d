"""Three-way merges of whole files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from northbib.bibtex.document import Document
from northbib.bibtex.merging.lines import Clash, merged_lines, put_parts
from northbib.bibtex.merging.macros import macros_first
from northbib.bibtex.merging.order import merged_order
from northbib.bibtex.merging.output import MARKER_SIZE, Conflict, Output
from northbib.bibtex.merging.parts import entry_name, parts_of, repeated
from northbib.bibtex.merging.renaming import renamed
from northbib.bibtex.merging.slots import BASE, OURS, THEIRS, Gaps
from northbib.bibtex.merging.units import is_kept, put_unit
from northbib.bibtex.merging.versions import alike
from northbib.bibtex.scan import line_breaks
from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from northbib.bibtex.entry import Entry
    from northbib.bibtex.merging.parts import Parts, Unit
    from northbib.bibtex.merging.slots import Slot
    from northbib.bibtex.merging.versions import Alike

__all__ = ["Merged", "merge", "merge_by_entry", "merge_by_line"]


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged file.

    Attributes:
        data: Its bytes, with what is in conflict between marks, as git has them.
        conflicts: What needs a person; none if the merge is complete.
    """

    data: bytes
    conflicts: tuple[Conflict, ...] = ()


def merge(base: bytes, ours: bytes, theirs: bytes, marker_size: int = MARKER_SIZE) -> Merged:
    """Merge two versions of a bibliography that come from a third one, by entry and by field.

    What only one side has changed is taken from there byte by byte. Encoding, line ends and order
    are those of ours, but for what only theirs has put into another order. A result that cannot be
    read back as it is meant is given up for a merge by line, which is a conflict then.

    Args:
        base: The file as both sides have had it; empty if they have not.
        ours: The file as one side has it.
        theirs: The file as the other side has it.
        marker_size: The length of the marks round a conflict.
    """
    if theirs in (ours, base):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    return merge_by_entry(base, ours, theirs, marker_size)


def merge_by_entry(
    base: bytes, ours: bytes, theirs: bytes, marker_size: int = MARKER_SIZE
) -> Merged:
    """Merge two versions of a file without a look at whether only one side has changed it.

    The arguments are those of `merge`.
    """
    try:
        versions = alike(base, ours, theirs)
    except UsageError:
        return merge_by_line(base, ours, theirs, marker_size)
    out = Output(versions.eol, marker_size)
    blocks = list(_put_file(out, versions))
    merged = out.finish()
    data = versions.written(merged)
    if not _reads_back(data, versions, merged, blocks):
        return merge_by_line(base, ours, theirs, marker_size)
    return Merged(data, _conflicts(merged, out))


def merge_by_line(
    base: bytes, ours: bytes, theirs: bytes, marker_size: int = MARKER_SIZE
) -> Merged:
    """Merge two versions of a file by line, as git does; the result is always a conflict.

    The arguments are those of `merge`. Where no line is in conflict, the two files are.
    """
    try:
        versions = alike(base, ours, theirs)
    except UsageError:
        return _by_line((base, ours, theirs), b"\n", marker_size)
    one, two, three = versions.documents
    merged = _by_line((one.data, two.data, three.data), versions.eol, marker_size)
    return replace(merged, data=versions.written(merged.data))


def _by_line(texts: tuple[bytes, bytes, bytes], eol: bytes, marker_size: int) -> Merged:
    _, ours, theirs = texts
    parts = list(merged_lines(*texts))
    if not any(isinstance(part, Clash) for part in parts):
        parts = [Clash(ours, theirs)]
    out = Output(eol, marker_size)
    put_parts(out, "lines", parts)
    data = out.finish()
    return Merged(data, _conflicts(data, out))


def _put_file(out: Output, versions: Alike) -> Iterator[bytes]:
    """Write a merged file; give the bytes of each block that is not in conflict."""
    parts = _parts(versions.documents)
    named = [{unit.identity: unit for unit in each.units} for each in parts]
    names = dict.fromkeys(
        unit.identity
        for each in parts[OURS:]
        for unit in each.units
        if isinstance(unit.identity, str)
    )
    wanted = {name for name in names if is_kept(*(units.get(name) for units in named))}
    base, ours, theirs = ([unit.identity for unit in each.units] for each in parts)
    slots = merged_order((base, ours, theirs), wanted)
    slots = macros_first(slots, [each.units for each in parts], named[BASE])
    gaps = Gaps(
        (parts[BASE].gaps, parts[OURS].gaps, parts[THEIRS].gaps),
        lambda gap: b"\n" in gap or b"\r" in gap,
        versions.eol * 2,
    )
    for before, slot in pairwise(slots):
        out.put(gaps.between(before, slot))
        if slot is not slots[-1]:
            yield from _put_slot(out, slot, parts, named)


def _put_slot(
    out: Output, slot: Slot, parts: Sequence[Parts], named: Sequence[Mapping[str | bytes, Unit]]
) -> Iterator[bytes]:
    if slot.clash is not None:
        ours, theirs = (
            _joined(parts[version], places, out.eol)
            for version, places in zip((OURS, THEIRS), slot.clash, strict=True)
        )
        out.conflict("text between the entries", ours, theirs)
        return
    version = OURS if slot.first[OURS] is not None else THEIRS
    unit = parts[version].units[slot.first[version] or 0]
    if isinstance(unit.identity, bytes):
        out.put(unit.body)
        body = None if unit.kind == "text" else unit.body
    else:
        body = put_unit(out, *(units.get(unit.identity) for units in named))
    if body is not None:
        yield body


def _joined(parts: Parts, places: Sequence[int], eol: bytes) -> bytes:
    """Give units in a row, with what stands between those that are neighbours."""
    data = [parts.units[at].body for at in places[:1]]
    for before, at in pairwise(places):
        data += [parts.gaps[at] if at == before + 1 else eol, parts.units[at].body]
    return b"".join(data)


def _parts(documents: Sequence[Document]) -> list[Parts]:
    """Take three versions apart; a renamed entry has the name that it has in base."""
    unnamed = repeated(documents)
    entries = [_by_name(document, unnamed) for document in documents]
    ours, theirs = (renamed(entries[BASE], each) for each in entries[OURS:])
    return [
        parts_of(documents[BASE], unnamed, {}),
        parts_of(documents[OURS], unnamed, _told_apart(ours, entries[THEIRS], theirs)),
        parts_of(documents[THEIRS], unnamed, _told_apart(theirs, entries[OURS], ours)),
    ]


def _by_name(document: Document, unnamed: Collection[str]) -> dict[str, Entry]:
    names = ((entry_name(entry.key), entry) for entry in document.entries if entry.key)
    return {name: entry for name, entry in names if name not in unnamed}


def _told_apart(
    renames: Mapping[str, str], others: Mapping[str, Entry], elsewhere: Mapping[str, str]
) -> dict[str, str]:
    """Leave out the renames to what is the name of another entry on the other side."""
    return {
        new: old for new, old in renames.items() if new not in others or elsewhere.get(new) == old
    }


def _conflicts(data: bytes, out: Output) -> tuple[Conflict, ...]:
    found, line, position = [], 1, 0
    for what, place in out.conflicts:
        line += line_breaks(data, position, place)
        position = place
        found.append(Conflict(what, line))
    return tuple(found)


def _reads_back(data: bytes, versions: Alike, merged: bytes, blocks: Sequence[bytes]) -> bool:
    """Whether a merged file is read as it is meant: the text, and these blocks in this order."""
    document = Document.parse(data)
    text = document.encoding.decode(data[len(document.encoding.mark) :])
    if text != versions.documents[OURS].encoding.decode(merged):
        return False
    if document.unit > 1:
        document = Document.parse(merged)
    there = (piece.data for piece in document.outline())
    # A block without an end may go on with what follows.
    return all(any(data.startswith(block) for data in there) for block in blocks)
