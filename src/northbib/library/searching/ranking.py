"""How well a record answers to a query: BM25, with title and names first.

The formula, its constants and the way words are counted are those of SQLite's FTS5 (`bm25`), which
ranks where there is an index: so a small library and a large one have the same order. A word counts
where it begins a word of the record, and twice where it is the whole word.

Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.library.searching.fields import ANYWHERE, FIELDS, field
from northbib.library.searching.reading import COLUMNS
from northbib.library.searching.terms import And, Or, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.library.searching.reading import Reading
    from northbib.library.searching.terms import Query

__all__ = ["DIGITS", "WEIGHTS", "Phrase", "Rank", "rank_of", "ranked"]

_WEIGHTS = {"titles": 10.0, "names": 5.0, "topics": 3.0, "place": 0.0, "others": 0.0}
WEIGHTS = tuple(_WEIGHTS.get(name, 1.0) for name in COLUMNS)
"""What a word counts in each of `Reading.columns`."""

DIGITS = 9
"""Digits of a score that count: beyond them it depends on who reckons."""

_SATURATION, _LENGTH = 1.2, 0.75
_LEAST = 1e-6
_WORD = re.compile(r"[^\W_]+")
_COLUMNS = {
    "anywhere": tuple(place for place, weight in enumerate(WEIGHTS) if weight),
    "names": (COLUMNS.index("names"),),
    "topic": (COLUMNS.index("topics"),),
    "title": (COLUMNS.index("titles"),),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side that make a record a better answer.

    Attributes:
        columns: Which of `Reading.columns` count.
        words: The words.
        is_open: Whether the last is the beginning of a word only.
    """

    columns: tuple[int, ...]
    words: tuple[str, ...]
    is_open: bool


Rank = tuple[tuple[Phrase, ...], ...]
"""What gives a record a rank: of each of these groups of phrases it has one at least."""


def rank_of(query: Query) -> Rank:
    """Give what ranks the answers to a query; empty where nothing in it does."""
    match query:
        case And(parts):
            return tuple(dict.fromkeys(group for part in parts for group in rank_of(part)))
        case Or(parts):
            either = (phrase for part in parts for group in rank_of(part) for phrase in group)
            found = tuple(dict.fromkeys(either))
            return (found,) if found else ()
        case Term(name, text, form) if form != "pattern":
            columns, words = _columns(name), tuple(_WORD.findall(text))
            if columns and words:
                return ((Phrase(columns, words, False), Phrase(columns, words, True)),)
    return ()


def _columns(name: str) -> tuple[int, ...]:
    known = field(name)
    if known is None:
        return ()
    if known is FIELDS["title"]:
        return _COLUMNS["title"]
    is_whole = known is ANYWHERE or not known.sources or known.kind == "topic"
    return _COLUMNS.get(known.kind, ()) if is_whole else ()


def ranked(rank: Rank, readings: Sequence[Reading]) -> list[float]:
    """Give a score for each record of a whole library; the best have the lowest."""
    texts = [[_WORD.findall(column) for column in reading.columns] for reading in readings]
    lengths = [sum(map(len, columns)) for columns in texts]
    average = sum(lengths) / len(lengths) if lengths else 1.0
    norms = [1 - _LENGTH + _LENGTH * length / average for length in lengths]
    scores = [0.0] * len(texts)
    has_all = [True] * len(texts)
    for group in rank:
        has_one = [False] * len(texts)
        for phrase in group:
            weights = [_weight(phrase, columns) for columns in texts]
            rarity = _rarity(len(texts), sum(weight > 0 for weight in weights))
            for place, (weight, norm) in enumerate(zip(weights, norms, strict=True)):
                if weight:
                    has_one[place] = True
                    share = weight * (_SATURATION + 1) / (weight + _SATURATION * norm)
                    scores[place] -= rarity * share
        has_all = [all(both) for both in zip(has_all, has_one, strict=True)]
    return [
        round(score, DIGITS) if has else 0.0 for score, has in zip(scores, has_all, strict=True)
    ]


def _rarity(records: int, hits: int) -> float:
    return max(math.log((records - hits + 0.5) / (hits + 0.5)), _LEAST)


def _weight(phrase: Phrase, columns: Sequence[Sequence[str]]) -> float:
    return sum(WEIGHTS[place] * _count(phrase, columns[place]) for place in phrase.columns)


def _count(phrase: Phrase, words: Sequence[str]) -> int:
    *whole, last = phrase.words
    length = len(phrase.words)
    return sum(
        list(words[end - length + 1 : end]) == whole
        for end, word in enumerate(words)
        if end >= length - 1 and (word.startswith(last) if phrase.is_open else word == last)
    )
