"""Whether two records are of one work: what speaks for it and against it, added up.

Each agreement or difference has a weight, the logarithm of how much more often it is found among
copies of one work than among different works (Fellegi and Sunter, "A Theory for Record Linkage",
1969). The weights are rounded, and were set with the labelled pairs of the tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.library.duplicates.people import in_common
from northbib.library.duplicates.titles import (
    KINDS_OF_WORK,
    Likeness,
    abbreviates,
    is_misspelt,
    likeness,
    telling_words,
)
from northbib.library.keys.plain import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.duplicates.profile import Profile

__all__ = ["Comparison", "compare"]

_NEEDED = 6.0
"""The sum at which two records are as likely one work as not."""

_IDS = {"DOI": 9.0, "PMID": 9.0, "PMCID": 9.0, "arXiv": 8.0, "ISBN": 6.0, "URL": 5.0}
_OTHER_IDS = {"DOI": -9.0, "PMID": -6.0, "arXiv": -6.0}
_TITLES = ((0.97, 1.0), (0.9, 0.9), (0.8, 0.6), (0.7, 0.2))
_ALIKE = 0.85
_PER_WORD = 1.25
_MOST_OF_TITLE = 6.0
_OTHER_TITLE = -9.0
_OTHER_WORD, _MORE_WORDS = -5.0, -1.5
_WITHOUT_SUBTITLE = 1.5
_GENERIC_TITLE = -1.0
_OTHER_WORK = -9.0
_NAMES = ((0.99, 3.0, "authors"), (0.6, 1.5, "some authors"), (0.01, -1.5, ""))
_OTHER_PEOPLE = -6.0
_SAME_YEAR, _OTHER_YEAR = 1.5, -5.0
_SAME_DAY = 0.5
_OTHER_DAY = {"news": -8.0, "web": -8.0, "speech": -8.0, "law": -8.0}
_OTHER_MONTH = {"news": -5.0, "web": -5.0, "speech": -5.0}
_LITTLE, _SOME = -2.0, -3.0
_SAME_PAGES, _OTHER_PAGES = 2.0, -4.0
_SAME_CONTAINER, _OTHER_CONTAINER = 1.5, -3.0
_SAME_ISSUE, _OTHER_ISSUE = 0.5, -2.0
_OTHER_PATH = {"news": -5.0, "web": -5.0}

_MOVABLE = (
    frozenset({"article", "news", "web"}),
    frozenset({"news", "web", "speech"}),
    frozenset({"report", "web", "book"}),
    frozenset({"report", "data", "web"}),
    frozenset({"law", "book", "report"}),
    frozenset({"software", "web"}),
)
"""Groups of types between which a record is moved from one library to another."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing two records.

    Attributes:
        score: How likely they are one work, from 0 to 1.
        reasons: What they share, for people: `same DOI`, `title 0.97`, `authors`, `year ±1`.
        objections: In what they differ, for people; what a person has to look at.
        is_certain: Whether they share an identifier and nothing speaks against it.
    """

    score: float
    reasons: tuple[str, ...]
    objections: tuple[str, ...]
    is_certain: bool

    @property
    def is_match(self) -> bool:
        """Whether they are more likely one work than not."""
        return self.score >= 0.5


@dataclass(frozen=True, slots=True)
class _Evidence:
    weight: float
    reason: str = ""
    objection: str = ""


def compare(one: Profile, other: Profile) -> Comparison:
    """Compare two records."""
    found = list(_evidence(one, other))
    total = sum(each.weight for each in found)
    reasons = tuple(each.reason for each in found if each.reason)
    objections = tuple(each.objection for each in found if each.objection)
    agree = one.kind == other.kind and (one.year is None or one.year == other.year)
    is_certain = agree and not objections and total > _NEEDED and bool(one.ids & other.ids)
    return Comparison(_probability(total), reasons, objections, is_certain)


def _probability(total: float) -> float:
    return 1 / (1 + math.exp(_NEEDED - max(total, -30.0)))


def _evidence(one: Profile, other: Profile) -> Iterator[_Evidence]:
    yield from _identifiers(one, other)
    yield from _title(one, other)
    yield from _people(one, other)
    yield from _dates(one, other)
    yield from _kinds(one, other)
    yield from _places(one, other)
    yield from _numbering(one, other)


def _identifiers(one: Profile, other: Profile) -> Iterator[_Evidence]:
    left, right = dict(one.ids), dict(other.ids)
    for kind, weight in _IDS.items():
        if kind not in left or kind not in right:
            continue
        if {pair for pair in one.ids & other.ids if pair[0] == kind}:
            yield _Evidence(weight, f"same {kind}")
        elif kind in _OTHER_IDS:
            yield _Evidence(_OTHER_IDS[kind], objection=f"other {kind}")
        elif kind == "URL" and _host(left[kind]) == _host(right[kind]):
            yield _Evidence(_OTHER_PATH.get(one.kind, _SOME), objection="other page of one site")


def _host(address: str) -> str:
    return address.partition("/")[0].partition("?")[0]


def _title(one: Profile, other: Profile) -> Iterator[_Evidence]:
    if not one.title or not other.title:
        return
    found = likeness(one, other)
    shown = "title" if found.score == 1 else f"title {min(found.score, 0.99):.2f}"
    if not KINDS_OF_WORK.isdisjoint((*found.left, *found.right, *found.tail)):
        yield _Evidence(_OTHER_WORK, objection="one may be a review, part or summary of the other")
    if _other_numbers(one, other, found):
        yield _Evidence(_OTHER_WORK, objection="another number in the title")
    if not found.is_same:
        pairs = min(len(found.left), len(found.right))
        words = max(len(found.left), len(found.right)) - pairs
        weight = _OTHER_WORD * pairs + _MORE_WORDS * words
        yield _Evidence(max(weight, _OTHER_TITLE), objection=shown)
        return
    most = _MOST_OF_TITLE - (_WITHOUT_SUBTITLE if found.tail else 0)
    count = min(telling_words(one.words), telling_words(other.words))
    share = next((share for least, share in _TITLES if found.score >= least), 0.0)
    weight = min(most, _PER_WORD * count) * share if count else _GENERIC_TITLE
    shown = "title without subtitle" if found.tail else shown
    yield _Evidence(weight, shown if share else "", "" if found.score >= _ALIKE else shown)


def _other_numbers(one: Profile, other: Profile, found: Likeness) -> bool:
    if found.tail:
        # A subtitle may well name a year.
        return any(word.isdigit() and len(word) < 4 for word in found.tail)
    return one.numbers != other.numbers


def _people(one: Profile, other: Profile) -> Iterator[_Evidence]:
    share = in_common(one, other)
    if share is None:
        return
    for least, weight, reason in _NAMES:
        if share >= least:
            yield _Evidence(weight, reason, "" if weight > 0 else "few authors in common")
            return
    yield _Evidence(_OTHER_PEOPLE, objection="other authors")


def _dates(one: Profile, other: Profile) -> Iterator[_Evidence]:
    if one.year is None or other.year is None:
        return
    apart = abs(one.year - other.year)
    if apart > 1:
        yield _Evidence(_OTHER_YEAR, objection=f"{apart} years apart")
    elif apart:
        yield _Evidence(0.0, "year ±1")
    else:
        yield _Evidence(_SAME_YEAR, "year")
        yield from _days(one, other)


def _days(one: Profile, other: Profile) -> Iterator[_Evidence]:
    (_, month, day), (_, month2, day2) = one.day, other.day
    if not month or not month2:
        return
    if day and day2:
        if (month, day) == (month2, day2):
            yield _Evidence(_SAME_DAY)
        elif (month, day) != (day2, month2) and abs((month - month2) * 30 + day - day2) > 3:
            weight = _OTHER_DAY.get(one.kind, _LITTLE)
            yield _Evidence(weight, objection="another day")
    elif abs(month - month2) > 1 and month not in (day2, 0) and month2 not in (day, 0):
        weight = _OTHER_MONTH.get(one.kind, _LITTLE)
        yield _Evidence(weight, objection="another month")


def _kinds(one: Profile, other: Profile) -> Iterator[_Evidence]:
    left, right = one.kind, other.kind
    if not left or not right or left == right:
        return
    if not any(left in group and right in group for group in _MOVABLE):
        yield _Evidence(_OTHER_WORK, objection=f"{left} and {right}")


def _places(one: Profile, other: Profile) -> Iterator[_Evidence]:
    """Compare what the works stand in, and on which pages."""
    if one.container[0] and other.container[0]:
        if _same_container(one.container, other.container):
            yield _Evidence(_SAME_CONTAINER, "container")
        else:
            yield _Evidence(_OTHER_CONTAINER, objection="another container")
    (first, last), (first2, last2) = one.pages, other.pages
    if not first or not first2:
        return
    if first == first2:
        yield _Evidence(_SAME_PAGES, "pages")
    elif not (last and last == last2):
        yield _Evidence(_OTHER_PAGES, objection="other pages")


def _same_container(one: tuple[str, str], other: tuple[str, str]) -> bool:
    left = [name for name in one if name]
    right = [name for name in other if name]
    return any(_same_words(a, b) for a in left for b in right)


def _same_words(one: str, other: str) -> bool:
    """Tell whether two titles of journals are one, written out or abbreviated."""
    left = [word for word in one.split() if word not in STOP_WORDS]
    right = [word for word in other.split() if word not in STOP_WORDS]
    if left == right:
        return True
    short, long = (left, right) if len(one) <= len(other) else (right, left)
    if len(short) == 1 and len(long) > 1 and short[0] == "".join(word[0] for word in long):
        return True
    if len(short) != len(long):
        # A series or a conference with its place and year: the beginning has to be the same.
        return len(short) > 1 and long[: len(short)] == short
    return all(
        b.startswith(a) or abbreviates(a, b) or is_misspelt(a, b)
        for a, b in zip(short, long, strict=True)
    )


def _numbering(one: Profile, other: Profile) -> Iterator[_Evidence]:
    (volume, issue, edition, part), (volume2, issue2, edition2, part2) = (
        one.numbering,
        other.numbering,
    )
    if edition != edition2 and (edition or "1") != (edition2 or "1"):
        yield _Evidence(_OTHER_WORK, objection="another edition")
    if part and part2 and part != part2:
        yield _Evidence(_OTHER_WORK, objection="another part")
    if volume and volume2:
        same = volume == volume2
        weight = _SAME_ISSUE if same else _OTHER_WORK if one.kind == "book" else _OTHER_YEAR
        yield _Evidence(weight, "volume" if same else "", "" if same else "another volume")
    if issue and issue2:
        same = issue == issue2
        weight = _SAME_ISSUE if same else _OTHER_ISSUE
        yield _Evidence(weight, "", "" if same else "another issue")
