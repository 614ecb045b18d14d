"""Tell in what way two renderings of one work differ, so that differences can be counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

QUOTES = "\"'“”‘’„‚«»‹›「」『』《》〈〉`´"
DASHES = "-‐‑‒–—−"
NAME_FIELDS = ("family", "given", "suffix", "literal", "dropping-particle", "non-dropping-particle")


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts for one work, or for one cluster, that are not equal.

    Attributes:
        kind: The class of the difference.
        sign: What differs, in short; equal for differences that are likely to have one cause.
        style: Name of the style.
        where: Id of the item, or the number of the cluster.
        ours: Our text.
        theirs: That of citeproc-js.
    """

    kind: str
    sign: str
    style: str
    where: str
    ours: str
    theirs: str


def same(ours: str, theirs: str) -> bool:
    """Tell whether two texts are equal, white space aside."""
    return key(ours) == key(theirs)


def pairs_of_unlike(
    ours: Sequence[tuple[str, str]], theirs: Sequence[str]
) -> list[tuple[str, str, str]]:
    """Pair the entries that have no equal with the likest of the other side.

    Args:
        ours: Id and text of our entries.
        theirs: Texts of the other ones. Their ids are not known for sure: citeproc-js leaves out
            empty entries, but not the ids of these.

    Returns:
        Id, our text and the other; "" where one side has nothing left.
    """
    mine = _without_equal(ours, Counter(key(entry) for entry in theirs))
    other = [
        entry
        for _, entry in _without_equal(
            [("", entry) for entry in theirs], Counter(key(entry) for _, entry in ours)
        )
    ]
    pairs = []
    for id_, entry in mine:
        best = max(other, key=partial(_likeness, entry), default="")
        if best:
            other.remove(best)
        pairs.append((id_, entry, best))
    return pairs + [("", "", entry) for entry in other]


def key(entry: str) -> str:
    """Give what of a text is compared: all but its white space."""
    return "".join(entry.split())


def _without_equal(
    entries: Sequence[tuple[str, str]], others: Counter[str]
) -> list[tuple[str, str]]:
    """Leave out of entries those of which the other side has as many."""
    left = []
    for id_, entry in entries:
        compared = key(entry)
        if others[compared] > 0:
            others[compared] -= 1
        else:
            left.append((id_, entry))
    return left


def _likeness(a: str, b: str) -> float:
    words, others = Counter(_words(a)), Counter(_words(b))
    return 2 * (words & others).total() / max(1, words.total() + others.total())


def kind_of(ours: str, theirs: str, item: Mapping[str, Any]) -> str:
    """Name the class of a difference.

    Args:
        ours: Our text.
        theirs: The other one.
        item: The CSL-JSON of the work, by which its names are known; empty for a cluster.
    """
    a, b = key(ours), key(theirs)
    if a == b:
        return "white space"
    if _without(a, QUOTES) == _without(b, QUOTES):
        return "quotes"
    if _without(a, DASHES) == _without(b, DASHES):
        return "dashes"
    if _letters(a) == _letters(b):
        return "punctuation"
    if _letters(a.casefold()) == _letters(b.casefold()):
        return "case"
    return _kind_of_words(ours, theirs, item)


def sign_of(ours: str, theirs: str) -> str:
    """Give what one has and the other has not: `ours → theirs` for each place, digits as 0."""
    words = (_tokens(ours), _tokens(theirs))
    matcher = SequenceMatcher(None, *words, autojunk=False)
    places = []
    for tag, start, end, other_start, other_end in matcher.get_opcodes():
        if tag != "equal":
            here = "".join(words[0][start:end]).strip()
            there = "".join(words[1][other_start:other_end]).strip()
            if here != there:
                places.append(f"{_short(here)} → {_short(there)}")
    return "; ".join(places[:2])


def _without(string: str, signs: str) -> str:
    return string.translate(dict.fromkeys(map(ord, signs)))


def _letters(string: str) -> str:
    return "".join(sign for sign in string if sign.isalnum())


def _tokens(string: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", string)


def _short(string: str) -> str:
    string = re.sub(r"\d+", "0", string)
    return string if len(string) <= 40 else f"{string[:28]}…{string[-10:]}"


def _kind_of_words(ours: str, theirs: str, item: Mapping[str, Any]) -> str:
    a, b = Counter(_words(ours)), Counter(_words(theirs))
    if a == b:
        return "order of parts"
    extra, missing = a - b, b - a
    changed = [*extra, *missing]
    if all(word.isdigit() for word in changed):
        return "numbers"
    names = _name_words(item)
    if names and all(word in names or len(word) == 1 for word in changed):
        return "names"
    if not missing:
        return "extra text"
    if not extra:
        return "missing text"
    return "other text"


def _words(string: str) -> list[str]:
    return re.findall(r"\w+", string.casefold())


def _name_words(item: Mapping[str, Any]) -> set[str]:
    lists = [value for value in item.values() if isinstance(value, list)]
    names = [name for each in lists for name in each if isinstance(name, dict)]
    parts = (str(name.get(field, "")) for name in names for field in NAME_FIELDS)
    return {word for part in parts for word in _words(part)} | {"and", "et", "al", "others"}


def by_sign(differences: Iterable[Difference]) -> list[list[Difference]]:
    """Group differences that are likely to have one cause, the most frequent first."""
    groups: dict[tuple[str, str], list[Difference]] = {}
    for each in differences:
        groups.setdefault((each.kind, each.sign), []).append(each)
    return sorted(groups.values(), key=len, reverse=True)
