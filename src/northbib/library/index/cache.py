"""The file that holds an index, and its connections."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from pathlib import Path
from urllib.parse import quote

import platformdirs

from northbib.library.index.packing import LAYOUT
from northbib.library.index.schema import SCHEMA, VERSION
from northbib.version import __version__

__all__ = [
    "CACHE",
    "DAMAGE",
    "PATIENCE",
    "cache_file",
    "connect",
    "create",
    "delete",
    "is_current",
    "is_emptied",
]

PATIENCE = 30.0
"""How many seconds to wait while another process writes the index: it may be building it."""

DAMAGE = (sqlite3.Error, UnicodeError, ValueError, OverflowError, KeyError)
"""What a damaged index, or a disk that is full, can bring about."""

CACHE = 8_000
"""KiB of pages that a connection keeps in memory."""

_DAY = 86_400.0
_UNUSED = 90 * _DAY
_PACKAGE = Path(__file__).parents[2]
_READERS = ("bibtex", "records", "library", "library/index", "library/searching")
"""The parts by whose code records are read and looked for."""


def cache_file(root: Path) -> Path:
    """Give the file for the index of a library: its name is that of the library's real path."""
    folder = Path(platformdirs.user_cache_dir("northbib", appauthor=False)) / "index"
    name = hashlib.blake2b(os.fsencode(os.path.realpath(root)), digest_size=16).hexdigest()
    return folder / f"{name}-{VERSION}.sqlite"


def connect(file: Path, *, make: bool = False) -> sqlite3.Connection:
    """Open an index.

    Args:
        file: Its file.
        make: Make an empty file, and its folder, if it is not there.

    Raises:
        sqlite3.Error: It is not there, or cannot be opened.
        OSError: The folder cannot be made.
    """
    if make:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    mode = "rwc" if make else "rw"
    address = f"file:{quote(os.fsencode(file))}?mode={mode}"
    # What closes it is the collector of garbage, which runs in whichever thread is busy.
    db = sqlite3.connect(
        address, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        db.executescript(
            "PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY;"
            f" PRAGMA cache_size = -{CACHE}; PRAGMA trusted_schema = OFF;"
        )
    except BaseException:
        db.close()
        raise
    return db


def is_current(db: sqlite3.Connection) -> bool:
    """Tell whether an index was made by this version of the program; False for an empty one."""
    tables = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'meta'").fetchone()
    if not tables[0]:
        return False
    row = db.execute("SELECT value FROM meta WHERE name = 'maker'").fetchone()
    return row is not None and row[0] == _maker()


def create(db: sqlite3.Connection) -> None:
    """Make the tables, within a transaction that is open."""
    for statement in SCHEMA.split(";\n"):
        if statement.strip():
            db.execute(statement)
    db.execute("INSERT INTO meta VALUES ('maker', ?)", (_maker(),))


def mark_used(file: Path) -> None:
    """Note that an index is in use, and delete those that nobody has used for a season."""
    now = time.time()
    with contextlib.suppress(OSError):
        if now - file.stat().st_mtime < _DAY:
            return
        os.utime(file)
        for other in file.parent.glob("*.sqlite"):
            if now - other.stat().st_mtime > _UNUSED:
                delete(other)


def is_emptied(file: Path) -> bool:
    """Tell whether somebody has emptied an index, which processes may still have open.

    Nobody could write it as long as they have; one that is just being made has no such log.
    """
    with contextlib.suppress(OSError):
        return not file.stat().st_size and file.with_name(f"{file.name}-wal").exists()
    return False


def delete(file: Path) -> None:
    """Delete an index, with what SQLite puts beside it.

    Raises:
        OSError: The system does not let us.
    """
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(FileNotFoundError):
            file.with_name(file.name + suffix).unlink()


def _maker() -> str:
    """Tell this program from others that read records differently: by version, layout and code."""
    stamp = hashlib.blake2b(f"{__version__} {LAYOUT}".encode(), digest_size=16)
    for part in _READERS:
        with contextlib.suppress(OSError), os.scandir(_PACKAGE / part) as found:
            for each in sorted(found, key=lambda entry: entry.name):
                if each.name.endswith(".py"):
                    status = each.stat()
                    stamp.update(f"{each.name} {status.st_size} {status.st_mtime_ns}".encode())
    return stamp.hexdigest()
