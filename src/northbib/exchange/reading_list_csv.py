"""Reading lists as CSV: the columns in which reading-list systems give and take them.

Sources: the exports of Talis Aspire (item title, authors, resource type, importance, note for
students) and the fields of Leganto's citations. A reading list has no place for notes of ours,
which students would see.
"""

from __future__ import annotations

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
    type title author editor issued edition publisher publisher-place container-title volume issue
    page ISBN ISSN DOI URL importance annotation
    """.split()
)
"""The columns, in their order."""


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
    return tables.row_of(record, COLUMNS)


def write(natives: Iterable[Row]) -> Iterator[bytes]:
    """Write a list in UTF-8 with CR LF and a mark, as Excel takes it."""
    return table_csv.written(natives, COLUMNS)
