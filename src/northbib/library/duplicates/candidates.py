"""Which records are compared with which: those that share something rare.

Comparing all with all would take a hundred times as long for ten times as many. Records are put in
blocks instead, by identifier, by the rarest words of their titles, by author and year, by place in
a journal; only those in one block are compared. A large block is put in order by title and only
neighbours are compared, so that the work grows as the library does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from northbib.library.duplicates.profile import Profile

__all__ = ["candidates"]

_RAREST = 3
_SHORTEST = 3
_SMALL_BLOCK = 24
_WINDOW = 4
_PREFIX = 4


def candidates(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Give the pairs to compare, each once, as places in the sequence with the lower one first."""
    frequency = Counter(word for profile in profiles for word in set(profile.words))
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, each in enumerate(profiles):
        for key in _keys(each, frequency):
            blocks[key].append(place)
    by_title = sorted(range(len(profiles)), key=lambda place: profiles[place].title)
    count = len(profiles)
    seen: set[int] = set()
    for block in (*blocks.values(), by_title):
        for one, other in _pairs(block, profiles):
            pair = one * count + other
            if pair not in seen:
                seen.add(pair)
                yield one, other


def _keys(each: Profile, frequency: Counter[str]) -> Iterator[Hashable]:
    yield from each.ids
    words = {word for word in each.words if len(word) >= _SHORTEST and frequency[word] > 1}
    rarest = sorted(words, key=lambda word: (frequency[word], word))[:_RAREST]
    yield from rarest
    first = each.people[0].family if each.people else ""
    if first:
        yield "people", first[:_PREFIX], each.year
    if rarest and frequency[rarest[0]] > _SMALL_BLOCK:
        # The blocks of its words are large: smaller ones, where all are compared with all.
        yield from (("words", rarest[0], word) for word in rarest[1:])
        yield "people", first[:_PREFIX], rarest[0]
    if each.pages[0] and each.numbering[0]:
        yield "pages", each.numbering[0], each.pages[0], each.year


def _pairs(block: Sequence[int], profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block; of a large one, those whose titles are next to each other."""
    size = len(block)
    window = size if size <= _SMALL_BLOCK else _WINDOW
    order = block if size <= _SMALL_BLOCK else sorted(block, key=lambda p: profiles[p].title)
    for place, one in enumerate(order):
        for other in order[place + 1 : place + 1 + window]:
            yield (one, other) if one < other else (other, one)
