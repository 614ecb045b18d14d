"""What several works have in common: their key, their DOI, or title, year and first name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

__all__ = ["DUPLICATES", "MANY", "update"]

MANY = 500
"""How many marks may have changed for each to be looked up."""

DUPLICATES = (
    "SELECT mark.entry FROM repeat CROSS JOIN mark ON mark.value = repeat.mark UNION ALL"
    " SELECT own.id FROM repeat CROSS JOIN entry AS own ON own.lower_key = substr(repeat.mark, 5)"
    " WHERE repeat.mark > 'key:' AND repeat.mark < 'key;'"
)
"""The entries that are a duplicate of another one, if they are works."""

_KINDS = ("DOI:", "work:")
_OFTEN = (
    "SELECT value FROM mark WHERE value > '{0}:' AND value < '{0};' GROUP BY value"
    " HAVING count(*) > 1"
)
# First what the indexes alone tell; only of what is left it is asked what is a work.
_MARKED = (
    "INSERT INTO repeat SELECT value FROM ({}) AS often WHERE 1 < (SELECT count(*) FROM mark AS own"
    " JOIN entry AS work ON work.id = own.entry AND work.type IS NOT NULL"
    " WHERE own.value = often.value)"
)
_KEYED = (
    "INSERT INTO repeat SELECT 'key:' || lower_key FROM ({}) AS often WHERE lower_key != '' AND"
    " 1 < (SELECT count(*) FROM entry AS own"
    " WHERE own.lower_key = often.lower_key AND own.type IS NOT NULL)"
)
_OFTEN_KEYED = "SELECT lower_key FROM entry GROUP BY lower_key HAVING count(*) > 1"


def update(db: sqlite3.Connection, keys: Iterable[str], marks: Iterable[str]) -> None:
    """Find out anew what several works have.

    Args:
        db: The index.
        keys: The keys, in lower case, of works that came or went.
        marks: Their marks; where they are more than `MANY`, all are looked through.
    """
    wanted = {mark for mark in marks if mark.startswith(_KINDS)}
    keys = set(keys)
    if len(wanted) + len(keys) > MANY:
        db.execute("DELETE FROM repeat")
        for kind in _KINDS:
            db.execute(_MARKED.format(_OFTEN.format(kind[:-1])))
        db.execute(_KEYED.format(_OFTEN_KEYED))
        return
    for mark in wanted:
        db.execute("DELETE FROM repeat WHERE mark = ?", (mark,))
        db.execute(_MARKED.format("SELECT ? AS value"), (mark,))
    for key in keys:
        db.execute("DELETE FROM repeat WHERE mark = ?", (f"key:{key}",))
        db.execute(_KEYED.format("SELECT ? AS lower_key"), (key,))
