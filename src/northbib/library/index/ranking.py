"""The rank of what was found, by the full-text index."""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import json
from typing import TYPE_CHECKING

from northbib.library.index.schema import TEXTS
from northbib.library.searching.ranking import DIGITS, WEIGHTS, Phrase, Rank, rank_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from northbib.library.searching.terms import Query

__all__ = ["best_first"]

_FEW = 5_000
"""Records that are picked out of all that have one of the words, before they are weighed."""


def best_first(db: sqlite3.Connection, query: Query, ids: Sequence[int]) -> Sequence[int]:
    """Give the numbers of records that a query finds, those that answer best first."""
    rank = rank_of(query)
    if not rank or len(ids) < 2:
        return ids
    weights = ", ".join(map(str, WEIGHTS))
    sql = f"SELECT rowid, bm25(words, {weights}) FROM words WHERE words MATCH ?"
    values = [_expression(rank)]
    if len(ids) < _FEW:
        # The sign keeps SQLite from putting the whole query once for each of the numbers.
        sql += " AND +rowid IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(ids))
    rows = db.execute(sql, values)
    scores = {id_: round(score, DIGITS) for id_, score in rows}
    return sorted(ids, key=lambda id_: scores.get(id_, 0.0))


def _expression(rank: Rank) -> str:
    return " AND ".join(f"({' OR '.join(map(_matched, group))})" for group in rank)


def _matched(phrase: Phrase) -> str:
    columns = " ".join(TEXTS[place] for place in phrase.columns)
    words = f'"{" ".join(phrase.words)}"'
    return f"{{{columns}}} : {words}{' *' if phrase.is_open else ''}"
