"""The index of one library, as the store asks it."""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names and conditions of ours; what users wrote is bound
import os
import sqlite3
import time
import weakref
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.library.index import cache, files, twins, vocabulary
from northbib.library.index.cache import DAMAGE
from northbib.library.index.compiling import Compiler
from northbib.library.index.found import Found, load
from northbib.library.index.places import Place
from northbib.library.index.ranking import best_first
from northbib.library.index.schema import ORDER, PLACED
from northbib.library.known import Holder
from northbib.library.searching.terms import And
from northbib.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from northbib.findings import Finding
    from northbib.library.disk.files import Snapshot
    from northbib.library.disk.pieces import Pieces
    from northbib.library.index.found import Named, Reread
    from northbib.library.known import Mark
    from northbib.library.searching.terms import Query
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Index", "Unusable"]

_PASSING = frozenset(
    "SQLITE_" + name
    for name in "BUSY LOCKED READONLY CANTOPEN FULL PERM IOERR PROTOCOL NOMEM NOLFS AUTH".split()
)
"""Faults that deleting the index would not mend."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
"""Faults that nothing else would mend: the next process makes the index anew."""

_IN_ORDER = (
    "file CROSS JOIN segment ON segment.file = file.id"
    " CROSS JOIN entry ON entry.segment = segment.id"
)
_BY_ENTRY = (
    "entry CROSS JOIN segment ON segment.id = entry.segment CROSS JOIN file ON file.id = entry.file"
)


_MOMENT = 1.0
"""Seconds that others may take to make ready an index that they have just built."""
_POLL = 0.05


_LAST = (
    f"SELECT entry.id FROM {PLACED} WHERE file.name = ?"
    " ORDER BY segment.number DESC, entry.offset DESC LIMIT 1"
)


class Unusable(Exception):  # noqa: N818 - it is no error of anybody's
    """The index cannot be used: the files are to be read instead."""


class Index:
    """What is known of a library's entries without reading its files.

    `Store.index` gives it, or None where the library is so small that its files are read as fast,
    or where no index can be kept. Every answer is that of the last refresh, by this process or
    another one. All methods raise `Unusable` where the index fails.
    """

    def __init__(self, root: Path, named: Named, reread: Reread) -> None:
        """Open the index of a library, or make it, and bring it up to date.

        Args:
            root: The library.
            named: Its files in order: name -> name of the bibliography, and path.
            reread: Gives a record from its file, where the index turns out to be damaged.

        Raises:
            Unusable: It can be neither read nor made.
        """
        self._file = cache.cache_file(root)
        self._named = named
        self._load = partial(load, named, self._rereader(reread))
        self._db = self._opened()
        # At the end of the process too, so that nothing is left beside the index.
        self.close = weakref.finalize(self, self._db.close)

    def _rereader(self, reread: Reread) -> Reread:
        def read(file: Path, line: int) -> Record:
            # What is damaged in one place is not to be trusted in others.
            with suppress(OSError):
                cache.delete(self._file)
            return reread(file, line)

        return read

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except DAMAGE as error:
            if _name_of(error).startswith(_DAMAGED):
                with suppress(OSError):
                    cache.delete(self._file)
            raise Unusable(str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._current()
        except DAMAGE as error:
            if _name_of(error).startswith(tuple(_PASSING)):
                raise Unusable(str(error)) from error
        except OSError as error:
            raise Unusable(str(error)) from error
        try:
            cache.delete(self._file)
            return self._current()
        except (*DAMAGE, OSError) as error:
            raise Unusable(str(error)) from error

    def _current(self) -> sqlite3.Connection:
        if cache.is_emptied(self._file):
            cache.delete(self._file)
        db = cache.connect(self._file, make=True)
        try:
            self._refresh(db)
            _use_wal(db)
            cache.mark_used(self._file)
        except BaseException:
            db.close()
            raise
        return db

    def _paths(self) -> list[Path]:
        return [path for _, path in self._named.values()]

    def _refresh(self, db: sqlite3.Connection) -> None:
        is_new = not cache.is_current(db)
        if not is_new and not files.changes(db, self._paths()):
            return
        db.execute("BEGIN IMMEDIATE")
        try:
            if not cache.is_current(db):
                cache.create(db)
            changes = files.changes(db, self._paths())
            # Reading BibTeX is for when there is something to read.
            refreshing = import_module("northbib.library.index.refreshing")
            refreshing.refresh(db, self._paths(), changes)
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    def refresh(self) -> None:
        """Bring the index up to date with the files: only those that changed are read."""
        with self._guarded():
            self._refresh(self._db)

    def find(
        self, query: Query, otherwise: Callable[[], Sequence[Stored]], *, best: bool = False
    ) -> Found:
        """Give the records that a query finds.

        Args:
            query: The query.
            otherwise: Gives the same records in the same order from the files; asked where the
                index fails while they are read.
            best: Give those that answer best first, in place of the order of the files.

        Raises:
            UsageError: A pattern takes too long.
        """
        with self._guarded():
            db = cache.connect(self._file)
            try:
                # What is read from now on is of this moment, whatever is written meanwhile.
                db.execute("BEGIN")
                ids = self._ids(db, query)
                ranked = best_first(db, query, ids) if best else ids
                return Found(db, ranked, self._load, otherwise)
            except BaseException:
                db.close()
                raise

    def _ids(self, db: sqlite3.Connection, query: Query) -> Sequence[int]:
        compiler = Compiler(db, self._numbers)
        condition = compiler.condition(query)
        tables = _IN_ORDER if query == And() else _BY_ENTRY
        sql = f"SELECT entry.id FROM {tables} WHERE entry.type IS NOT NULL AND {condition} {ORDER}"
        try:
            return [id_ for (id_,) in db.execute(sql, compiler.parameters)]
        except sqlite3.Error:
            if compiler.error is not None:
                raise compiler.error from None
            raise
        finally:
            compiler.release()

    def _numbers(self, bibliography: str) -> list[int]:
        """Give the numbers of the files that a folded name of a bibliography stands for."""
        rows = self._db.execute("SELECT name, id FROM file")
        named = ((*self._named[os.fsdecode(name)], id_) for name, id_ in rows)
        return [id_ for name, path, id_ in named if bibliography in (fold(name), fold(path.name))]

    def get(self, key: str) -> Stored | None:
        """Give the record of a key, in that case or another, else of an alias; the first counts."""
        select = f"SELECT entry.id, entry.key FROM {PLACED} WHERE entry.type IS NOT NULL AND"
        marked = "entry.id IN (SELECT entry FROM mark WHERE value = ?)"
        with self._guarded():
            wanted = (key.lower(),)
            rows = self._db.execute(f"{select} entry.lower_key = ? {ORDER}", wanted).fetchall()
            if not rows:
                alias = (f"ids:{key.lower()}",)
                rows = self._db.execute(f"{select} {marked} {ORDER}", alias).fetchall()
            ids = [id_ for id_, own in rows if own == key] or [id_ for id_, _ in rows]
            return next(iter(self._load(self._db, ids[:1])), None)

    def is_empty(self) -> bool:
        """Tell whether there is no record at all."""
        with self._guarded():
            query = "SELECT 1 FROM entry WHERE type IS NOT NULL LIMIT 1"
            return self._db.execute(query).fetchone() is None

    def keys(self) -> list[str]:
        """Give the keys of all records."""
        with self._guarded():
            rows = self._db.execute("SELECT DISTINCT key FROM entry WHERE type IS NOT NULL")
            return [key for (key,) in rows]

    def words(self, least: int, most: int) -> Iterator[str]:
        """Give the words of some lengths that stand in records, a few of them several times."""
        with self._guarded():
            yield from vocabulary.of_length(self._db, least, most)

    def has_word(self, part: str) -> bool:
        """Tell whether a text stands in a word of a record."""
        with self._guarded():
            return vocabulary.has(self._db, part)

    def has_parents(self, key: str) -> bool:
        """Tell whether all that the entries of a key take fields from is in the library."""
        with self._guarded():
            rows = self._db.execute(
                "SELECT parent.key FROM entry JOIN parent ON parent.child = entry.id"
                " WHERE entry.lower_key = ?",
                (key.lower(),),
            ).fetchall()
            return all(self._holder("key", parent) is not None for (parent,) in rows)

    def problems(self) -> list[Finding]:
        """Give what is wrong with the files."""
        with self._guarded():
            return files.problems(self._db, self._paths())

    def twins(self) -> list[list[tuple[str, Path, int]]]:
        """Give the keys that stand in several files: of each its places, as key, file and line."""
        with self._guarded():
            return [
                [(key, self._named[os.fsdecode(name)][1], line) for key, name, line in found]
                for found in twins.places(self._db)
            ]

    def place(self, key: str) -> Place | None:
        """Give the place of the first entry of a key, whatever its case; None if there is none."""
        return next(iter(self.places(key)), None)

    def places(self, key: str) -> tuple[Place, ...]:
        """Give the places of all entries of a key, whatever its case, file by file."""
        return self._places("entry.lower_key = ?", key.lower())

    def last(self, file: Path) -> Place | None:
        """Give the place of the last entry of a file; None if it has none."""
        found = self._places("entry.id = (" + _LAST + ")", os.fsencode(file.name))
        return next(iter(found), None)

    def children(self, key: str) -> tuple[Place, ...]:
        """Give the places of the entries that take fields from an entry (`crossref`, `xdata`)."""
        return self._places("entry.id IN (SELECT child FROM parent WHERE key = ?)", key.lower())

    def _places(self, condition: str, value: str | bytes) -> tuple[Place, ...]:
        with self._guarded():
            rows = self._db.execute(
                "SELECT file.name, segment.start + entry.offset, entry.length,"
                f" segment.line + entry.line, entry.digest FROM {PLACED} WHERE {condition} {ORDER}",
                (value,),
            ).fetchall()
        return tuple(
            Place(self._named[os.fsdecode(name)][1], start, start + length, line, digest)
            for name, start, length, line, digest in rows
        )

    def written(
        self,
        file: Path,
        before: Snapshot,
        after: Pieces,
        splices: Sequence[tuple[int, int, bytes]],
    ) -> bool:
        """Take in a change that this process wrote, without reading the whole file again.

        Args:
            file: The file, as it is called in the library.
            before: The file as it was.
            after: Its bytes now.
            splices: For each change its start and length in the file as it was, and the new bytes;
                in order, and without overlap.

        Returns:
            Whether that could be done; else the next refresh reads the file.
        """
        with self._guarded():
            splicing = import_module("northbib.library.index.splicing")
            self._db.execute("BEGIN IMMEDIATE")
            done = False
            try:
                done = bool(splicing.splice(self._db, file, before, after, splices))
            finally:
                self._db.execute("COMMIT" if done else "ROLLBACK")
            return done

    def known(self, wanted: Iterable[Mark]) -> dict[Mark, Holder]:
        """Give, for those of the marks that an entry has, the first entry that has it."""
        with self._guarded():
            found = ((mark, self._holder(*mark)) for mark in wanted)
            return {mark: holder for mark, holder in found if holder is not None}

    def _holder(self, kind: str, value: str) -> Holder | None:
        if kind == "key":
            condition, values = "entry.lower_key = ?", [value]
        else:
            condition, values = (
                "entry.id IN (SELECT entry FROM mark WHERE value = ?)",
                [f"{kind}:{value}"],
            )
        row = self._db.execute(
            "SELECT entry.key, file.name, segment.line + entry.line, entry.crossref, record.marks"
            f" FROM {PLACED} JOIN record ON record.id = entry.id WHERE {condition} {ORDER}",
            values,
        ).fetchone()
        if row is None:
            return self._holder("ids", value) if kind == "key" else None
        key, name, line, crossref, marks = row
        doi = next((mark[4:] for mark in marks.split("\n") if mark.startswith("DOI:")), "")
        return Holder(key, f"{self._named[os.fsdecode(name)][1]}:{line}", crossref or "", doi)


def _name_of(error: Exception) -> str:
    return getattr(error, "sqlite_errorname", "")


def _use_wal(db: sqlite3.Connection) -> None:
    """Let readers read while another process writes.

    A new index is made before that: so it is written once, and not first into a log.

    Raises:
        Unusable: The file system cannot do that.
    """
    end = time.monotonic() + _MOMENT
    while True:
        try:
            (mode,) = db.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError:
            # Another process has just made the same index; SQLite does not wait for it here.
            if time.monotonic() > end:
                raise
            time.sleep(_POLL)
        else:
            break
    if mode != "wal":
        raise Unusable("this file system lets nobody read beside a writer")
