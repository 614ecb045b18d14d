"""MARC 21 in ISO 2709: the binary files that library systems load.

Source: https://www.loc.gov/marc/specifications/specrecstruc.html. Files are written in UTF-8; what
is MARC-8 is read as that, by the leader and the bytes.
"""

from __future__ import annotations

import re
from itertools import starmap
from typing import TYPE_CHECKING

import pymarc

from northbib.errors import InputError
from northbib.exchange.marc21.directory import tagged_fields
from northbib.exchange.marc21.encodings import decoder_of
from northbib.exchange.marc21.reading import decode
from northbib.exchange.marc21.record import LEADER, Field, Marc
from northbib.exchange.marc21.tables import TYPES
from northbib.exchange.marc21.values import VALUES
from northbib.exchange.marc21.writing import encode, keep
from northbib.exchange.protocol import Rejected
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.protocol import Read

__all__ = ["TYPES", "VALUES", "decode", "encode", "keep", "read", "write"]

_END_OF_RECORD = b"\x1d"
_SUBFIELD = b"\x1f"
_BETWEEN = b"\r\n \0\x1a"
_LEADER = re.compile(rb"[0-9 -]{5}[ -~]{5}", re.ASCII)
_LONGEST = 99_999
_LARGEST = 1 << 22
"""Records beyond the 99,999 bytes of the standard are met; beyond this, it is no record."""


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file; one that cannot be read is rejected, and the next is found.

    Records and fields are told by their ends, since the lengths in leaders and directories are
    often wrong.

    Raises:
        InputError: It does not begin as MARC does, or a record does not end within what any record
            is long.
    """
    for number, data in enumerate(_records(source, name), 1):
        record = _record(data)
        if record is None and number == 1 and not _LEADER.match(data):
            raise InputError("not MARC: it does not begin with a leader", where=name, line=1)
        if record is None:
            finding = Finding(
                code="broken-record",
                severity="error",
                message=f"record {number} is not MARC: it has no directory of its fields",
                file=name,
            )
            yield Rejected(finding, data)
        else:
            yield decode(record)


def _records(source: BinaryIO, name: str) -> Iterator[bytes]:
    rest = b""
    while piece := source.read(1 << 16):
        *whole, rest = (rest + piece).split(_END_OF_RECORD)
        yield from filter(None, (data.lstrip(_BETWEEN) for data in whole))
        if len(rest) > _LARGEST:
            raise InputError("no record of MARC is as long as this one", where=name)
    if rest := rest.strip(_BETWEEN):
        yield rest


def _record(data: bytes) -> Marc | None:
    leader = data[:LEADER].decode("ascii", "replace")
    decoder = decoder_of(leader, data)
    found = tagged_fields(data)
    if not found:
        return None
    fields = (_field(tag, field, decoder) for tag, field in found if field.strip())
    return Marc(leader.ljust(LEADER), fields)


def _field(tag: str, data: bytes, decoded: Callable[[bytes], str]) -> Field:
    indicators, *subfields = data.split(_SUBFIELD)
    if tag < "010" or not subfields:
        return Field(tag if tag < "010" else "009", decoded(data))
    shown = indicators.decode("ascii", "replace").ljust(2)
    parts = [(chr(part[0]), decoded(part[1:])) for part in subfields if part]
    return Field(tag, "", shown[:2], parts)


def write(natives: Iterable[Marc]) -> Iterator[bytes]:
    """Write a file in UTF-8.

    Raises:
        InputError: A record is longer than ISO 2709 can say.
    """
    for native in natives:
        data = _packed(native)
        if len(data) > _LONGEST:
            raise InputError(
                f"the record {native.data('001')} is longer than {_LONGEST} bytes",
                hint="write marcxml, which has no such limit",
            )
        yield data


def _packed(native: Marc) -> bytes:
    fields = [
        pymarc.Field(field.tag, data=field.data)
        if field.is_control
        else pymarc.Field(
            field.tag,
            pymarc.Indicators(*field.indicators),
            list(starmap(pymarc.Subfield, field.subfields)),
        )
        for field in native.fields
    ]
    return pymarc.Record(fields=fields, leader=native.leader).as_marc()
