"""What edits put in the place of what in a file, byte by byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Splice", "applied", "closed_up", "content_end", "joined", "trimmed"]

_LINE_END = re.compile(rb"[ \t]*+(\r\n|\r|\n)")
_LAST_LINE_END = re.compile(rb"(?:\r\n|\r|\n)\Z")
_WHITE = b" \t\r\n\f\v"


class Splice(NamedTuple):
    """New bytes in the place of some of the bytes of a file.

    Attributes:
        start: The first byte that goes, counted from 0 in the file as it was.
        old_length: How many bytes go.
        new: What comes in their place.
    """

    start: int
    old_length: int
    new: bytes


def applied(data: bytes, splices: Iterable[Splice]) -> bytes:
    """Give a file with splices put in, which are in order and do not overlap."""
    pieces, position = [], 0
    for start, old_length, new in splices:
        pieces += [data[position:start], new]
        position = start + old_length
    return b"".join([*pieces, data[position:]]) if pieces else data


def joined(data: bytes, splices: Iterable[Splice], unit: int) -> tuple[Splice, ...]:
    """Put splices in order, join those that touch, and leave out of each what stays."""
    groups: list[list[Splice]] = []
    end = -1
    for splice in sorted(splices, key=_place):
        if splice.start == end:
            groups[-1].append(splice)
        else:
            groups.append([splice])
        end = splice.start + splice.old_length
    found = [_as_one(group) for group in groups]
    pairs = ((splice, data[splice.start : splice.start + splice.old_length]) for splice in found)
    return tuple(trimmed(splice, old, unit) for splice, old in pairs if splice.new != old)


def _as_one(splices: list[Splice]) -> Splice:
    length = sum(splice.old_length for splice in splices)
    return Splice(splices[0].start, length, b"".join(splice.new for splice in splices))


def _place(splice: Splice) -> tuple[int, int]:
    return splice.start, splice.start + splice.old_length


def trimmed(splice: Splice, old: bytes, unit: int) -> Splice:
    """Leave out of a splice what both sides begin and end with, by whole characters."""
    new = splice.new
    head = _shared(old, new)
    head -= head % unit
    while unit == 1 and head and _goes_on(old, head) | _goes_on(new, head):
        head -= 1
    tail = _shared(old[head:][::-1], new[head:][::-1])
    tail -= tail % unit
    while unit == 1 and tail and _goes_on(old, len(old) - tail):
        tail -= 1
    return Splice(
        splice.start + head, len(old) - head - tail, new[head : len(new) - tail if tail else None]
    )


def _goes_on(data: bytes, place: int) -> bool:
    """Whether a byte goes on with a character of UTF-8."""
    return place < len(data) and data[place] & 0xC0 == 0x80


def _shared(one: bytes, other: bytes) -> int:
    """Count the bytes that two strings both begin with, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def content_end(text: bytes) -> int:
    """Give the place behind the last line that is not blank."""
    match = _LINE_END.match(text, len(text.rstrip(_WHITE)))
    return match.end() if match else len(text)


def closed_up(before: bytes, after: bytes, *, at_start: bool, at_end: bool) -> tuple[int, int]:
    """Say what goes with an entry that is removed: its line end, and one blank line at most.

    Args:
        before: The text between the block before it and the entry, one byte a unit.
        after: The text between the entry and the block behind it.
        at_start: Whether there is no block before it.
        at_end: Whether there is no block behind it.

    Returns:
        How many units go at the end of `before`, and at the start of `after`.
    """
    lines = before.rstrip(b" \t")
    line_end = _LINE_END.match(after)
    begins_line = lines.endswith((b"\n", b"\r")) or (at_start and not lines)
    ends_line = line_end is not None or (at_end and not after.strip(b" \t"))
    if not (begins_line and ends_line):
        return 0, 0
    behind = line_end.end() if line_end else len(after)
    first, last = at_start and not lines.strip(_WHITE), at_end and not after.strip(_WHITE)
    blank_behind = _LINE_END.match(after, behind)
    blank_before = _last_blank_line(lines)
    if first and not last and blank_behind:
        behind = blank_behind.end()
    elif not first and blank_before and (blank_behind or last):
        lines = lines[:-blank_before]
    return len(before) - len(lines), behind


def _last_blank_line(lines: bytes) -> int:
    """Give the length of the last line with its end if it is blank and another one ends before."""
    end = _LAST_LINE_END.search(lines)
    if end is None:
        return 0
    rest = lines[: end.start()].rstrip(b" \t")
    return len(lines) - len(rest) if rest.endswith((b"\n", b"\r")) else 0
