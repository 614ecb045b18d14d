"""Reading lists as CSV, in the columns in which Talis Aspire gives the items of lists.

Source: Talis, Advanced MIS, "Data dictionary: Items" (title, chapter or article title, authors,
type, date of publication, start page, end page, importance), with the note for students. `Title` is
that of the whole where there is a part. No system takes lists in CSV but by the columns of its own
loader: Talis Aspire takes RIS (profile `talis`), and Leganto the format `leganto`. A reading list
has no place for notes of ours, which students would see.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange import table_csv, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.exchange.tables import Row
    from northbib.records import Record

__all__ = ["COLUMNS", "decode", "encode", "read", "write"]

COLUMNS: tuple[str, ...] = tuple(
    """
    title part-title author editor type issued edition publisher publisher-place volume issue
    page-first page-last page ISBN ISSN DOI URL importance annotation
    """.split()
)
"""The columns, in their order."""

_RANGE = re.compile(r"(\w+)-(\w+)")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read a list, under any names that its columns have.

    Raises:
        InputError: No row at the start names a column that a work has.
    """
    return table_csv.read(source, name)


def decode(native: Row) -> Record:
    """Give the record of a row."""
    return tables.record_of(native)


def encode(record: Record) -> dict[str, str]:
    """Give the row of a record."""
    row = tables.row_of(record, COLUMNS)
    whole = record.plain("container-title")
    if whole and record.title:
        row |= {"title": whole, "part-title": record.plain("title")}
    pages = _RANGE.fullmatch(row.get("page", ""))
    if pages is not None and pages[1] != pages[2]:
        del row["page"]
        row |= {"page-first": pages[1], "page-last": pages[2]}
    return row


def write(natives: Iterable[Row]) -> Iterator[bytes]:
    """Write a list in UTF-8 with CR LF and a mark, as Excel takes it."""
    return table_csv.written(natives, COLUMNS)
