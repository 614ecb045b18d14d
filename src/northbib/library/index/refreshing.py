"""Bringing the index up to date: only what changed is read, only the entries that changed anew."""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import gc
import os
from bisect import bisect_left
from collections import Counter
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.reading import one_by_one
from northbib.library.bibliography import Bibliography
from northbib.library.disk.files import Stamp
from northbib.library.index import repeats, twins, vocabulary
from northbib.library.index.cache import CACHE
from northbib.library.index.files import Indexed, checksum_of, note, noted, stamp_of
from northbib.library.index.macros import macros_of
from northbib.library.index.places import digest
from northbib.library.index.rewriting import (
    SEGMENT,
    Spot,
    insert,
    last_id,
    marks_of,
    move,
    remove,
)
from northbib.library.index.rows import row_of
from northbib.library.index.schema import LOOKUPS, ORDER, PLACED
from northbib.library.index.settled import is_settled
from northbib.progress import counted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from northbib.bibtex import Document, Entry
    from northbib.library.index.files import Changes
    from northbib.library.index.rows import Row
    from northbib.records import Record

__all__ = ["refresh"]

_MANY = 500
"""How many new entries make it worth to take all words anew."""

_CACHE = 64_000
"""KiB of pages that are kept in memory meanwhile: the indexes of tables grow all over."""

_MOST_OPEN = 4
_COLLECTED = 16 * 1024 * 1024
"""Bytes that are read until what is no longer needed of them is given back."""

_UNKNOWN = Stamp(0, 0, 0, 0, 0)


def refresh(db: sqlite3.Connection, files: Sequence[Path], changes: Changes) -> None:
    """Take changes in, within a transaction that is open.

    Args:
        db: The index.
        files: All files of the library, in order.
        changes: What has changed.
    """
    # Looking for circles again and again takes longer the more there is; see `_read`.
    was_enabled = gc.isenabled()
    gc.disable()
    db.execute(f"PRAGMA cache_size = -{_CACHE}")
    try:
        _Refresh(db, files).take(changes)
    finally:
        db.execute(f"PRAGMA cache_size = -{CACHE}")
        if was_enabled:
            gc.enable()


class _Heir(NamedTuple):
    """An entry that takes fields from another one.

    Attributes:
        parent: The name of that one: its key or an alias, in lower case.
        child: The number of the entry.
        file: That of its file.
        key: Its key, in lower case.
        is_within: Whether an entry of its own file has that name for its key.
    """

    parent: str
    child: int
    file: int
    key: str
    is_within: int


