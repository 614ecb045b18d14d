"""PDFs: the DOI or arXiv id of the work that one holds, as far as it lies open.

Read are metadata (XMP and the document information), links, and the streams that zlib unpacks,
those of objects and of metadata before those of pages; neither encrypted files nor text in fonts of
their own. Source: ISO 32000-1, 7.3.4 (strings), 7.5.7 (object streams), 14.3 (metadata); the PRISM
namespace, `prism:doi`.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from northbib.errors import InputError
from northbib.records.identifiers import doi
from northbib.resolve.recognition import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["identifier_in_pdf"]

_STATED = re.compile(
    rb"(?:prism:doi|pdfx:doi|crossmark:DOI|dc:identifier|WPS-ARTICLEDOI|/doi)\b[^0-9]{0,40}?"
    rb"(10\.\d{4,9}/[^\s<>\"()]+)",
    re.IGNORECASE,
)
_DOI = re.compile(rb"(?:doi\.org/|doi\s*:\s*)(10\.\d{4,9}/[^\s<>\"()\\]+)", re.IGNORECASE)
_ARXIV = re.compile(rb"arXiv:(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7}(?:v\d+)?)")
_PATTERNS = ((_STATED, "doi"), (_DOI, "doi"), (_ARXIV, "arxiv"))

_STREAM = re.compile(rb"stream\r?\n")
_OF_OBJECTS = re.compile(rb"/(?:ObjStm|Metadata)\b")
_DICTIONARY = 400
"""Bytes before a stream in which its dictionary says of what kind it is."""

_SHOWN = re.compile(rb"\[((?:[^\[\]\\]|\\.)*)\]\s*TJ|\(((?:[^()\\]|\\.)*)\)\s*Tj")
_PIECE = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
_UTF_16 = re.compile(rb"\xfe\xff((?:\x00[\x20-\x7e]|\x00\\[()\\])+)")
_HEX = re.compile(rb"<((?:[0-9A-Fa-f]{2}\s*){12,2000})>")
_MOST_STREAMS, _MOST_BYTES = 60, 4_000_000


def identifier_in_pdf(data: bytes, name: str) -> Identifier:
    """Find the DOI or arXiv id of the work that a PDF holds.

    Args:
        data: The file.
        name: What it is called in messages.

    Raises:
        InputError: None lies open in it.
    """
    for text in _texts(data):
        for pattern, kind in _PATTERNS:
            if (match := pattern.search(text)) and (found := _named(match[1], kind)):
                return found
    raise InputError(
        "no DOI or arXiv id was found in this PDF",
        where=name,
        hint="give the DOI or the title of the work instead",
    )


def _texts(data: bytes) -> Iterator[bytes]:
    """Give the file, its strings in other forms, and its streams: what states things at first."""
    yield data
    yield from _strings(data)
    starts = [match.end() for match in _STREAM.finditer(data)]
    of_objects = [at for at in starts if _OF_OBJECTS.search(data, max(at - _DICTIONARY, 0), at)]
    of_pages = [at for at in starts if at not in set(of_objects)]
    for at in (*of_objects[:_MOST_STREAMS], *of_pages[:_MOST_STREAMS]):
        try:
            unpacked = zlib.decompressobj().decompress(data[at:], _MOST_BYTES)
        except zlib.error:
            continue
        yield b"".join(_shown(unpacked))
        yield unpacked
        yield from _strings(unpacked)


def _strings(data: bytes) -> Iterator[bytes]:
    """Give the text of strings that are written in UTF-16 or in hexadecimal digits."""
    for match in _UTF_16.finditer(data):
        yield b"doi:" + match[1].replace(b"\0", b"").replace(b"\\", b"")
    for match in _HEX.finditer(data):
        text = bytes.fromhex(match[1].decode())
        yield b"doi:" + text.removeprefix(b"\xfe\xff").replace(b"\0", b"")


def _shown(stream: bytes) -> Iterator[bytes]:
    for match in _SHOWN.finditer(stream):
        yield b"".join(_PIECE.findall(match[1])) if match[1] else match[2] or b""


def _named(found: bytes, kind: str) -> Identifier | None:
    text = unquote(found.decode("latin-1"))
    if kind == "arxiv":
        return Identifier("arxiv", text)
    name = doi(text)
    return Identifier("doi", name) if name else None
