"""Entries into the tables of the index and out of them, within a transaction that is open."""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from northbib.library.index.packing import topics_of, unpack
from northbib.library.index.schema import TEXTS
from northbib.library.index.spans import spans_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.library.index.rows import Row

__all__ = ["SEGMENT", "Spot", "insert", "last_id", "marks_of", "move", "remove"]

SEGMENT = 64 * 1024
"""Bytes of a file after which a new segment begins."""

_BATCH = 2_000
"""Entries that go into one table after the other together: its pages stay at hand meanwhile."""

_COLUMNS = ", ".join(TEXTS)
_MARKS = "\n"


class Spot(NamedTuple):
    """Where an entry stands in its segment.

    Attributes:
        segment: The segment's number in the table.
        offset: Its first byte, counted from the segment's.
        length: Its bytes.
        line: Its line, counted from that of the segment.
    """

    segment: int
    offset: int
    length: int
    line: int


def last_id(db: sqlite3.Connection) -> int:
    """Give the number of the last entry that came into the tables, 0 if there is none."""
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
    return int(last)


def insert(db: sqlite3.Connection, file: int, found: Iterable[tuple[Spot, Row]], last: int) -> int:
    """Put entries into the tables.

    Args:
        db: The index.
        file: The number of their file.
        found: The entries; taken a few thousand at a time.
        last: The number behind which theirs begin. Those of entries that went in the same
            transaction are not given again, so that its new entries are known by their numbers.

    Returns:
        The number of the last of them.
    """
    for batch in _batches(iter(found)):
        rows = list(enumerate(batch, last + 1))
        _insert(db, file, rows)
        last += len(rows)
    return last


def _insert(
    db: sqlite3.Connection, file: int, rows: Sequence[tuple[int, tuple[Spot, Row]]]
) -> None:
    db.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((id_, file, *spot, row.digest, *row.entry) for id_, (spot, row) in rows),
    )
    db.executemany(
        "INSERT INTO record VALUES (?, ?, ?)",
        ((id_, row.json, _MARKS.join(row.marks)) for id_, (_, row) in rows),
    )
    marks = sorted((mark, id_) for id_, (_, row) in rows for mark in row.marks)
    db.executemany("INSERT OR IGNORE INTO mark VALUES (?, ?)", marks)
    spans = sorted((*span, id_) for id_, (_, row) in rows for span in row.spans)
    db.executemany("INSERT OR IGNORE INTO span VALUES (?, ?, ?, ?)", spans)
    parents = [(key, id_) for id_, (_, row) in rows for key in row.parents]
    db.executemany("INSERT OR IGNORE INTO parent VALUES (?, ?)", parents)
    topics = Counter(topic for _, (_, row) in rows for topic in row.topics)
    db.executemany(
        "INSERT INTO topic VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET count = count + excluded.count",
        topics.items(),
    )
    texts = [(id_, *row.texts) for id_, (_, row) in rows if row.texts is not None]
    places = ", ".join("?" * (len(TEXTS) + 1))
    db.executemany(f"INSERT INTO reading VALUES ({places})", texts)
    db.executemany(f"INSERT INTO words (rowid, {_COLUMNS}) VALUES ({places})", texts)


def move(db: sqlite3.Connection, moved: Iterable[tuple[int, Spot]]) -> None:
    """Give entries of the tables, by their numbers, other places in the same file."""
    db.executemany(
        "UPDATE entry SET segment = ?, offset = ?, length = ?, line = ? WHERE id = ?",
        ((*spot, id_) for id_, spot in moved),
    )


def marks_of(db: sqlite3.Connection, ids: Iterable[int]) -> set[str]:
    """Give what the works of some entries, by their numbers, are told by."""
    query = "SELECT marks FROM record WHERE id = ?"
    found = (db.execute(query, (id_,)).fetchone() for id_ in ids)
    return {mark for (marks,) in found for mark in marks.split(_MARKS)}


def remove(db: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take entries out of the tables, by their numbers."""
    for id_ in ids:
        db.execute(
            f"INSERT INTO words (words, rowid, {_COLUMNS})"
            f" SELECT 'delete', id, {_COLUMNS} FROM reading WHERE id = ?",
            (id_,),
        )
        marks, record = db.execute("SELECT marks, json FROM record WHERE id = ?", (id_,)).fetchone()
        _remove_topics(db, topics_of(record))
        if record is not None:
            db.executemany(
                "DELETE FROM span WHERE variable = ? AND first = ? AND last = ? AND entry = ?",
                ((*span, id_) for span in spans_of(unpack(record))),
            )
        db.executemany(
            "DELETE FROM mark WHERE value = ? AND entry = ?",
            ((mark, id_) for mark in marks.split(_MARKS)),
        )
        for table, column in (
            ("reading", "id"),
            ("record", "id"),
            ("parent", "child"),
            ("entry", "id"),
        ):
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (id_,))


def _remove_topics(db: sqlite3.Connection, topics: Iterable[str]) -> None:
    for topic in topics:
        db.execute("UPDATE topic SET count = count - 1 WHERE name = ?", (topic,))
        db.execute("DELETE FROM topic WHERE name = ? AND count < 1", (topic,))


def _batches(
    found: Iterator[tuple[Spot, Row]],
) -> Iterator[list[tuple[Spot, Row]]]:
    while batch := list(islice(found, _BATCH)):
        yield batch
