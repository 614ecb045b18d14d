"""Keys that stand in more than one file of the library."""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
from typing import TYPE_CHECKING

from northbib.library.index.schema import ORDER, PLACED

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

__all__ = ["places", "update"]

_MANY = 200
_TWINS = (
    "SELECT lower_key FROM entry WHERE type IS NOT NULL AND key != '' {}"
    " GROUP BY lower_key HAVING count(DISTINCT file) > 1"
)


def update(db: sqlite3.Connection, keys: set[str]) -> None:
    """Find out anew which of some keys, in lower case, stand in several files."""
    if len(keys) > _MANY:
        db.execute("DELETE FROM twin")
        db.execute(f"INSERT INTO twin {_TWINS.format('')}")
        return
    for key in keys:
        db.execute("DELETE FROM twin WHERE key = ?", (key,))
        db.execute(f"INSERT INTO twin {_TWINS.format('AND lower_key = ?')}", (key,))


def places(db: sqlite3.Connection) -> Iterator[list[tuple[str, bytes, int]]]:
    """Give the entries of each of these keys, in order: key as written, file and line."""
    for (key,) in db.execute("SELECT key FROM twin ORDER BY key").fetchall():
        rows = db.execute(
            "SELECT entry.key, file.name, segment.line + entry.line"
            f" FROM {PLACED} WHERE entry.lower_key = ? AND entry.type IS NOT NULL {ORDER}",
            (key,),
        )
        yield rows.fetchall()
