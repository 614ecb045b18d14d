"""CSV: a table in text, for spreadsheets, and from databases and catalogues.

Source: RFC 4180; the separators and marks of Excel. A file that is written has a mark for Excel,
and a cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP ("CSV
Injection") has it; when it is read that goes again.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange import tables
from northbib.exchange.protocol import framed
from northbib.exchange.tables import KEPT
from northbib.exchange.tagged import numbered_lines
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.exchange.tables import Row
    from northbib.records import Record

__all__ = ["FORMULA", "Columns", "decode", "encode", "keep", "read", "with_columns", "write"]

_MARK = b"\xef\xbb\xbf"
_SEPARATORS = ",;\t|"
_NAMED_SEPARATOR = re.compile(r"\ufeff?sep=(.)\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_HELD = re.compile("'+[=+\\-@\t\r\n＝＋－＠]")
_BEFORE_HEADER = 20

FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""What spreadsheets take for the beginning of a formula, and that with a mark of text before it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Stands in for this module where columns are chosen: what they do not hold is lost.

    Attributes:
        names: The columns, by `northbib.exchange.tables.columns_named`.
    """

    names: tuple[str, ...]

    def read(self, source: BinaryIO, name: str) -> Iterator[Read]:
        """Read a table with any columns."""
        return read(source, name)

    def decode(self, native: Row) -> Record:
        """Give the record of a row."""
        return tables.record_of(native)

    def encode(self, record: Record) -> dict[str, str]:
        """Give the row of a record."""
        return tables.row_of(record, self.names)

    def write(self, natives: Iterable[Row]) -> Iterator[bytes]:
        """Write a table with these columns."""
        return written(natives, self.names)


def with_columns(names: Sequence[str]) -> Columns:
    """Give what writes a table with some columns.

    Raises:
        UsageError: There is no such column.
    """
    return Columns(tables.columns_named(names))


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the rows below the first that names columns.

    Raises:
        InputError: No row at the start names a column that a work has.
    """
    lines = _Lines(source, name)
    reader = csv.reader(lines, delimiter=lines.separator)
    columns: list[str] = []
    rows = _rows(reader, name)
    for number, row in enumerate(rows):
        if isinstance(row, Finding):
            yield row
        elif columns:
            if any(cell.strip() for cell in row):
                yield decode(_read_row(columns, row))
        elif tables.is_header(row):
            columns = tables.meanings(row)
        elif number > _BEFORE_HEADER:
            break
    if not columns:
        raise InputError(
            "no row names the columns of works",
            where=name,
            hint="the first row has to hold names such as Title, Authors, Year",
        )


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[list[str] | Finding]:
    try:
        yield from reader
    except csv.Error as error:
        yield Finding(
            code="broken-csv",
            severity="error",
            message=f"not CSV: {error}; the rows before were read",
            file=name,
            line=getattr(reader, "line_num", None),
        )


class _Lines:
    """The lines of a file; looks at the first, up to the header, for the separator."""

    def __init__(self, source: BinaryIO, name: str) -> None:
        self._lines = numbered_lines(source, name)
        first = next(self._lines, (0, ""))[1].lstrip("\ufeff")
        named = _NAMED_SEPARATOR.fullmatch(first)
        self._first = [] if named else [first]
        self.separator = named[1] if named else self._separator_of_header()

    def _separator_of_header(self) -> str:
        while not (found := _separator_of(self._first[-1])) and len(self._first) <= _BEFORE_HEADER:
            following = next(self._lines, None)
            if following is None:
                break
            self._first.append(following[1])
        return found or max(_SEPARATORS, key=_QUOTED.sub("", self._first[0]).count)

    def __iter__(self) -> Iterator[str]:
        yield from (f"{line}\n" for line in self._first)
        yield from (f"{line}\n" for _, line in self._lines)


def _separator_of(line: str) -> str:
    """Give the separator at which a line falls into the names of columns, "" for no such line."""
    bare = _QUOTED.sub("", line)
    for separator in sorted(_SEPARATORS, key=bare.count, reverse=True):
        if separator in bare and tables.is_header(
            [cell.strip(' "') for cell in line.split(separator)]
        ):
            return separator
    return ""


def _read_row(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {}
    for column, cell in zip(columns, cells, strict=False):
        text = cell[1:] if _HELD.match(cell) else cell
        if column and text.strip():
            row[column] = text.strip()
    return row


def decode(native: Row) -> Record:
    """Give the record of a row."""
    return tables.record_of(native)


def encode(record: Record) -> dict[str, str]:
    """Give the row of a record."""
    return tables.row_of(record, tables.COLUMNS)


def keep(native: Row, lines: Sequence[str]) -> dict[str, str]:
    """Put notes into the last column, a line each."""
    return tables.with_notes(native, lines)


def write(natives: Iterable[Row]) -> Iterator[bytes]:
    """Write a table in UTF-8 with CR LF and a mark, as Excel takes it."""
    return written(natives, (*tables.COLUMNS, KEPT))


def written(natives: Iterable[Row], columns: Sequence[str]) -> Iterator[bytes]:
    """Write a table with some columns."""
    lines = (_line(_defused(row.get(column, "")) for column in columns) for row in natives)
    return framed(lines, _MARK + _line(map(tables.label_of, columns)), b"", b"")


def _defused(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def _line(cells: Iterable[str]) -> bytes:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue().encode("utf-8", "replace")
