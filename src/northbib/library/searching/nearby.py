"""The second chance of a query that finds nothing: words of the library that are spelt alike."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from northbib.library.searching.terms import And, Not, Or, Query, Term, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["second_chances"]

_WORD = re.compile(r"[^\W_]+")
_LEAST_ALIKE = 0.6
_COUNT = 3
_MOST = 9
_MOST_WORDS = 20
"""Words of a query beyond which nobody has misspelt one: a program has written it."""
_BATCH = 2_000
_SHORTEST = 3
_LONGER = 2


class Words(Protocol):
    """The words of a library, folded."""

    def words(self, least: int, most: int) -> Iterable[str]:
        """Give those of so many letters; one may come several times."""

    def has_word(self, part: str) -> bool:
        """Tell whether a text stands in one of them."""


def second_chances(query: Query, words: Words) -> Iterator[tuple[str, Query]]:
    """Give queries in which the words that the library has not are replaced, the nearest first.

    Args:
        query: The query.
        words: The words of the library.

    Yields:
        The words that were put in, and the query.
    """
    wanted = dict.fromkeys(
        word
        for leaf in leaves(query, wanted=True)
        if isinstance(leaf, Term) and leaf.form != "pattern"
        for word in _WORD.findall(leaf.text)
        if len(word) >= _SHORTEST
    )
    if len(wanted) > _MOST_WORDS:
        return
    near = {word: _near(word, words) for word in wanted if not words.has_word(word)}
    if not near or not all(near.values()):
        return
    for chosen in itertools.islice(itertools.product(*near.values()), _MOST):
        swapped = dict(zip(near, chosen, strict=True))
        yield " ".join(chosen), _replaced(query, swapped)


def _near(word: str, words: Words) -> list[str]:
    choices = iter(words.words(len(word) - _LONGER, len(word) + _LONGER))
    found: list[tuple[str, float]] = []
    # What is compared at once is in memory at once.
    while batch := list(itertools.islice(choices, _BATCH)):
        found += _nearest(word, batch)
        found = sorted(found, key=lambda each: -each[1])[:_COUNT]
    ordered = sorted(found, key=lambda each: (-each[1], each[0]))
    return list(dict.fromkeys(near for near, _ in ordered))


def _nearest(word: str, choices: list[str]) -> list[tuple[str, float]]:
    found = process.extract(
        word,
        choices,
        scorer=OSA.normalized_similarity,
        processor=None,
        score_cutoff=_LEAST_ALIKE,
        limit=_COUNT,
    )
    return [(near, score) for near, score, _ in found]


def _replaced(query: Query, words: Mapping[str, str]) -> Query:
    match query:
        case Term(field, text, form) if form != "pattern":
            return Term(field, _WORD.sub(lambda word: words.get(word[0], word[0]), text), form)
        case Not(part):
            return Not(_replaced(part, words))
        case And(parts):
            return And(tuple(_replaced(part, words) for part in parts))
        case Or(parts):
            return Or(tuple(_replaced(part, words) for part in parts))
    return query
