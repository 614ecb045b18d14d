"""How the bytes of a bibliography are read as text, and text is written among them.

UTF-8 and UTF-16, with or without a byte order mark; else the encoding that the file names in its
first lines (`% Encoding: ISO8859_2`, as JabRef has it, or `coding: latin-2`), if it is one of
single bytes; else Windows-1252, in which the five bytes that it leaves open stand for the control
characters of Latin-1 (as the WHATWG Encoding Standard has it), so that every byte has one reading.

Only what is asked for is decoded, piece by piece, and only what is edited is encoded: bytes that
belong to no encoding stay as they are. In a file of mixed encodings, what is UTF-8 is read as
UTF-8 and each byte that is not as one of the other encoding.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Encoding", "detect", "first_undecodable", "is_binary", "judged", "weighed"]

LEGACY = "windows-1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?i)coding[:=][ \t]*([-\w]+)")
_SINGLE_BYTE = re.compile(r"iso8859|cp125|cp43|cp8|mac-|koi8|hp-roman")
_HEAD = 4096
_CHUNK = 1 << 20
_IS_HIGH = bytes([0, *[0xFF] * 255])


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a bibliography is written.

    Attributes:
        name: `utf-8`, `utf-16-le`, `utf-16-be`, `windows-1252` or another one of single bytes.
        mark: The byte order mark in front of the file.
        legacy: The encoding of single bytes in which bytes are read that are no UTF-8.
        is_mixed: Whether there are such bytes in a file that is UTF-8 for the rest.
    """

    name: str = "utf-8"
    mark: bytes = b""
    legacy: str = LEGACY
    is_mixed: bool = False

    @property
    def unit(self) -> int:
        """The number of bytes that a sign of BibTeX takes."""
        return 2 if self.name in ("utf-16-le", "utf-16-be") else 1

    @property
    def errors(self) -> str:
        """The name of what decodes the bytes that are no UTF-8."""
        return _handler(self.legacy)

    def structure(self, data: bytes) -> bytes:
        """Give one byte for each unit: itself where it is ASCII, some high byte where it is not."""
        if self.unit == 1:
            return data
        size = len(data) & ~1
        low, high = data[0:size:2], data[1:size:2]
        if self.name == "utf-16-be":
            low, high = high, low
        mask = int.from_bytes(high.translate(_IS_HIGH), "big")
        return (int.from_bytes(low, "big") | mask).to_bytes(size // 2, "big")

    def decode(self, data: bytes) -> str:
        """Give the text of some bytes of the file; never fails."""
        if self.unit == 2:
            return data.decode(self.name, "replace")
        return data.decode("utf-8", self.errors)

    def encode(self, text: str) -> bytes:
        """Give the bytes for some text, without a byte order mark.

        Raises:
            UsageError: The encoding has not all of its characters.
        """
        try:
            if self.name == "utf-8" or self.unit == 2:
                return text.encode(self.name)
            return codecs.charmap_encode(text, "strict", _bytes_of(self.name))[0]
        except UnicodeEncodeError as error:
            character = text[error.start]
            hint = "save the file as UTF-8 first" if self.name != "utf-8" else "take it out"
            raise UsageError(
                f"{character!r} cannot be written in a {self.name} file", hint=hint
            ) from None


def detect(data: bytes) -> Encoding:
    """Tell how the bytes of a bibliography are to be read."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Encoding(name, mark) if name != "utf-8" else _of_bytes(data, mark)
    name = _unmarked_utf_16(data[:_HEAD])
    return Encoding(name) if name else _of_bytes(data, b"")


def is_binary(data: bytes) -> bool:
    """Tell whether bytes are no text: some of them are zero, and not as UTF-16 has them."""
    return b"\0" in data and detect(data).unit == 1


def first_undecodable(data: bytes) -> int:
    """Give the place of the first byte that is no UTF-8; -1 if there is none."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(data) + 1, _CHUNK):
        pending = len(decoder.getstate()[0])
        chunk = data[start : start + _CHUNK]
        try:
            decoder.decode(chunk, final=start + _CHUNK > len(data))
        except UnicodeDecodeError as error:
            return start - pending + error.start
    return -1


def weighed(data: bytes) -> tuple[int, int]:
    """Count what is UTF-8 beyond ASCII in some bytes, and what is not; (0, 0) if all is UTF-8."""
    if data.isascii() or first_undecodable(data) < 0:
        return 0, 0
    text = data.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return len(text) - len(text.encode("ascii", "ignore")) - bad, bad


def judged(head: bytes, mark: bytes, good: int, bad: int) -> Encoding:
    """Tell how bytes are to be read that are not UTF-16, by how many of them are UTF-8.

    Args:
        head: The first bytes of the file, which may name an encoding.
        mark: The byte order mark in front of the file.
        good: How many characters beyond ASCII are UTF-8, where some are not.
        bad: How many are not.
    """
    if not bad:
        return Encoding(mark=mark)
    legacy = _declared(head[:_HEAD]) or LEGACY
    if mark or good > bad:
        return Encoding("utf-8", mark, legacy, is_mixed=True)
    return Encoding(legacy, legacy=legacy)


def _of_bytes(data: bytes, mark: bytes) -> Encoding:
    return judged(data, mark, *weighed(data))


def _unmarked_utf_16(head: bytes) -> str:
    """Tell UTF-16 by its zeros, which stand in every second place of ASCII."""
    pairs = len(head) // 2
    zeros_at_even, zeros_at_odd = head[0::2].count(0), head[1::2].count(0)
    if pairs and not zeros_at_even and zeros_at_odd * 2 > pairs:
        return "utf-16-le"
    if pairs and not zeros_at_odd and zeros_at_even * 2 > pairs:
        return "utf-16-be"
    return ""


def _declared(head: bytes) -> str:
    """Give the encoding that the first lines name, if it is one of single bytes."""
    match = _DECLARED.search(head)
    try:
        name = codecs.lookup(match[1].decode()).name if match else ""
    except (LookupError, UnicodeDecodeError):
        return ""
    if not _SINGLE_BYTE.match(name) or not _table(name).startswith(_ASCII):
        return ""
    return LEGACY if name in ("cp1252", "iso8859-1") else name


_ASCII = "".join(map(chr, range(0x80)))


@cache
def _table(name: str) -> str:
    """Give the character of each byte; bytes that are left open stand for control characters."""
    return "".join(bytes([b]).decode(name, "ignore")[:1] or chr(b) for b in range(0x100))


@cache
def _bytes_of(name: str) -> dict[int, int]:
    return {ord(character): byte for byte, character in enumerate(_table(name))}


@cache
def _handler(name: str) -> str:
    """Register what reads bytes that are no UTF-8 in an encoding of single bytes; give its name."""
    table = _table(name)

    def read(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        wrong = error.object[error.start : error.end]
        return "".join(table[byte] for byte in wrong), error.end

    handler: Callable[[UnicodeError], tuple[str | bytes, int]] = read
    codecs.register_error(f"northbib-{name}", handler)
    return f"northbib-{name}"
