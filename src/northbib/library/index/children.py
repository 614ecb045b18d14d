"""Entries that take fields from others of their file, read again without reading the file.

The bytes of each entry, and of those that it takes fields from, are found by their places and read
behind the head of the file, where all its macros stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex import Document, records
from northbib.library.index.places import digest
from northbib.library.index.rewriting import Spot, insert, marks_of, remove
from northbib.library.index.rows import row_of

if TYPE_CHECKING:
    import sqlite3

    from northbib.bibtex import Entry
    from northbib.library.disk.pieces import Pieces

__all__ = ["Absent", "Whole", "read_children"]

_MOST = 200
"""Children that are read one by one; for more, the file is read."""

_PLACES = (
    "SELECT entry.digest, segment.start + entry.offset, entry.segment, entry.offset, entry.length,"
    " entry.line FROM entry JOIN segment ON segment.id = entry.segment"
)


class Absent(Exception):  # noqa: N818 - it is no error of anybody's
    """An entry does not stand where the index has it, or stands in another file."""


class Whole(NamedTuple):
    """A file as it now is.

    Attributes:
        id: Its number in the tables.
        head: What stands before all entries, with all its macros.
        data: Its bytes.
    """

    id: int
    head: bytes
    data: Pieces


def read_children(
    db: sqlite3.Connection, file: Whole, keys: set[str], heirs: set[str], last: int
) -> tuple[int, set[str]]:
    """Read all entries again that take fields from some others, or from such as do.

    Args:
        db: The index, which has the places of all entries of the file as it now is.
        file: The file.
        keys: The keys of the entries that changed, in lower case.
        heirs: Those of the entries that changed and take fields themselves.
        last: As for `rewriting.insert`.

    Returns:
        The number of the last entry, and the marks that they had and have.

    Raises:
        Absent: They cannot be read this way; nothing that was done here is to be kept.
    """
    family = _Family(db, file)
    children = list(dict.fromkeys([*map(family.heir, heirs), *family.children(keys)]))
    rows = []
    for id_ in children:
        entry, spot = family.entry("entry.id = ?", id_)
        read = dict(records(family.document_of(entry), family.find, [entry]))
        rows.append((spot, row_of(entry, read.get(entry))))
    marks = marks_of(db, children).union(*(row.marks for _, row in rows))
    remove(db, children)
    return insert(db, file.id, rows, last), marks


class _Family:
    """Entries of a file that are read one by one."""

    def __init__(self, db: sqlite3.Connection, file: Whole) -> None:
        self._db = db
        self._file = file
        # The same entry each time: inheritance tells entries by their identity.
        self._parents: dict[str, Entry] = {}
        self._documents: dict[Entry, Document] = {}

    def children(self, keys: set[str]) -> list[int]:
        """Give the numbers of the children, grandchildren and so on of some entries.

        Raises:
            Absent: One stands in another file or has aliases, or there are too many.
        """
        found: dict[int, None] = {}
        waiting, seen = list(keys), set(keys)
        while waiting:
            rows = self._db.execute(
                "SELECT child, file, lower_key, marks FROM parent JOIN entry"
                " ON entry.id = parent.child JOIN record ON record.id = child WHERE parent.key = ?",
                (waiting.pop(),),
            ).fetchall()
            for child, file, key, marks in rows:
                if file != self._file.id or "ids:" in marks or len(found) > _MOST:
                    raise Absent
                found[child] = None
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)
        return list(found)

    def heir(self, key: str) -> int:
        """Give the number of an entry that takes fields, from entries of the file.

        Raises:
            Absent: One of those is not there, or takes fields from it.
        """
        (id_,) = self._db.execute(
            "SELECT id FROM entry WHERE lower_key = ? AND file = ?", (key, self._file.id)
        ).fetchone()
        parents = self._db.execute("SELECT key FROM parent WHERE child = ?", (id_,)).fetchall()
        for (parent,) in parents:
            self.find(parent)
        if id_ in self.children({key}):
            raise Absent
        return int(id_)

    def find(self, key: str) -> Entry:
        """Find a parent in the file, where each one is that is needed."""
        lower = key.lower()
        if lower not in self._parents:
            self._parents[lower] = self.entry("entry.lower_key = ?", lower)[0]
        return self._parents[lower]

    def document_of(self, entry: Entry) -> Document:
        """Give the document that an entry was read in."""
        return self._documents[entry]

    def entry(self, condition: str, value: int | str) -> tuple[Entry, Spot]:
        """Give the first entry of the file that a condition is true of, and its place.

        Raises:
            Absent: There is none, or it does not stand there.
        """
        row = self._db.execute(
            f"{_PLACES} WHERE {condition} AND entry.file = ? ORDER BY segment.number, entry.offset",
            (value, self._file.id),
        ).fetchone()
        if row is None:
            raise Absent
        own, start, *spot = row
        place = Spot(*spot)
        data = self._file.data.part(start, start + place.length)
        document = Document.parse(self._file.head + data)
        if digest(data) != own or not document.entries or document.entries[-1].data != data:
            raise Absent
        entry = document.entries[-1]
        self._documents[entry] = document
        return entry, place
