"""The files of a library as the index knows them, and which of them have changed since."""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import astuple, dataclass, replace
from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.library.disk.files import Stamp
from northbib.library.index.settled import is_settled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = [
    "Changes",
    "Indexed",
    "changes",
    "checksum_of",
    "indexed",
    "kept",
    "note",
    "noted",
    "problems",
    "stamp_of",
]


_LARGEST = 2**63 - 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Indexed:
    """A file as the index knows it.

    Attributes:
        id: Its number in the tables.
        number: Its place among the files of the library.
        stamp: Its stamp from before it was read.
        is_settled: Whether a later change cannot but change that.
        checksum: That of its bytes; None if it could not be read.
        macros: The hash of what the meaning of its entries depends on besides their own bytes.
    """

    id: int
    number: int
    stamp: Stamp
    is_settled: bool
    checksum: int | None
    macros: bytes | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What the index does not know yet.

    Attributes:
        read: The files to read, new ones and others, with their place among all files.
        noted: Files that are as they were, but for their status or their place.
        gone: Files that are no longer there.
    """

    read: list[tuple[int, Path, Indexed | None]]
    noted: list[Indexed]
    gone: list[Indexed]

    def __bool__(self) -> bool:
        return bool(self.read or self.noted or self.gone)


def checksum_of(data: bytes) -> int:
    """Give the CRC-32 of a file: with its size, it tells one state of the file from the next."""
    return zlib.crc32(data)


def _checksum_of(file: Path) -> int:
    checksum = 0
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return checksum


def indexed(db: sqlite3.Connection) -> dict[str, Indexed]:
    """Give the files that the index knows, by name."""
    rows = db.execute(
        "SELECT name, id, number, device, inode, size, modified, changed, is_settled, checksum,"
        " macros FROM file"
    )
    return {
        os.fsdecode(name): Indexed(id_, number, Stamp(*stamp), bool(settled), checksum, macros)
        for name, id_, number, *stamp, settled, checksum, macros in rows
    }


def changes(db: sqlite3.Connection, files: Sequence[Path]) -> Changes:
    """Compare the files with what the index knows of them.

    A file is read where its status has changed, or where that would not tell.
    """
    known = indexed(db)
    found = Changes([], [], [])
    for number, file in enumerate(files):
        before = known.pop(file.name, None)
        after = None if before is None else _same(before, file, number)
        if after is None:
            found.read.append((number, file, before))
        elif after != before:
            found.noted.append(after)
    found.gone.extend(known.values())
    return found


def _same(before: Indexed, file: Path, number: int) -> Indexed | None:
    """Give a file as it is to be known from now on; None if it has other bytes now."""
    try:
        stamp = stamp_of(file)
        if stamp == before.stamp and before.is_settled:
            return before if number == before.number else replace(before, number=number)
        settled = is_settled(stamp)
        if stamp.size != before.stamp.size or _checksum_of(file) != before.checksum:
            return None
    except OSError:
        return None
    return replace(before, number=number, stamp=stamp, is_settled=settled)


def stamp_of(file: Path) -> Stamp:
    """Give the stamp of a file, or of that which a link leads to.

    Raises:
        OSError: It is not there, or the system does not say.
    """
    return kept(Stamp.of(file.stat()))


def kept(stamp: Stamp) -> Stamp:
    """Give a stamp as the index keeps it."""
    # SQLite's numbers have a sign, those of some file systems have none.
    return replace(stamp, device=stamp.device & _LARGEST, inode=stamp.inode & _LARGEST)


def note(db: sqlite3.Connection, file: Indexed) -> None:
    """Write down the stamp, the checksum and the place of a file whose entries are known."""
    db.execute(
        "UPDATE file SET number = ?, device = ?, inode = ?, size = ?, modified = ?, changed = ?,"
        " is_settled = ?, checksum = ? WHERE id = ?",
        (file.number, *astuple(file.stamp), file.is_settled, file.checksum, file.id),
    )


def noted(findings: Iterable[Finding]) -> str:
    """Give the JSON of the problems of a file."""
    dicts = (finding.to_dict() for finding in findings)
    return json.dumps([{name: found[name] for name in found if name != "file"} for found in dicts])


def problems(db: sqlite3.Connection, files: Sequence[Path]) -> list[Finding]:
    """Give the problems of all files, under the names by which the library was opened."""
    named = {file.name: file for file in files}
    rows = db.execute("SELECT name, problems FROM file WHERE problems != '[]' ORDER BY number")
    return [
        Finding(file=str(named[os.fsdecode(name)]), **fields)
        for name, text in rows
        for fields in json.loads(text)
    ]
