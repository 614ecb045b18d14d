"""XLSX: a table as a workbook of Excel, through openpyxl.

Source: ECMA-376, SpreadsheetML. What is read is unpacked only when that is known to be small;
formulas are not worked out, and their last results are read. What is written is text in every
cell, so that none is a formula; one that looks like a formula is marked as text (`quotePrefix`), so
that it stays text when a person edits it. What does not fit on a sheet is on the next one. The same
records make the same bytes, and memory does not grow with them.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError, UsageError
from northbib.exchange import table_csv, tables, xml
from northbib.exchange.tables import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.exchange.tables import Row
    from northbib.records import Record

__all__ = ["decode", "encode", "keep", "read", "with_columns", "write"]

_LARGEST = 1 << 28
_MOST_MEMBERS = 2000
_MOST_COLUMNS = 500
_LONGEST_CELL = 32_767
_BEFORE_HEADER = 20
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_MOST_ROWS = 1 << 20
_IN_MEMORY = 1 << 22
_COPIED = 1 << 20
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ERROR = "#"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the rows of the first sheet that names the columns of works.

    Raises:
        InputError: It is no workbook, unpacks to too much, or no sheet names such columns.
        UsageError: openpyxl is not installed.
    """
    book = _opened(source.read(_LARGEST + 1), name)
    is_known = False
    for sheet in book.worksheets:
        columns: list[str] = []
        for number, row in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)):
            cells = [_text(value) for value in row]
            if columns:
                if any(cells):
                    yield decode({c: t for c, t in zip(columns, cells, strict=False) if c and t})
            elif tables.is_header(cells):
                columns = tables.meanings(cells)
            elif number > _BEFORE_HEADER:
                break
        is_known = is_known or bool(columns)
    if not is_known:
        raise InputError(
            "no row names the columns of works",
            where=name,
            hint="the first row has to hold names such as Title, Authors, Year",
        )


def _opened(data: bytes, name: str) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bombs(archive, name)
        return _openpyxl().load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError) as error:
        raise InputError(f"not a workbook: {error}", where=name) from error


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    if size > _LARGEST or len(members) > _MOST_MEMBERS:
        raise InputError(
            f"the workbook unpacks to {size >> 20} MB in {len(members)} files, and is not opened",
            where=name,
        )
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with archive.open(member) as file:
                if _DECLARATIONS.search(file.read(1 << 12)):
                    raise InputError(
                        "the workbook declares entities, and is not opened", where=name
                    )


def _openpyxl() -> Any:
    try:
        # An extra, and too heavy to be there when no workbook is.
        import openpyxl  # noqa: PLC0415
    except ImportError as error:
        raise UsageError("workbooks need openpyxl", hint="pip install 'northbib[xlsx]'") from error
    return openpyxl


def _text(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def decode(native: Row) -> Record:
    """Give the record of a row."""
    return tables.record_of(native)


def encode(record: Record) -> dict[str, str]:
    """Give the row of a record, each cell as long as Excel takes it."""
    row = tables.row_of(record, tables.COLUMNS)
    return {column: _cut(text) for column, text in row.items()}


def _cut(text: str) -> str:
    return _CONTROL.sub("", xml.writable(text))[:_LONGEST_CELL]


def keep(native: Row, lines: Sequence[str]) -> dict[str, str]:
    """Put notes into the last column, a line each, as many as a cell takes."""
    kept = ""
    for line in map(_cut, lines):
        if len(kept) + len(line) < _LONGEST_CELL:
            kept = f"{kept}\n{line}" if kept else line
    return {**native, KEPT: kept}


def write(natives: Iterable[Row]) -> Iterator[bytes]:
    """Write a workbook of one sheet."""
    return _written(natives, (*tables.COLUMNS, KEPT))


class _Sheet(table_csv.Columns):
    """Stands in for this module where columns are chosen."""

    __slots__ = ()

    def read(self, source: BinaryIO, name: str) -> Iterator[Read]:
        """Read a workbook with any columns."""
        return read(source, name)

    def encode(self, record: Record) -> dict[str, str]:
        """Give the row of a record."""
        row = tables.row_of(record, self.names)
        return {column: _cut(text) for column, text in row.items()}

    def write(self, natives: Iterable[Row]) -> Iterator[bytes]:
        """Write a workbook with these columns."""
        return _written(natives, self.names)


def with_columns(names: Sequence[str]) -> table_csv.Columns:
    """Give what writes a workbook with some columns.

    Raises:
        UsageError: There is no such column.
    """
    return _Sheet(tables.columns_named(names))


def _written(natives: Iterable[Row], columns: Sequence[str]) -> Iterator[bytes]:
    book = _openpyxl().Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(*_EPOCH)  # noqa: DTZ001
    sheet = _begun(book, columns)
    for number, row in enumerate(natives):
        if number and number % (_MOST_ROWS - 1) == 0:
            sheet = _begun(book, columns)
        sheet.append(_cells(sheet, (row.get(column, "") for column in columns)))
    with SpooledTemporaryFile(_IN_MEMORY) as packed:
        _pack(book, packed)
        packed.seek(0)
        yield from iter(partial(packed.read, _COPIED), b"")


def _begun(book: Any, columns: Sequence[str]) -> Any:
    sheet = book.create_sheet("Bibliography")
    sheet.freeze_panes = "A2"
    sheet.append(_cells(sheet, map(tables.label_of, columns)))
    return sheet


def _cells(sheet: Any, texts: Iterable[str]) -> list[Any]:
    return [_cell(sheet, text) if text else None for text in texts]


def _cell(sheet: Any, text: str) -> Any:
    is_formula = table_csv.FORMULA.match(text) is not None
    if not is_formula and not text.startswith(_ERROR):
        # openpyxl takes it for text, and need not be told so in an object of its own.
        return text
    # Another late import of the extra.
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    if is_formula:
        cell.quotePrefix = True
    return cell


def _pack(book: Any, file: Any) -> None:
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    archive: Any = _Archive(file)
    ExcelWriter(book, archive).save()


class _Archive:
    """What openpyxl puts the files of a workbook into: a ZIP in which all are of one time."""

    def __init__(self, file: Any) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)

    def namelist(self) -> list[str]:
        return self._zip.namelist()

    def writestr(self, name: str, data: bytes | str) -> None:
        self._zip.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)

    def write(self, path: str, name: str) -> None:
        member = zipfile.ZipInfo(name, _EPOCH)
        member.compress_type = zipfile.ZIP_DEFLATED
        member.file_size = Path(path).stat().st_size
        with Path(path).open("rb") as source, self._zip.open(member, "w") as target:
            copyfileobj(source, target, _COPIED)

    def close(self) -> None:
        self._zip.close()
