"""MARC 21 in ISO 2709: the binary files that library systems load.

Source: https://www.loc.gov/marc/specifications/specrecstruc.html. Files are written in UTF-8; what
is MARC-8 is read as that, by the leader and the bytes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pymarc import Field, Indicators, Subfield, marc8_to_unicode
from pymarc import Record as Marc

from northbib.errors import InputError
from northbib.exchange.marc21.reading import decode
from northbib.exchange.marc21.tables import TYPES
from northbib.exchange.marc21.writing import encode, keep
from northbib.exchange.protocol import Rejected
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.protocol import Read

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_END_OF_RECORD = b"\x1d"
_END_OF_FIELD = b"\x1e"
_SUBFIELD = b"\x1f"
_BETWEEN = b"\r\n \0\x1a"
_ACCENT = re.compile("[\u0300-\u036f]")
_LEADER = 24
_ENTRY = 12
_ANSEL = bytes([*range(0x80), *range(0xA1, 0xC9), 0xCF, *range(0xE0, 0xFF)])
_LONGEST = 99_999
_LARGEST = 1 << 22
"""Records beyond the 99,999 bytes of the standard are met; beyond this, it is no record."""


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file; one that cannot be read is rejected, and the next is found.

    Records and fields are told by their ends, since the lengths in leaders and directories are
    often wrong.

    Raises:
        InputError: A record does not end within what any record is long.
    """
    for number, data in enumerate(_records(source, name), 1):
        record = _record(data)
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
    leader = data[:_LEADER].decode("ascii", "replace")
    directory, *fields = data[_LEADER:].split(_END_OF_FIELD)
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    if not fields or not entries or not all(entry[:3].isalnum() for entry in entries):
        return None
    # A directory need not stand in the order of the fields; that of their starts is theirs.
    entries.sort(key=lambda entry: entry[7:12])
    decoder = _decoder(leader, data)
    pairs = zip((entry[:3].decode("ascii") for entry in entries), fields, strict=False)
    return Marc(
        fields=[_field(tag, field, decoder) for tag, field in pairs if field.strip()],
        leader=leader.ljust(_LEADER),
    )


def _field(tag: str, data: bytes, decoded: Callable[[bytes], str]) -> Field:
    indicators, *subfields = data.split(_SUBFIELD)
    if tag < "010" or not subfields:
        return Field(tag if tag < "010" else "009", data=decoded(data))
    shown = indicators.decode("ascii", "replace").ljust(2)
    parts = [Subfield(chr(part[0]), decoded(part[1:])) for part in subfields if part]
    return Field(tag, Indicators(shown[0], shown[1]), parts)


def _decoder(leader: str, data: bytes) -> Callable[[bytes], str]:
    """Tell how the text of a record is encoded: UTF-8, MARC-8, or neither as the rules have it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        is_utf8 = leader[9:10] == "a"
    else:
        is_utf8 = leader[9:10] == "a" or (not text.isascii() and "\x1b" not in text)
    if is_utf8:
        return _from_utf8
    return _from_marc8 if _is_marc8(data) else _guessed(data)


def _from_utf8(data: bytes) -> str:
    return _composed(data.decode("utf-8", "replace"))


def _from_marc8(data: bytes) -> str:
    return _composed(marc8_to_unicode(data, hide_utf8_warnings=True))


def _composed(text: str) -> str:
    """Compose letters and accents, which library systems write apart; all else stays as it is."""
    return unicodedata.normalize("NFC", text) if _ACCENT.search(text) else text


def _is_marc8(data: bytes) -> bool:
    """Tell whether all letters beyond ASCII have a place in ANSEL, or a set is escaped to."""
    return b"\x1b" in data or not data.translate(None, _ANSEL)


def _guessed(data: bytes) -> Callable[[bytes], str]:
    # Only a file against the rules pays for the import.
    from charset_normalizer import from_bytes  # noqa: PLC0415

    best = from_bytes(data).best()
    encoding = "cp1252" if best is None else best.encoding
    return lambda part: part.decode(encoding, "replace")


def write(natives: Iterable[Marc]) -> Iterator[bytes]:
    """Write a file in UTF-8.

    Raises:
        InputError: A record is longer than ISO 2709 can say.
    """
    for native in natives:
        data = native.as_marc()
        if len(data) > _LONGEST:
            raise InputError(
                f"the record {native['001'].data} is longer than {_LONGEST} bytes",
                hint="write marcxml, which has no such limit",
            )
        yield data