class _Heirs:
    """Who takes fields from whom.

    Attributes:
        all: One for each parent of an entry.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT parent.key, child.id, child.file, child.lower_key,"
            " EXISTS (SELECT 1 FROM entry WHERE lower_key = parent.key AND file = child.file)"
            " FROM parent JOIN entry AS child ON child.id = parent.child"
        )
        self.all = [_Heir(*row) for row in rows]
        self._by_parent: dict[str, list[_Heir]] = {}
        for each in self.all:
            self._by_parent.setdefault(each.parent, []).append(each)
        self._aliases: dict[int, list[str]] = {}
        query = "SELECT entry, value FROM mark WHERE value > 'ids:' AND value < 'ids;'"
        for id_, mark in db.execute(query) if self.all else ():
            self._aliases.setdefault(id_, []).append(mark[4:])

    def names(self, heir: _Heir) -> list[str]:
        """Give what others call it: its key and its aliases."""
        return [heir.key, *self._aliases.get(heir.child, ())]

    def below(self, names: Iterable[str]) -> list[_Heir]:
        """Give the children of entries that have some names, their children, and so on."""
        found: list[_Heir] = []
        seen = set(names)
        waiting = list(seen)
        while waiting:
            for heir in self._by_parent.get(waiting.pop(), ()):
                found.append(heir)
                new = [name for name in self.names(heir) if name not in seen]
                seen.update(new)
                waiting += new
        return found


class _Refresh:
    """One refresh.

    Attributes:
        keys: The keys in lower case, and the aliases, of entries that came or went.
        marks: Their marks; of many, only so many that they are known to be many.
        added: How many entries came.
    """

    def __init__(self, db: sqlite3.Connection, files: Sequence[Path]) -> None:
        self._db = db
        self._files = {file.name: file for file in files}
        self._open: dict[int, Bibliography] = {}
        self.keys: set[str] = set()
        self.marks: set[str] = set()
        self.added = 0
        self._read_bytes = 0
        self._last = last_id(db)

    def take(self, changes: Changes) -> None:
        last = self._last
        for gone in changes.gone:
            self._remove(self._entries_of(gone.id))
            self._db.execute("DELETE FROM segment WHERE file = ?", (gone.id,))
            self._db.execute("DELETE FROM file WHERE id = ?", (gone.id,))
        for same in changes.noted:
            note(self._db, same)
        for number, file, before in changes.read:
            self._read(number, file, before)
        for statement in LOOKUPS:
            self._db.execute(statement)
        if changes.read or changes.gone:
            self._read_children(last)
        twins.update(self._db, self.keys)
        repeats.update(self._db, self.keys, self.marks)
        if self.added > _MANY:
            vocabulary.rebuild(self._db)
        elif self.added:
            vocabulary.extend(self._db, last)

    def _read(self, number: int, file: Path, before: Indexed | None) -> None:
        """Take in what a file has become, or a new one."""
        if self._read_bytes > _COLLECTED:
            # A document and its entries are a circle.
            gc.collect()
            self._read_bytes = 0
        try:
            stamp = stamp_of(file)
            settled = is_settled(stamp)
        except OSError:
            stamp, settled = _UNKNOWN, False
        bibliography = Bibliography(file, file.name)
        readable = bibliography.unreadable is None
        id_ = before.id if before else self._new_id()
        macros = macros_of(bibliography.document)
        checksum = checksum_of(bibliography.data) if readable else None
        known = Indexed(id_, number, stamp, settled and readable, checksum, macros)
        same_macros = before is not None and before.macros == macros
        old = self._entries_of(id_) if before else {}
        self._take_entries(id_, bibliography.document, old, reuse=same_macros)
        self._db.execute(
            "INSERT OR REPLACE INTO file VALUES (?, ?, 0, 0, 0, 0, 0, 0, 0, NULL, ?, ?, NULL)",
            (id_, os.fsencode(file.name), macros, noted(bibliography.problems)),
        )
        note(self._db, known)
        self._read_bytes += stamp.size

    def _new_id(self) -> int:
        (last,) = self._db.execute("SELECT coalesce(max(id), 0) FROM file").fetchone()
        return int(last) + 1

    def _take_entries(
        self, file: int, document: Document, old: dict[int, bytes], *, reuse: bool
    ) -> None:
        """Put the entries of a file in the place of those that the index has of it.

        An entry that has the same bytes as before, and takes nothing from others, is not read
        again.
        """
        by_digest: dict[bytes, list[int]] = {}
        for id_, each in reversed(old.items()) if reuse else ():
            by_digest.setdefault(each, []).append(id_)
        for child in self._children_in(file) if by_digest else ():
            by_digest[old[child]].remove(child)
        self._db.execute("DELETE FROM segment WHERE file = ?", (file,))
        moved: dict[int, Spot] = {}
        new: dict[Entry, Spot] = {}
        for entry, spot in self._spots(file, document):
            ids = by_digest.get(digest(entry.data)) if by_digest else None
            if ids:
                moved[ids.pop()] = spot
            else:
                new[entry] = spot
        self._remove([id_ for id_ in old if id_ not in moved])
        move(self._db, moved.items())
        if moved:
            # Of several with one key another one may be the first now, which is the parent.
            counts = Counter(entry.key.lower() for entry in document.entries)
            self.keys.update(key for key, count in counts.items() if count > 1)
        entries = _in_turn(document, counted(new, "indexing"))
        self._insert(file, self._rows(new, one_by_one(document, None, entries)))

    def _insert(self, file: int, found: Iterable[tuple[Spot, Row]]) -> None:
        self._last = insert(self._db, file, found, self._last)

    def _rows(
        self, spots: dict[Entry, Spot], read: Iterable[tuple[Entry, Record | None]]
    ) -> Iterator[tuple[Spot, Row]]:
        for entry, record in read:
            row = row_of(entry, record)
            self._note(row.entry[1], row.marks)
            self.added += 1
            yield spots[entry], row

    def _note(self, key: str, marks: Sequence[str]) -> None:
        """Note what an entry has that came or went."""
        self.keys.add(key)
        for mark in marks:
            if mark.startswith("ids:"):
                self.keys.add(mark[4:])
        if len(self.marks) <= repeats.MANY:
            self.marks.update(marks)

    def _spots(self, file: int, document: Document) -> Iterator[tuple[Entry, Spot]]:
        """Give the entries of a document with their places, in new segments of the file."""
        segment, start, line, number = 0, -SEGMENT - 1, 0, 0
        for entry in document.entries:
            if entry.start - start > SEGMENT:
                start, line, number = entry.start, entry.line, number + 1
                segment = self._segment(file, number, start, line)
            spot = Spot(segment, entry.start - start, entry.end - entry.start, entry.line - line)
            yield entry, spot

    def _segment(self, file: int, number: int, start: int, line: int) -> int:
        made = self._db.execute(
            "INSERT INTO segment (file, number, start, line) VALUES (?, ?, ?, ?)",
            (file, number, start, line),
        )
        return made.lastrowid or 0

    def _entries_of(self, file: int) -> dict[int, bytes]:
        rows = self._db.execute(
            "SELECT entry.id, entry.digest FROM segment CROSS JOIN entry"
            " ON entry.segment = segment.id WHERE segment.file = ?"
            " ORDER BY segment.number, entry.offset",
            (file,),
        )
        return dict(rows.fetchall())

    def _remove(self, ids: Iterable[int]) -> None:
        for id_ in ids:
            key, marks = self._db.execute(
                "SELECT lower_key, marks FROM entry JOIN record USING (id) WHERE id = ?", (id_,)
            ).fetchone()
            self._note(key, marks.split("\n"))
            remove(self._db, [id_])

    def _children_in(self, file: int) -> list[int]:
        rows = self._db.execute(
            "SELECT DISTINCT parent.child FROM segment CROSS JOIN entry"
            " ON entry.segment = segment.id CROSS JOIN parent ON parent.child = entry.id"
            " WHERE segment.file = ?",
            (file,),
        )
        return [child for (child,) in rows]

    def _read_children(self, last: int) -> None:
        """Read entries again that take fields from an entry of another file.

        Those are the ones that are new, with numbers behind `last`, and were read without; those
        whose parents came or went; and all who take fields from them. One whose changed parent
        stands in its own file has been read with it, but its children elsewhere have not.
        """
        heirs = _Heirs(self._db)
        below = [each for each in heirs.below(self.keys) if not each.is_within]
        below += [each for each in heirs.all if each.child > last and not each.is_within]
        below += heirs.below({name for each in below for name in heirs.names(each)})
        files: dict[int, set[int]] = {}
        for each in below:
            files.setdefault(each.file, set()).add(each.child)
        for file, ids in files.items():
            self._read_again(file, ids)

    def _read_again(self, file: int, ids: set[int]) -> None:
        # Not under way: inheritance tells entries by their identity.
        if len(self._open) >= _MOST_OPEN:
            self._open.clear()
            gc.collect()
        document = self._document(file)
        entries = dict(zip(self._entries_of(file), document.entries, strict=True))
        wanted = {entries[id_]: self._spot(id_) for id_ in ids}
        self.marks |= marks_of(self._db, ids)
        remove(self._db, ids)
        read = one_by_one(document, self._parent, counted(wanted, "indexing"))
        self._insert(file, self._rows(wanted, read))

    def _spot(self, id_: int) -> Spot:
        columns = "segment, offset, length, line"
        return Spot(
            *self._db.execute(f"SELECT {columns} FROM entry WHERE id = ?", (id_,)).fetchone()
        )

    def _parent(self, key: str) -> Entry | None:
        """Find the entry of a key, or of an alias, in any file: the first one counts."""
        for condition, value in (
            ("entry.lower_key = ?", key.lower()),
            ("entry.id IN (SELECT entry FROM mark WHERE value = ?)", f"ids:{key.lower()}"),
        ):
            row = self._db.execute(
                "SELECT entry.file, segment.start + entry.offset"
                f" FROM {PLACED} WHERE {condition} {ORDER}",
                (value,),
            ).fetchone()
            if row is not None:
                return self._entry(*row)
        return None

    def _entry(self, file: int, start: int) -> Entry:
        entries = self._document(file).entries
        found = bisect_left(entries, start, key=attrgetter("start"))
        if found == len(entries) or entries[found].start != start:
            raise ValueError("a file has changed meanwhile")
        return entries[found]

    def _document(self, file: int) -> Document:
        """Give the document of a file; it is kept until a few others have been read."""
        if file not in self._open:
            (name,) = self._db.execute("SELECT name FROM file WHERE id = ?", (file,)).fetchone()
            path = self._files[os.fsdecode(name)]
            self._open[file] = Bibliography(path, path.name)
        return self._open[file].document


def _in_turn(document: Document, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give entries of a document, and look for the problems of each once it has been read.

    So each is read once, and few are in memory.
    """
    for entry in entries:
        yield entry
        document.look_at(entry)
        entry.forget()
