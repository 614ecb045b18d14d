"""Which of two values of a field says more, where one says all that the other does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from northbib.bibtex.latex import to_plain
from northbib.bibtex.names import read_names
from northbib.library.duplicates.identifiers import page_address
from northbib.library.duplicates.titles import abbreviates
from northbib.library.keys.plain import STOP_WORDS
from northbib.records import Name, fold
from northbib.records.identifiers import doi, isbn

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Fuller", "fuller"]

Fuller = Literal["one", "other", "same", "neither"]
"""What comes of comparing: `one`, `other`, `same`, or `neither` where they contradict."""

_WORD = re.compile(r"[^\W_]+")
_NAMES = frozenset("author editor translator bookauthor holder commentator annotator".split())
_DATES = frozenset("date origdate eventdate urldate".split())
_OTHERS = Name(literal="others")


def fuller(field: str, one: str, other: str) -> Fuller:
    """Tell which of two values of a field is the fuller one.

    Args:
        field: The name of the field, in lower case.
        one: A value as BibTeX reads it.
        other: Another one.
    """
    if one == other:
        return "same"
    if field in _NAMES:
        return _fuller_names(read_names(one), read_names(other))
    identified = _identified(field, one), _identified(field, other)
    if all(identified):
        return "same" if identified[0] == identified[1] else "neither"
    if field in _DATES:
        return _more_exact(one.strip(), other.strip())
    left, right = (_WORD.findall(fold(to_plain(value))) for value in (one, other))
    if field == "pages":
        return _fuller_pages(left, right)
    return _fuller_words(left, right)


def _identified(field: str, value: str) -> str | None:
    if field == "doi":
        return doi(value)
    if field == "isbn":
        return isbn(value)
    return page_address(value) if field == "url" else None


def _more_exact(one: str, other: str) -> Fuller:
    if one == other:
        return "same"
    if one.startswith(other):
        return "one"
    return "other" if other.startswith(one) else "neither"


def _fuller_pages(one: Sequence[str], other: Sequence[str]) -> Fuller:
    """`483-499` says more than `483-99` and than `483`."""
    if not one or one[:1] != other[:1]:
        return "neither"
    if len(one) != len(other):
        return "one" if len(one) > len(other) else "other"
    short, long = sorted((one[-1], other[-1]), key=len)
    if not long.endswith(short):
        return "neither"
    return "same" if one == other else "one" if one[-1] == long else "other"


def _fuller_words(one: Sequence[str], other: Sequence[str]) -> Fuller:
    """The same words, some of them abbreviated, or with others in front or behind."""
    if one == other:
        return "same"
    verdict = _written_out(*(_telling(words) for words in (one, other)))
    if verdict != "neither":
        return verdict
    short, long = (one, other) if len(one) < len(other) else (other, one)
    at_start, at_end = long[: len(short)] == short, long[-len(short) :] == short
    if short and not at_start and not at_end:
        return "neither"
    return "one" if long is one else "other"


def _telling(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in STOP_WORDS]


def _written_out(one: Sequence[str], other: Sequence[str]) -> Fuller:
    if len(one) != len(other) or not one:
        return "neither"
    votes: set[Fuller] = set()
    for left, right in zip(one, other, strict=True):
        if left == right:
            continue
        if abbreviates(left, right) or right.startswith(left):
            votes.add("other")
        elif abbreviates(right, left) or left.startswith(right):
            votes.add("one")
        else:
            return "neither"
    if len(votes) > 1:
        return "neither"
    return votes.pop() if votes else "same"


def _fuller_names(one: Sequence[Name], other: Sequence[Name]) -> Fuller:
    """The same families in order; more given names, or names in the place of `others`."""
    left, right = _without_others(one), _without_others(other)
    shared = min(len(left), len(right))
    if len(left) != len(right) and (one if len(left) < len(right) else other)[-1:] != (_OTHERS,):
        return "neither"
    votes = {_fuller_name(a, b) for a, b in zip(left[:shared], right[:shared], strict=True)}
    if len(left) != len(right):
        votes.add("one" if len(left) > len(right) else "other")
    votes.discard("same")
    if len(votes) > 1 or "neither" in votes:
        return "neither"
    return votes.pop() if votes else "same"


def _without_others(names: Sequence[Name]) -> list[Name]:
    return [name for name in names if name != _OTHERS]


def _fuller_name(one: Name, other: Name) -> Fuller:
    if one == other:
        return "same"
    families = fold(one.family or one.literal), fold(other.family or other.literal)
    if families[0] != families[1] or one.suffix != other.suffix:
        return "neither"
    left, right = _WORD.findall(fold(one.given)), _WORD.findall(fold(other.given))
    if left == right:
        return "same"
    if _is_initialled(right, left):
        return "one"
    return "other" if _is_initialled(left, right) else "neither"


def _is_initialled(short: Sequence[str], long: Sequence[str]) -> bool:
    """Tell whether given names are others shortened: initials, and the later ones left out."""
    return len(short) <= len(long) and all(
        b.startswith(a) for a, b in zip(short, long, strict=False)
    )
