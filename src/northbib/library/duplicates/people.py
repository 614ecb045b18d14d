"""Whether two lists of names are of the same people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.duplicates.titles import abbreviates, is_misspelt
from northbib.library.keys.plain import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.library.duplicates.profile import Person, Profile

__all__ = ["in_common"]


def in_common(one: Profile, other: Profile) -> float | None:
    """Give the share of names that two records have in common, None if that says nothing.

    It says nothing where one has no names, or has a body where the other has people: the body may
    have published what they wrote.
    """
    left, right = one.people, other.people
    if not left or not right:
        return None
    if left == right:
        return 1.0
    if all(person.is_body for person in left) != all(person.is_body for person in right):
        return None
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    rest = list(long)
    found = 0
    for person in short:
        partner = next((each for each in rest if _same(person, each)), None)
        if partner is not None:
            rest.remove(partner)
            found += 1
    if found < len(short) or one.others or other.others:
        return found / len(short)
    # A list that is cut after its first names is the same; two of many others are not.
    return 1.0 if len(short) == len(long) else 0.5 + 0.5 * len(short) / len(long)


def _same(one: Person, other: Person) -> bool:
    if one.is_body or other.is_body:
        return _same_body(one.family, other.family)
    if one.family == other.family or is_misspelt(one.family, other.family):
        return _same_given(one.given, other.given)
    if one.family.endswith(other.family) or other.family.endswith(one.family):
        # A particle, or the first half of a double name, went to the given names.
        return bool(one.family and other.family) and _same_given(one.given[:1], other.given[:1])
    return {one.family, *one.given} == {other.family, *other.given} and bool(one.given)


def _same_given(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether given names agree as far as both have them; an initial stands for a name."""
    if not one or not other:
        return True
    first, second = one[0], other[0]
    if first[:1] != second[:1]:
        return False
    if len(first) == 1 or len(second) == 1:
        return True
    # Shortened (Andy, Andrew) or written together (JP, Jean-Paul).
    return first[:2] == second[:2] or is_misspelt(first, second) or len(first) + len(second) < 6


def _same_body(one: str, other: str) -> bool:
    if one == other or is_misspelt(one, other):
        return True
    left, right = _telling(one), _telling(other)
    short, long = (left, right) if len(left) <= len(right) else (right, left)
    if not short or not long:
        return False
    if len(short) == 1 and _is_acronym(short[0], long):
        return True
    pairs = zip(short, long, strict=False)
    return len(short) == len(long) and all(
        a == b or is_misspelt(a, b) or abbreviates(a, b) or abbreviates(b, a) for a, b in pairs
    )


def _telling(name: str) -> list[str]:
    return [word for word in name.split() if word not in STOP_WORDS]


def _is_acronym(short: str, words: Sequence[str]) -> bool:
    return len(words) > 1 and short == "".join(word[0] for word in words)
