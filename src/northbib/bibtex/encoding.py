"""Bytes of a bibliography <-> text, kept so that writing gives back the same bytes.

UTF-8 with or without a byte order mark; what is not UTF-8 is read as Windows-1252, where the five
bytes that it leaves open stand for the control characters of Latin-1 (as the WHATWG Encoding
Standard has it), so that every byte has one reading.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from northbib.errors import UsageError

__all__ = ["Encoding", "decode"]

_OPEN_BYTES = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_HIGH_BYTES = "".join(
    chr(byte) if byte in _OPEN_BYTES else bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0x100)
)
_DECODE_1252 = "".join(map(chr, range(0x80))) + _HIGH_BYTES
_ENCODE_1252 = codecs.charmap_build(_DECODE_1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a bibliography was written: `utf-8` or `windows-1252`, and its byte order mark."""

    name: str = "utf-8"
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Give the bytes of the text, with the byte order mark in front.

        Raises:
            UsageError: The text has a character that Windows-1252 has not.
        """
        if self.name == "utf-8":
            return self.mark + text.encode("utf-8", "surrogatepass")
        try:
            return codecs.charmap_encode(text, "strict", _ENCODE_1252)[0]
        except UnicodeEncodeError as error:
            character = text[error.start]
            raise UsageError(
                f"{character!r} cannot be written in a {self.name} file",
                hint="save the file as UTF-8 first",
            ) from None


def decode(data: bytes) -> tuple[str, Encoding]:
    """Give the text of a bibliography, without its byte order mark, and how it was written."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        return data[len(mark) :].decode("utf-8"), Encoding(mark=mark)
    except UnicodeDecodeError:
        text = codecs.charmap_decode(data, "strict", _DECODE_1252)[0]
        return text, Encoding("windows-1252")
