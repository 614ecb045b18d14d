"""A change of this program's own, taken in without reading the whole file again.

Only the segments that it touches are read, and of those only the entries that are not as they
were. That serves where the index knows the file as it was before, and where what changed means
nothing to the rest of the file but to the children of what changed: no macros, no fault. Elsewhere
nothing is done here, and the next refresh finds that the file has changed.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from northbib.bibtex import Document, records
from northbib.library.index import repeats, twins, vocabulary
from northbib.library.index.children import Absent, Whole, read_children
from northbib.library.index.files import Indexed, checksum_of, indexed, kept, note, stamp_of
from northbib.library.index.macros import macros_of, used
from northbib.library.index.places import digest
from northbib.library.index.rewriting import SEGMENT, Spot, insert, last_id, move, remove
from northbib.library.index.rows import row_of
from northbib.library.index.settled import is_settled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from northbib.bibtex import Entry
    from northbib.library.disk.files import Snapshot
    from northbib.library.disk.pieces import Pieces
    from northbib.library.index.rows import Row

__all__ = ["Splice", "splice"]

Splice = tuple[int, int, bytes]
"""Where it begins in the file as it was, how many bytes go, and what comes in their place."""

_MEANS_MORE = re.compile(rb"@\s*(?:string|preamble|comment)", re.IGNORECASE)
_NAMES_PARENTS = frozenset({"crossref", "xdata", "xref"})
_NAMES_OTHERS = frozenset({"entryset", "ids"})
_OF_ONE_ENTRY = frozenset(
    {"duplicate-field", "missing-parent", "undefined-macro", "unreadable-date"}
)
"""Findings that stay as they are, but for their lines, where something else is edited."""
_MENDED = frozenset({"undefined-macro", "missing-parent"})
"""What looks like a fault where the rest of the file is not at hand."""


class _Segment(NamedTuple):
    """A segment of the file as it was."""

    id: int
    number: int
    start: int
    line: int


class _Part(NamedTuple):
    """Segments side by side that are read again.

    Attributes:
        segments: The segments.
        start: Where the first begins in the file as it was.
        end: Where the last ends there.
    """

    segments: tuple[_Segment, ...]
    start: int
    end: int


def splice(
    db: sqlite3.Connection, file: Path, before: Snapshot, after: Pieces, splices: Sequence[Splice]
) -> bool:
    """Take a change in, within a transaction that is open; tell whether that could be done.

    Where it could not, the transaction has to be given up.

    Args:
        db: The index.
        file: The file, which was written with these bytes.
        before: The file as it was.
        after: Its bytes now.
        splices: What was put in the place of what; in order, without overlap.
    """
    known = indexed(db).get(file.name)
    if known is None or before.data is None or not _is_known(known, before):
        return False
    change = _Change(db, known, before.data, after, splices)
    if not change.take():
        return False
    stamp = stamp_of(file)
    if stamp.size != len(after):
        return False
    settled = is_settled(stamp)
    note(db, replace(known, stamp=stamp, is_settled=settled, checksum=after.checksum))
    return True


def _is_known(known: Indexed, before: Snapshot) -> bool:
    if before.data is None or known.stamp.size != len(before.data):
        return False
    if known.is_settled and before.stamp is not None and known.stamp == kept(before.stamp):
        return True
    return known.checksum == checksum_of(before.data)


class _Change:
    """A change that is taken in."""

    def __init__(
        self,
        db: sqlite3.Connection,
        known: Indexed,
        before: bytes,
        after: Pieces,
        splices: Sequence[Splice],
    ) -> None:
        self._db = db
        self._file = known.id
        self._macros = known.macros
        self._before = before
        self._after = after
        self._splices = splices
        self._came: set[str] = set()
        self._gone: set[str] = set()
        self._heirs: set[str] = set()
        self._marks: set[str] = set()
        self._last = last_id(db)

    def take(self) -> bool:
        """Take it in; False, and something is done only in part, where that cannot be."""
        last = self._last
        segments = self._segments()
        parts = self._parts(segments)
        problems = self._moved_problems(segments, parts)
        if problems is None:
            return False
        self._move(segments, {each.id for part in parts for each in part.segments})
        if not parts or not all(map(self._read, parts)) or not self._read_children():
            return False
        self._note_problems(problems)
        twins.update(self._db, self._came | self._gone)
        repeats.update(self._db, self._came | self._gone, self._marks)
        vocabulary.extend(self._db, last)
        return True

    def _segments(self) -> list[_Segment]:
        rows = self._db.execute(
            "SELECT id, number, start, line FROM segment WHERE file = ? ORDER BY number",
            (self._file,),
        )
        return [_Segment(*row) for row in rows]

    def _parts(self, segments: Sequence[_Segment]) -> list[_Part]:
        """Give the parts of the file that splices touch; none where one lies before all entries."""
        ends = [each.start for each in segments[1:]] + [len(self._before)]
        parts: list[_Part] = []
        for segment, end in zip(segments, ends, strict=False):
            touched = any(
                start <= end and segment.start <= start + length
                for start, length, _ in self._splices
            )
            if touched and parts and parts[-1].end == segment.start:
                parts[-1] = _Part((*parts[-1].segments, segment), parts[-1].start, end)
            elif touched:
                parts.append(_Part((segment,), segment.start, end))
        first = min((start for start, _, _ in self._splices), default=0)
        return parts if segments and first >= segments[0].start else []

    def _move(self, segments: Sequence[_Segment], read: set[int]) -> None:
        """Give the segments behind a splice, but for those that are read, their new places."""
        moved = [
            (each.start + self._shift(each.start), each.line + self._lines(each.start), each.id)
            for each in segments
            if each.id not in read
        ]
        first = self._splices[0][0] if self._splices else 0
        behind = [each for each in moved if each[0] > first]
        self._db.executemany("UPDATE segment SET start = ?, line = ? WHERE id = ?", behind)

    def _moved_problems(
        self, segments: Sequence[_Segment], parts: Sequence[_Part]
    ) -> list[dict[str, Any]] | None:
        """Give the problems of the file with their new lines; None where they might be others."""
        query = "SELECT problems FROM file WHERE id = ?"
        (text,) = self._db.execute(query, (self._file,)).fetchone()
        read = {each for part in parts for each in part.segments}
        first_lines = [each.line for each in segments]
        moved = []
        for problem in json.loads(text):
            line = problem.get("line") or 0
            number = bisect_right(first_lines, line) - 1
            if number < 0 or segments[number] in read or problem["code"] not in _OF_ONE_ENTRY:
                return None
            moved.append(problem | {"line": line + self._lines(segments[number].start)})
        return moved

    def _note_problems(self, problems: Sequence[dict[str, Any]]) -> None:
        query = "UPDATE file SET problems = ? WHERE id = ?"
        self._db.execute(query, (json.dumps(problems), self._file))

    def _shift(self, place: int) -> int:
        """Give by how many bytes a place of the file as it was has moved."""
        return sum(len(new) - length for start, length, new in self._splices if start < place)

    def _lines(self, place: int) -> int:
        """Give by how many lines it has moved."""
        return sum(lines for (start, _, _), lines in self._line_shifts if start < place)

    @cached_property
    def _line_shifts(self) -> list[tuple[Splice, int]]:
        shifts = []
        for each in self._splices:
            start, length, new = each
            # With what stands beside them, so that no CRLF is cut in two.
            lead = self._before[max(start - 1, 0) : start]
            trail = self._before[start + length : start + length + 1]
            old = self._before[start : start + length]
            shifts.append((each, _breaks(lead + new + trail) - _breaks(lead + old + trail)))
        return shifts

    def _read(self, part: _Part) -> bool:
        """Read a part again."""
        old, start = self._before[part.start : part.end], part.start + self._shift(part.start)
        new = self._after.part(start, part.end + self._shift(part.end + 1))
        if any(_MEANS_MORE.search(data) or b"\0" in data for data in (old, new)):
            return False
        # Read behind the macros of the file, so that its entries mean the same.
        head = used(self._head, new)
        document = Document.parse(head + new)
        line = part.segments[0].line + self._lines(part.start) - _breaks(head)
        spots = self._spots(part, document, start - len(head), line)
        return self._take_entries(part, document, spots, len(head))

    @cached_property
    def _head(self) -> bytes:
        """What stands before all entries, if all macros of the file do; else nothing."""
        return self._before[: self._segments()[0].start] if self._has_macros_first else b""

    @cached_property
    def _has_macros_first(self) -> bool:
        """Whether all macros of the file stand before all entries."""
        head = self._before[: self._segments()[0].start]
        own = digest(head)
        query = "SELECT head FROM file WHERE id = ?"
        if self._db.execute(query, (self._file,)).fetchone() == (own,):
            return True
        found = macros_of(Document.parse(head)) == self._macros
        if found:
            # Reading many macros takes a while, which the next change is spared.
            self._db.execute("UPDATE file SET head = ? WHERE id = ?", (own, self._file))
        return found

    def _spots(self, part: _Part, document: Document, start: int, line: int) -> dict[Entry, Spot]:
        """Give the entries of a part their places, in its segments and new ones behind them."""
        free = [segment.id for segment in part.segments]
        number, is_last = part.segments[-1].number, part.end == len(self._before)
        spots: dict[Entry, Spot] = {}
        segment, first, first_line = 0, -SEGMENT, 0
        for entry in document.entries:
            if not segment or (entry.start - first > SEGMENT and (free or is_last)):
                first, first_line = entry.start, entry.line
                place = (start + first, line + first_line - 1)
                if free:
                    segment = free.pop(0)
                    sql = "UPDATE segment SET start = ?, line = ? WHERE id = ?"
                    self._db.execute(sql, (*place, segment))
                else:
                    number += 1
                    sql = "INSERT INTO segment (file, number, start, line) VALUES (?, ?, ?, ?)"
                    segment = self._db.execute(sql, (self._file, number, *place)).lastrowid or 0
            length = entry.end - entry.start
            spots[entry] = Spot(segment, entry.start - first, length, entry.line - first_line)
        self._db.executemany("DELETE FROM segment WHERE id = ?", ((each,) for each in free))
        return spots

    def _take_entries(
        self, part: _Part, document: Document, spots: dict[Entry, Spot], head: int
    ) -> bool:
        there = self._entries_of(part)
        by_digest: dict[bytes, list[int]] = {}
        for id_, (own, _) in reversed(there.items()):
            by_digest.setdefault(own, []).append(id_)
        new: dict[Entry, Spot] = {}
        moved: list[tuple[int, Spot]] = []
        kept = set()
        for entry, spot in spots.items():
            same = by_digest.get(digest(entry.data))
            if not same:
                new[entry] = spot
                continue
            id_ = same.pop()
            kept.add(id_)
            if there[id_][1] != spot:
                moved.append((id_, spot))
        if not _is_simple(document, new, head):
            return False
        gone = [id_ for id_ in there if id_ not in kept]
        self._gone.update(self._keys_of(gone))
        self._came.update(entry.key.lower() for entry in new)
        heirs = (entry for entry in new if not _NAMES_PARENTS.isdisjoint(entry))
        self._heirs.update(entry.key.lower() for entry in heirs)
        remove(self._db, gone)
        move(self._db, moved)
        self._last = insert(self._db, self._file, self._rows(document, new), self._last)
        return self._are_alone(new)

    def _entries_of(self, part: _Part) -> dict[int, tuple[bytes, Spot]]:
        rows = [
            row
            for segment in part.segments
            for row in self._db.execute(
                "SELECT id, digest, segment, offset, length, line FROM entry WHERE segment = ?"
                " ORDER BY offset",
                (segment.id,),
            )
        ]
        return {id_: (own, Spot(*spot)) for id_, own, *spot in rows}

    def _keys_of(self, ids: Sequence[int]) -> Iterator[str]:
        for id_ in ids:
            key, marks = self._db.execute(
                "SELECT lower_key, marks FROM entry JOIN record USING (id) WHERE id = ?", (id_,)
            ).fetchone()
            self._marks.update(marks.split("\n"))
            yield key
            yield from (mark[4:] for mark in marks.split("\n") if mark.startswith("ids:"))

    def _rows(self, document: Document, new: dict[Entry, Spot]) -> Iterator[tuple[Spot, Row]]:
        read = dict(records(document, None, new)) if new else {}
        for entry, spot in new.items():
            row = row_of(entry, read.get(entry))
            self._marks.update(row.marks)
            yield spot, row

    def _are_alone(self, new: dict[Entry, Spot]) -> bool:
        """Tell whether no other entry of the file has the key of one that came."""
        return all(
            self._db.execute(
                "SELECT count(*) FROM entry WHERE lower_key = ? AND file = ?",
                (entry.key.lower(), self._file),
            ).fetchone()
            == (1,)
            for entry in new
        )

    def _read_children(self) -> bool:
        """Read those again that take fields from an entry that changed, or changed and take some.

        False where one came or went: to name an entry that is not there is a fault of those that
        name it, and a file with faults is read as a whole.
        """
        if any(map(self._has_children, self._came ^ self._gone)):
            return False
        changed = set(filter(self._has_children, self._came & self._gone))
        if not changed and not self._heirs:
            return True
        if not self._has_macros_first:
            return False
        try:
            file = Whole(self._file, self._head, self._after)
            self._last, marks = read_children(self._db, file, changed, self._heirs, self._last)
            self._marks |= marks
        except Absent:
            return False
        return True

    def _has_children(self, key: str) -> bool:
        query = "SELECT 1 FROM parent WHERE key = ?"
        return self._db.execute(query, (key,)).fetchone() is not None


def _is_simple(document: Document, new: dict[Entry, Spot], head: int) -> bool:
    """Tell whether nothing has a fault, and new entries mean the same without their file.

    Args:
        document: A part of the file, behind so many bytes with its macros.
        new: The entries that are not as they were.
        head: How many.
    """
    if not all(entry.key and entry.is_straight and _is_readable(entry) for entry in new):
        return False
    # What is as it was had no fault, so the rest is looked through without it. Macros are not
    # there, but an entry that is straight has none that is not defined; parents are looked for.
    rest, end = [], head
    for entry in document.entries:
        if entry not in new:
            rest.append(document.data[end : entry.start])
            end = entry.end
    problems = Document.parse(b"\n".join([*rest, document.data[end:]])).problems
    return all(each.code in _MENDED for each in problems)


def _is_readable(entry: Entry) -> bool:
    """Tell whether an entry can be read with no others but its parents."""
    return _NAMES_OTHERS.isdisjoint(entry) and b"xdata=" not in entry.data


def _breaks(data: bytes) -> int:
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
