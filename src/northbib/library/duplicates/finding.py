"""Finding the records of a library that are of one work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from northbib.library.duplicates.candidates import candidates
from northbib.library.duplicates.profile import Profile, profile
from northbib.library.duplicates.scoring import Comparison, compare
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.records import Record

__all__ = ["Group", "Match", "duplicate_keys", "duplicates", "matches"]

Apart = Callable[[int, int], bool]

_LEAST_LIKE = 55.0
"""Titles less alike than this are of different works, unless an identifier says otherwise."""

_SCORE_OF_STRANGERS = 0.2
_LOOKED_AT = 8
"""Members of each of two groups that are compared before the groups become one."""


@dataclass(frozen=True, slots=True)
class Match:
    """Two records that are of one work, by their places in what was searched."""

    one: int
    other: int
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Group:
    """Records of one work.

    Attributes:
        members: Their places in what was searched, in order.
        matches: The pairs among them that were found, the surest first.
    """

    members: tuple[int, ...]
    matches: tuple[Match, ...]

    @property
    def score(self) -> float:
        """How sure the least sure of its members is."""
        sure = dict.fromkeys(self.members, 0.0)
        for match in self.matches:
            for place in (match.one, match.other):
                sure[place] = max(sure[place], match.comparison.score)
        return min(sure.values())

    @property
    def is_certain(self) -> bool:
        """Whether each shares an identifier with another, and nothing speaks against any."""
        sure = {
            place
            for match in self.matches
            if match.comparison.is_certain
            for place in (match.one, match.other)
        }
        objected = any(match.comparison.objections for match in self.matches)
        return sure == set(self.members) and not objected


def duplicates(records: Sequence[Record], apart: Apart | None = None) -> list[Group]:
    """Find the records that are of one work.

    The time it takes grows with the number of records, not with that of their pairs.

    Args:
        records: The records of a library.
        apart: Says of two places whether the records there are known to be of different works.

    Returns:
        Groups in the order of their first members; no record is in two of them.
    """
    profiles = [profile(record) for record in counted(records, "comparing")]
    is_apart = apart or _never
    found = [match for match in matches(profiles) if not is_apart(match.one, match.other)]
    found.sort(key=lambda match: (-match.comparison.score, match.one, match.other))
    return _grouped(found, profiles, is_apart)


def _never(_one: int, _other: int) -> bool:
    return False


def duplicate_keys(records: Iterable[Record]) -> set[str]:
    """Give the keys of all records that have a duplicate among the others."""
    known = list(records)
    return {known[place].key for group in duplicates(known) for place in group.members}


def matches(profiles: Sequence[Profile]) -> Iterator[Match]:
    """Give the pairs of records that are more likely one work than not."""
    for one, other in candidates(profiles):
        left, right = profiles[one], profiles[other]
        if _may_match(left, right):
            comparison = compare(left, right)
            if comparison.is_match:
                yield Match(one, other, comparison)


def _may_match(one: Profile, other: Profile) -> bool:
    """Leave out at little cost what cannot be of one work."""
    if one.ids and other.ids and not one.ids.isdisjoint(other.ids):
        return True
    if one.year is not None and other.year is not None and abs(one.year - other.year) > 1:
        return False
    if one.title == other.title:
        return True
    if one.breaks or other.breaks:
        short, long = sorted((one.title, other.title), key=len)
        return ratio(short, long[: len(short) + 4]) >= _LEAST_LIKE
    return ratio(one.title, other.title) >= _LEAST_LIKE


def _grouped(found: Iterable[Match], profiles: Sequence[Profile], apart: Apart) -> list[Group]:
    """Join matches to groups, the surest first, but none that puts two different works in one."""
    group_of: dict[int, list[int]] = {}
    links: dict[int, list[Match]] = {}
    for match in found:
        larger = group_of.setdefault(match.one, [match.one])
        smaller = group_of.setdefault(match.other, [match.other])
        if larger is not smaller:
            if _strangers(larger, smaller, match, profiles, apart):
                continue
            if len(larger) < len(smaller):
                larger, smaller = smaller, larger
            larger += smaller
            group_of.update((place, larger) for place in smaller)
            links.setdefault(id(larger), []).extend(links.pop(id(smaller), ()))
        links[id(larger)].append(match)
    groups = {id(members): members for members in group_of.values() if len(members) > 1}
    made = [Group(tuple(sorted(each)), tuple(links[name])) for name, each in groups.items()]
    return sorted(made, key=lambda group: group.members)


def _strangers(
    left: Sequence[int],
    right: Sequence[int],
    match: Match,
    profiles: Sequence[Profile],
    apart: Apart,
) -> bool:
    """Tell whether two groups hold records that are clearly of different works."""
    return any(
        apart(one, other) or compare(profiles[one], profiles[other]).score < _SCORE_OF_STRANGERS
        for one in left[:_LOOKED_AT]
        for other in right[:_LOOKED_AT]
        if {one, other} != {match.one, match.other}
    )
