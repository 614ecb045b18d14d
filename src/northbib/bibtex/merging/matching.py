"""Which members of two sequences are the same and in the same order.

Patience diff (Bram Cohen): what both have once is matched first, along the longest increasing
subsequence; the stretches between are treated likewise, and what is left there by comparing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

__all__ = ["Chunk", "chunks", "matches"]

_COMPARED = 100_000
"""Beyond this product of lengths, a stretch without a unique member counts as replaced."""

Pair = tuple[int, int]
Stretch = tuple[int, int, int, int]
"""Places from and to in one sequence, and in the other."""


class Chunk(NamedTuple):
    """A stretch of three versions of a sequence, as places from and to in each.

    Attributes:
        base: The stretch in the version that both others come from.
        ours: The same stretch in one of them.
        theirs: The same stretch in the other.
        is_common: Whether it is one member that all three have.
    """

    base: slice
    ours: slice
    theirs: slice
    is_common: bool


def chunks(
    base: Sequence[Hashable], ours: Sequence[Hashable], theirs: Sequence[Hashable]
) -> list[Chunk]:
    """Cut three versions of a sequence at the members that all have in the same order (diff3)."""
    in_ours, in_theirs = dict(matches(base, ours)), dict(matches(base, theirs))
    found: list[Chunk] = []
    b = o = t = 0
    for place in sorted(in_ours.keys() & in_theirs.keys()):
        one, other = in_ours[place], in_theirs[place]
        if (b, o, t) != (place, one, other):
            found.append(Chunk(slice(b, place), slice(o, one), slice(t, other), False))
        b, o, t = place + 1, one + 1, other + 1
        found.append(Chunk(slice(place, b), slice(one, o), slice(other, t), True))
    if (b, o, t) != (len(base), len(ours), len(theirs)):
        rest = slice(b, len(base)), slice(o, len(ours)), slice(t, len(theirs))
        found.append(Chunk(*rest, False))
    return found


def matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Pair]:
    """Give the places of members of one sequence and of their like in the other, in order."""
    found: list[Pair] = []
    stretches = [(0, len(one), 0, len(other))]
    while stretches:
        start, end, other_start, other_end = stretches.pop()
        while start < end and other_start < other_end and one[start] == other[other_start]:
            found.append((start, other_start))
            start, other_start = start + 1, other_start + 1
        while start < end and other_start < other_end and one[end - 1] == other[other_end - 1]:
            end, other_end = end - 1, other_end - 1
            found.append((end, other_end))
        if start == end or other_start == other_end:
            continue
        anchors = _anchors(one, other, (start, end, other_start, other_end))
        if not anchors:
            found += _compared(one, other, (start, end, other_start, other_end))
            continue
        found += anchors
        stretches += _between((start, end, other_start, other_end), anchors)
    return sorted(found)


def _between(stretch: Stretch, anchors: Sequence[Pair]) -> list[Stretch]:
    start, end, other_start, other_end = stretch
    starts = [(start, other_start), *((one + 1, other + 1) for one, other in anchors)]
    ends = [*anchors, (end, other_end)]
    return [(a, c, b, d) for (a, b), (c, d) in zip(starts, ends, strict=True)]


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable], stretch: Stretch) -> list[Pair]:
    """Match what a stretch has once on both sides, as much of it as is in the same order."""
    start, end, other_start, other_end = stretch
    counts, other_counts = Counter(one[start:end]), Counter(other[other_start:other_end])
    places = {
        other[place]: place
        for place in range(other_start, other_end)
        if other_counts[other[place]] == 1
    }
    pairs = [
        (place, places[one[place]])
        for place in range(start, end)
        if one[place] in places and counts[one[place]] == 1
    ]
    return _longest_increasing(pairs)


def _longest_increasing(pairs: Sequence[Pair]) -> list[Pair]:
    lasts: list[int] = []
    tops: list[int] = []
    previous: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lasts, place)
        previous.append(tops[length - 1] if length else -1)
        if length == len(lasts):
            lasts.append(place)
            tops.append(number)
        else:
            lasts[length], tops[length] = place, number
    found = []
    number = tops[-1] if tops else -1
    while number >= 0:
        found.append(pairs[number])
        number = previous[number]
    return found[::-1]


def _compared(one: Sequence[Hashable], other: Sequence[Hashable], stretch: Stretch) -> list[Pair]:
    start, end, other_start, other_end = stretch
    if (end - start) * (other_end - other_start) > _COMPARED:
        return []
    matcher = SequenceMatcher(None, one[start:end], other[other_start:other_end], autojunk=False)
    return [
        (start + block.a + offset, other_start + block.b + offset)
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    ]
