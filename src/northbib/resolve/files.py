"""What a file that is no bibliography can be asked about: a PDF, a saved page, a list.

Of a PDF only what lies open is read: its metadata (XMP and the document information), links, and
the streams that zlib unpacks. Source: ISO 32000-1, 7.5 and 14.3; the PRISM namespace, `prism:doi`.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from northbib.errors import InputError, UsageError
from northbib.records.identifiers import doi
from northbib.resolve.recognition import Identifier, identifiers_in, recognise

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["address_in_page", "identifier_in_pdf", "identifiers_in_list", "kind_of_file"]

_STATED = re.compile(
    rb"(?:prism:doi|pdfx:doi|crossmark:DOI|dc:identifier|WPS-ARTICLEDOI|/doi)\b[^0-9]{0,40}?"
    rb"(10\.\d{4,9}/[^\s<>\"()]+)",
    re.IGNORECASE,
)
_DOI = re.compile(rb"(?:doi\.org/|doi\s*:\s*)(10\.\d{4,9}/[^\s<>\"()\\]+)", re.IGNORECASE)
_ARXIV = re.compile(rb"arXiv:(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+/\d{7}(?:v\d+)?)")
_STREAM = re.compile(rb"stream\r?\n")
_SHOWN = re.compile(rb"\[((?:[^\[\]\\]|\\.)*)\]\s*TJ|\(((?:[^()\\]|\\.)*)\)\s*Tj")
_PIECE = re.compile(rb"\(((?:[^()\\]|\\.)*)\)")
_MOST_STREAMS, _MOST_BYTES = 60, 4_000_000

_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_CANONICAL = re.compile(
    rb"<link[^>]*\brel=[\"']?canonical[\"']?[^>]*\bhref=[\"']([^\"'<>]+)"
    rb"|<link[^>]*\bhref=[\"']([^\"'<>]+)[\"'][^>]*\brel=[\"']?canonical"
    rb"|<meta[^>]*\bproperty=[\"']og:url[\"'][^>]*\bcontent=[\"']([^\"'<>]+)",
    re.IGNORECASE,
)


def kind_of_file(data: bytes, name: str) -> str:
    """Say whether a file is a `pdf`, a `page`, a `list` of identifiers, or none of these: ""."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if re.match(rb"<(?:!doctype html|html|head|!--)", head, re.IGNORECASE):
        return "page"
    if name.lower().endswith((".htm", ".html", ".xhtml")):
        return "page"
    return "list" if _is_list(data) else ""


def identifier_in_pdf(data: bytes, name: str) -> Identifier:
    """Find the DOI or arXiv id of the work that a PDF holds.

    Raises:
        InputError: None lies open in it.
    """
    for pattern, kind in ((_STATED, "doi"), (_DOI, "doi"), (_ARXIV, "arxiv")):
        if (match := pattern.search(data)) and (found := _named(match[1], kind)):
            return found
    for text in _texts(data):
        for pattern, kind in ((_STATED, "doi"), (_DOI, "doi"), (_ARXIV, "arxiv")):
            if (match := pattern.search(text)) and (found := _named(match[1], kind)):
                return found
    raise InputError(
        "no DOI or arXiv id was found in this PDF",
        where=name,
        hint="give the DOI or the title of the work instead",
    )


def address_in_page(data: bytes, name: str) -> str:
    """Find the address that a saved page states as its own.

    Raises:
        InputError: It states none.
    """
    match = _SAVED_FROM.search(data[:4096]) or _CANONICAL.search(data[:1_000_000])
    address = next((part for part in match.groups() if part), b"") if match else b""
    try:
        found = recognise(address.decode("utf-8", "replace").replace("&amp;", "&"))
    except UsageError as error:
        raise InputError(
            "the page does not say where it comes from",
            where=name,
            hint=f"give its address: northbib add URL --from-file {name}",
        ) from error
    return found.value if found.kind == "url" else address.decode("utf-8", "replace")


def identifiers_in_list(
    data: bytes, name: str
) -> tuple[tuple[Identifier, ...], tuple[UsageError, ...]]:
    """Recognise each line of a text file; an error names its file and line."""
    found, errors = identifiers_in(data.decode("utf-8-sig", "replace"))
    for error in errors:
        error.where = name
    return found, errors


def _is_list(data: bytes) -> bool:
    """Whether the first line that says anything is an identifier or an address."""
    if b"\0" in data[:4096]:
        return False
    text = data[:65536].decode("utf-8-sig", "replace")
    lines = [
        line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines or lines[0].lstrip().startswith(("@", "{", "[", "TY  -")):
        return False
    return any(_is_recognised(line) for line in lines[:20])


def _is_recognised(line: str) -> bool:
    found, _ = identifiers_in(line)
    return any(identifier.kind != "text" for identifier in found)


def _named(found: bytes, kind: str) -> Identifier | None:
    text = unquote(found.decode("latin-1"))
    if kind == "arxiv":
        return Identifier("arxiv", text)
    name = doi(text)
    return Identifier("doi", name) if name else None


def _texts(data: bytes) -> Iterator[bytes]:
    """Unpack streams, and give them as the text that they show and as they are."""
    for count, match in enumerate(_STREAM.finditer(data)):
        if count == _MOST_STREAMS:
            return
        try:
            unpacked = zlib.decompressobj().decompress(data[match.end() :], _MOST_BYTES)
        except zlib.error:
            continue
        yield b"".join(_shown(unpacked))
        yield unpacked


def _shown(stream: bytes) -> Iterator[bytes]:
    for match in _SHOWN.finditer(stream):
        yield b"".join(_PIECE.findall(match[1])) if match[1] else match[2] or b""
