"""The second chance of a query that finds nothing: words of the library that are spelt alike."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from northbib.library.terms import And, Not, Or, Query, Term, leaves

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["second_chances"]

_WORD = re.compile(r"[^\W_]+")
_LEAST_ALIKE = 0.6
_COUNT = 3
_MOST = 9
_SHORTEST = 3


def second_chances(query: Query, words: Collection[str]) -> Iterator[tuple[str, Query]]:
    """Give queries in which the words that the library has not are replaced, the nearest first.

    Args:
        query: The query.
        words: The words of the library, folded.

    Yields:
        The words that were put in, and the query.
    """
    known = "\n".join(words)
    strange = dict.fromkeys(
        word
        for leaf in leaves(query, wanted=True)
        if isinstance(leaf, Term) and leaf.form != "pattern"
        for word in _WORD.findall(leaf.text)
        if len(word) >= _SHORTEST and word not in known
    )
    near = {word: _near(word, words) for word in strange}
    if not near or not all(near.values()):
        return
    for chosen in itertools.islice(itertools.product(*near.values()), _MOST):
        swapped = dict(zip(near, chosen, strict=True))
        yield " ".join(chosen), _replaced(query, swapped)


def _near(word: str, words: Collection[str]) -> list[str]:
    found = process.extract(
        word,
        words,
        scorer=OSA.normalized_similarity,
        processor=None,
        score_cutoff=_LEAST_ALIKE,
        limit=_COUNT,
    )
    return [near for near, _, _ in sorted(found, key=lambda each: (-each[1], each[0]))]


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
