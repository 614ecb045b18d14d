"""Files of text, whatever they are encoded in: as characters, or as UTF-8.

The rules are those of `northbib.bibtex.encoding`: UTF-16 with or without a mark, else UTF-8, of
which bytes that are none are read in the encoding that the first lines name, or Windows-1252, which
is what exporting programs on Windows write.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, Any, cast

from northbib.bibtex.encoding import Encoding, detect, judged

if TYPE_CHECKING:
    from typing import BinaryIO

__all__ = ["as_text", "as_utf_8", "as_xml"]

_HEAD = 1 << 12
_PIECE = 1 << 16
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\bencoding\s*=\s*[\"']([\w.:-]+)")


def as_text(source: BinaryIO) -> io.TextIOWrapper:
    """Give the characters of a file, in which each of LF, CR LF and CR is read as LF."""
    buffered, encoding = _begun(source)
    return io.TextIOWrapper(buffered, _codec(encoding), errors=_errors(encoding), newline=None)


def as_utf_8(source: BinaryIO) -> BinaryIO:
    """Give the bytes of a file in UTF-8, without a mark."""
    return cast("BinaryIO", io.BufferedReader(_Recoded(*_begun(source)), _PIECE))


def as_xml(source: BinaryIO) -> BinaryIO:
    """Give the bytes of a file of XML as a parser can read them.

    That is as they are where the file names an encoding, or is UTF-16 (XML 1.0, 4.3.3); a file
    that is said to be UTF-8 may not be.
    """
    buffered = cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", source), _PIECE))
    head = cast("io.BufferedReader", buffered).peek(_HEAD)
    declared = _DECLARED.match(head)
    is_utf_8 = declared is None or declared[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
    return as_utf_8(buffered) if is_utf_8 and detect(head).unit == 1 else buffered


def _begun(source: BinaryIO) -> tuple[io.BufferedReader, Encoding]:
    """Give a file behind its mark, and how it is read."""
    buffered: io.BufferedReader = io.BufferedReader(cast("io.RawIOBase", source), _PIECE)
    head = buffered.peek(_HEAD)
    encoding = detect(head)
    if encoding.unit == 1:
        # What the first lines name counts for all that comes, even if they are UTF-8 themselves.
        encoding = judged(head, encoding.mark, 0, 1)
    buffered.read(len(encoding.mark))
    return buffered, encoding


def _codec(encoding: Encoding) -> str:
    return "utf-8" if encoding.unit == 1 else encoding.name


def _errors(encoding: Encoding) -> str:
    return encoding.errors if encoding.unit == 1 else "replace"


class _Recoded(io.RawIOBase):
    """A file as UTF-8; holds what was read and has not been asked for."""

    def __init__(self, source: io.BufferedReader, encoding: Encoding) -> None:
        self._source = source
        self._is_utf_8 = encoding.unit == 1
        self._decoder = codecs.getincrementaldecoder(_codec(encoding))(_errors(encoding))
        self._left = b""
        self._is_at_end = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._left and not self._is_at_end:
            piece = self._source.read(_PIECE)
            self._is_at_end = not piece
            self._left = piece if self._is_plain(piece) else self._read_anew(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def _is_plain(self, piece: bytes) -> bool:
        is_between = self._decoder.getstate()[0] == b""
        return self._is_utf_8 and piece.isascii() and is_between

    def _read_anew(self, piece: bytes) -> bytes:
        return self._decoder.decode(piece, self._is_at_end).encode("utf-8", "replace")
