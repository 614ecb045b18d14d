"""Reading and writing records in any format, by its module."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.exchange.formats import FORMATS, format_named, module_of
from northbib.exchange.losses import keeps, kept_whole
from northbib.exchange.protocol import Reading, Rejected
from northbib.exchange.recognising import format_of
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.formats import Format
    from northbib.exchange.protocol import Read
    from northbib.findings import Finding

__all__ = ["read", "read_stream", "write", "write_stream"]


def read(data: bytes, name: str, format_name: str | None = None) -> Reading:
    """Read the records of a file.

    Args:
        data: The bytes of the file.
        name: Its path as the user gave it, for messages.
        format_name: The format, if the content shall not tell it.

    Raises:
        UsageError: There is no such format, or it is only written.
        InputError: The data is not of that format at all, or the format cannot be told.
    """
    entry = format_named(format_name) if format_name else format_of(data, name)
    records: list[Record] = []
    findings: list[Finding] = []
    for found in read_stream(io.BytesIO(data), name, entry):
        if isinstance(found, Record):
            records.append(found)
        else:
            findings.append(found.finding if isinstance(found, Rejected) else found)
    return Reading(tuple(records), tuple(findings))


def read_stream(source: BinaryIO, name: str, entry: Format) -> Iterator[Read]:
    """Read the records of a file one after the other.

    Raises:
        UsageError: The format is only written.
        InputError: The data is not of that format at all.
    """
    if not entry.reads:
        readable = ", ".join(one.name for one in FORMATS.values() if one.reads)
        raise UsageError(f"{entry.title} is only written", hint=f"what is read: {readable}")
    return module_of(entry).read(source, name)


def write(records: Iterable[Record], format_name: str) -> bytes:
    """Write records in a format, in their order.

    Raises:
        UsageError: There is no such format, or it is only read.
    """
    return b"".join(write_stream(records, format_named(format_name)))


def write_stream(records: Iterable[Record], entry: Format) -> Iterator[bytes]:
    """Write records in a format piece by piece, in their order.

    Raises:
        UsageError: The format is only read.
    """
    if not entry.writes:
        writable = ", ".join(one.name for one in FORMATS.values() if one.writes)
        raise UsageError(f"{entry.title} is only read", hint=f"what is written: {writable}")
    module = module_of(entry)
    if keeps(module):
        return module.write(kept_whole(record, module) for record in records)
    return module.write(map(module.encode, records))
