"""A bibliography in parts, so that memory does not grow with the file.

The file is gone through twice: first for its encoding, its repeated keys and the entries that
others take fields from, then part by part, cut between entries. What grows with the file is eight
bytes for each key, and the keys that others name as their parents. What is large is kept on the
disk: the parents themselves, and a file of UTF-16 as it reads in UTF-8, which is gone through.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field, replace
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, NamedTuple, cast

from northbib.bibtex.document import Document
from northbib.bibtex.encoding import Encoding
from northbib.bibtex.parents import Parents
from northbib.bibtex.reading import one_by_one
from northbib.bibtex.scan import line_breaks
from northbib.bibtex.survey import Repeated, latest_macros, repetitions, surveyed
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.bibtex.entry import Entry
    from northbib.bibtex.survey import Known
    from northbib.records import Record

__all__ = ["Part", "Repeated", "Sourced", "Unread", "parts"]

_SIZE = 1 << 20
_SMALL = 1 << 25


class Unread(NamedTuple):
    """An entry that could not be read: why, and its bytes."""

    finding: Finding
    data: bytes


class Sourced(NamedTuple):
    """An entry, the record of it if it is a work of its own, and the line where it begins."""

    entry: Entry
    record: Record | None
    shift: int

    @property
    def line(self) -> int:
        """The line of the file where the entry begins."""
        return self.entry.line + self.shift


@dataclass(frozen=True, slots=True)
class Part:
    """Some entries of a file that stand one behind the other, and what they need from elsewhere.

    Attributes:
        data: Their bytes.
        line: The line of the file on which they begin, less one.
        name: What the file is called in findings.
        encoding: How the file is read.
        macros: The `@string` blocks before them.
        parents: The entries elsewhere in the file that some of them take fields from.
        repeated: Those whose keys stand before.
        tells_encoding: Whether that the file is not UTF-8 is to be said here.
        told: What else is wrong with the file and is to be said here.
    """

    data: bytes
    line: int
    name: str
    encoding: Encoding = field(default_factory=Encoding)
    macros: bytes = b""
    parents: tuple[bytes, ...] = ()
    repeated: tuple[Repeated, ...] = ()
    tells_encoding: bool = False
    told: tuple[Finding, ...] = ()

    def keys(self) -> list[str]:
        """Give the keys of its works, "" for one that has none."""
        return [record.key for record in self.records()]

    def records(self) -> Iterator[Record]:
        """Give the records of its works, with what they inherit."""
        return (found for found in self.read() if not isinstance(found, Finding | Unread))

    def read(self) -> Iterator[Record | Finding | Unread]:
        """Give the records of its works, with what they inherit, and what is wrong with it."""
        document, passed = self._document()
        own = document.entries[len(self.parents) :]
        for _, record in one_by_one(document, None, own):
            if record is not None:
                yield record
        yield from self._told_of(document, passed)

    def sourced(self) -> Iterator[Sourced | Finding | Unread]:
        """Give its entries with their records, and what is wrong with it."""
        document, passed = self._document()
        own = document.entries[len(self.parents) :]
        for entry, record in one_by_one(document, None, own):
            yield Sourced(entry, record, self.line - passed)
        yield from self._told_of(document, passed)

    def _document(self) -> tuple[Document, int]:
        """Give it with its parents before it, and how many lines these have."""
        before = b"".join([parent + b"\n" for parent in self.parents])
        macros = latest_macros(self.macros, self.encoding) if self.macros else None
        document = Document(before + self.data, self.encoding, self.name, macros)
        return document, line_breaks(before, 0, len(before))

    def _told_of(self, document: Document, passed: int) -> Iterator[Finding | Unread]:
        """Give what is wrong with it; so many lines of the document are not its own."""
        broken = list(_broken(document)) if document.problems else []
        for problem in document.problems:
            if self._is_told(problem, passed):
                # That a file is not UTF-8 is so of all of it, if it is not mixed.
                of_all = problem.code == "not-utf-8" and not self.encoding.is_mixed
                line = 1 if of_all else (problem.line or 1) - passed + self.line
                told = replace(problem, line=line)
                data = _within(broken, problem)
                yield Unread(told, data) if data else told
        yield from (_repeated(each, self.name) for each in self.repeated)
        yield from self.told

    def _is_told(self, problem: Finding, passed: int) -> bool:
        if problem.code == "not-utf-8":
            return self.tells_encoding
        return problem.code != "duplicate-key" and (problem.line or 0) > passed


def _broken(document: Document) -> Iterator[tuple[int, int, bytes]]:
    """Give the blocks that could not be read: their first and last lines, and their bytes."""
    line = place = 0
    for piece in document.outline():
        if piece.kind == "broken":
            line += line_breaks(document.structure, place, piece.start)
            place = piece.start
            last = line + line_breaks(document.structure, piece.start, piece.end)
            yield line + 1, last + 1, piece.data


def _within(broken: Iterable[tuple[int, int, bytes]], problem: Finding) -> bytes:
    if problem.severity != "error" or problem.line is None:
        return b""
    line = problem.line
    return next((data for first, last, data in broken if first <= line <= last), b"")


def parts(source: BinaryIO, name: str) -> Iterator[Part]:
    """Cut a bibliography into parts.

    Args:
        source: Its bytes, which can be gone back in.
        name: What it is called in findings.

    Raises:
        InputError: It is not text, or what should be an entry has no end.
    """
    with Parents() as parents:
        known = surveyed(source, name, parents)
        if known.encoding.unit == 2:
            yield from _parts_of_utf_16(source, name, known.encoding)
        else:
            yield from _parts_by(known, source, name)


def _parts_by(known: Known, source: BinaryIO, name: str) -> Iterator[Part]:
    macros = b""
    first_lines: dict[str, int] = {}
    has_told = False
    for number, cut in enumerate(known.cuts):
        source.seek(cut.start)
        data = source.read(cut.size)
        tells = not has_told and known.is_strange_in(data)
        has_told = has_told or tells
        yield Part(
            data,
            cut.line,
            name,
            replace(known.encoding, mark=b""),
            macros,
            tuple(known.parents_of(data, number)),
            tuple(repetitions(data, cut.line, known, first_lines)),
            tells,
        )
        macros += cut.strings


def _parts_of_utf_16(source: BinaryIO, name: str, encoding: Encoding) -> Iterator[Part]:
    decoder = codecs.getincrementaldecoder(encoding.name)("replace")
    source.seek(len(encoding.mark))
    with SpooledTemporaryFile(_SMALL) as file:
        while piece := source.read(_SIZE):
            file.write(decoder.decode(piece).encode("utf-8", "replace"))
        file.write(decoder.decode(b"", final=True).encode("utf-8", "replace"))
        file.seek(0)
        told = Document(encoding.mark, encoding, name).problems
        for part in parts(cast("BinaryIO", file), name):
            yield replace(part, told=told)
            told = ()


def _repeated(each: Repeated, name: str) -> Finding:
    return Finding(
        code="duplicate-key",
        severity="warning",
        message=f"the key {each.key} is taken: its first entry is on line {each.first}",
        file=name,
        line=each.line,
        key=each.key,
        fix="rename one of them, or remove it",
    )
