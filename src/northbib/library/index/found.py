"""What a query found: records that are taken from the index when they are asked for."""

from __future__ import annotations

import json
import os
import weakref
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, overload

from northbib.library.index.cache import DAMAGE
from northbib.library.index.packing import unpack
from northbib.library.stored import Stored

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from northbib.records import Record

__all__ = ["Found", "Load", "Named", "Reread", "load"]

Named = dict[str, tuple[str, "Path"]]
"""The name of a file -> the name of its bibliography, and its path."""

Reread = Callable[["Path", int], "Record"]
"""A file and a line -> the record of the entry that begins there."""

Load = Callable[["sqlite3.Connection", Iterable[int]], list[Stored]]
"""Gives records by their numbers, in this order."""

_CHUNK = 200

_ROWS = (
    "SELECT file.name, segment.line + entry.line, record.json FROM json_each(?) AS wanted"
    " CROSS JOIN entry ON entry.id = wanted.value JOIN record ON record.id = entry.id"
    " JOIN segment ON segment.id = entry.segment JOIN file ON file.id = entry.file"
    " ORDER BY wanted.key"
)


class Found(Sequence[Stored]):
    """Records of the index, in order, as it was when they were found.

    It keeps a connection of its own, so that later changes of the library leave it as it is. Where
    the index fails after all, `otherwise` gives the same records from the files.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        ids: Iterable[int],
        load: Load,
        otherwise: Callable[[], Sequence[Stored]],
    ) -> None:
        self._db = db
        self._ids = array("q", ids)
        self._load = load
        self._otherwise = otherwise
        self._from_files: Sequence[Stored] | None = None
        self._chunk: list[Stored] = []
        self._chunk_start = 0
        weakref.finalize(self, db.close)

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Stored: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Stored]: ...
    def __getitem__(self, index: int | slice) -> Stored | Sequence[Stored]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError("no record has this place")
        if self._from_files is not None:
            return self._from_files[place]
        if not 0 <= place - self._chunk_start < len(self._chunk):
            self._read(place)
        return self._chunk[place - self._chunk_start] if self._from_files is None else self[place]

    def __iter__(self) -> Iterator[Stored]:
        return (self[place] for place in range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<Found {len(self)} records>"

    def _read(self, place: int) -> None:
        ids = self._ids[place : place + _CHUNK]
        try:
            self._chunk = self._load(self._db, ids)
            self._chunk_start = place
            if len(self._chunk) != len(ids):
                raise ValueError("records are missing from the index")
        except DAMAGE:
            self._from_files = self._otherwise()


def load(named: Named, reread: Reread, db: sqlite3.Connection, ids: Iterable[int]) -> list[Stored]:
    """Give records by their numbers, in this order.

    Args:
        named: The files of the library.
        reread: Gives the record of an entry from its file, where that of the index is damaged.
        db: The index.
        ids: The numbers.
    """
    found = []
    for name, line, text in db.execute(_ROWS, (json.dumps(list(ids)),)):
        bibliography, path = named[os.fsdecode(name)]
        found.append(Stored(partial(_record, text, reread, path, line), bibliography, path, line))
    return found


def _record(text: str, reread: Reread, file: Path, line: int) -> Record:
    try:
        return unpack(text)
    except ValueError:
        return reread(file, line)
