"""The works that a document of Word or LibreOffice cites, by the data behind its citations.

Read are whole documents (.docx, .odt) and the XML in them, with citations by Word itself, Zotero,
Mendeley, EndNote, JabRef and LibreOffice. Each work is given once.

Sources: ECMA-376, part 1, 17.16 (fields), and OpenDocument 1.3, part 3, 7.7 (reference marks).
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange import xml
from northbib.exchange.word import sources
from northbib.exchange.word.bibliography_marks import record_of_mark
from northbib.exchange.word.citation_payloads import (
    bare,
    cited,
    cited_by_endnote,
    cited_by_mendeley,
    cited_by_word,
    unformatted,
)
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["read"]

_LARGEST = 1 << 28
"""Bytes of a document, and of a part of it when unpacked."""

_PARTS = re.compile(
    r"customXml/item\d*\.xml|word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
    r"|word/webextensions/webextension\d*\.xml|docProps/custom\.xml|content\.xml|meta\.xml"
)
_TAGS = (
    "{*}fldChar",
    "{*}instrText",
    "{*}fldData",
    "{*}fldSimple",
    "{*}tag",
    "{*}t",
    "{*}p",
    "{*}span",
    "{*}Source",
    "{*}property",
    "{*}user-defined",
    "{*}reference-mark-start",
    "{*}reference-mark",
    "{*}bookmark-start",
    "{*}bibliography-mark",
    "{*}document",
    "{*}body",
    "{*}document-content",
)
_NUMBERED = re.compile(r"(?P<name>(?:ZOTERO_BREF|Mendeley_Bookmark|CSL_CITATION).*)_(?P<place>\d+)")


@dataclass
class _Found:
    """What has been read of a document so far.

    Attributes:
        fields: The fields that are open, the innermost last: their instructions in pieces.
        pieces: Properties whose values are cut into pieces -> place -> piece.
        text: What the paragraph says so far.
        records: Each work once.
        keys: Keys of works that the document itself does not describe.
        is_document: Whether it has any of the elements that documents have.
    """

    fields: list[list[str]] = field(default_factory=list)
    pieces: dict[str, dict[int, str]] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    keys: dict[str, None] = field(default_factory=dict)
    is_document: bool = False

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            if not record.values:
                self.keys.setdefault(record.key)
            elif record not in self.records:
                self.records.append(record)

    def all(self) -> Iterator[Record]:
        """Give the works that are described, then the keys alone of those that are not."""
        for places in self.pieces.values():
            self.add(cited("".join(piece for _, piece in sorted(places.items()))))
        yield from self.records
        known = {record.key for record in self.records}
        yield from (bare(key) for key in self.keys if key not in known)


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read what a document cites; of some works it may have the citation key alone.

    Raises:
        InputError: It is no document, is larger than any, or holds no text.
    """
    data = source.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputError("the document is larger than 256 MB", where=name)
    found = _Found()
    if data[:2] == b"PK":
        yield from _read_parts(data, name, found)
    else:
        yield from _read_part(io.BytesIO(data), name, found)
        if not found.is_document:
            raise InputError("no document of Word or LibreOffice", where=name)
    yield from found.all()


def _read_parts(data: bytes, name: str, found: _Found) -> Iterator[Finding]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            parts = [info for info in folder.infolist() if _PARTS.fullmatch(info.filename)]
            if not any(info.filename in ("word/document.xml", "content.xml") for info in parts):
                raise InputError("no document of Word or LibreOffice", where=name)
            for info in parts:
                yield from _read_part(_unpacked(folder, info, name), name, found)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise InputError(f"not a document that can be unpacked: {error}", where=name) from error


def _unpacked(folder: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> BinaryIO:
    # What the folder says of a size may be a lie.
    with folder.open(info) as part:
        data = part.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputError(f"{info.filename} in it is larger than 256 MB", where=name)
    return io.BytesIO(data)


def _read_part(source: BinaryIO, name: str, found: _Found) -> Iterator[Finding]:
    for element in xml.elements(source, name, *_TAGS):
        if isinstance(element, Finding):
            yield element
        else:
            found.is_document = True
            _take(element, found)


def _take(element: _Element, found: _Found) -> None:
    tag = xml.local_name(element)
    if tag == "instrText":
        _innermost(found).append("".join(map(str, element.itertext())))
    elif tag == "fldChar":
        _turn(_own(element, "fldCharType"), found)
    elif tag == "fldData":
        found.add(cited_by_endnote(xml.text_of(element).encode()))
    elif tag == "fldSimple":
        _take_field(_own(element, "instr"), found)
    elif tag == "tag":
        found.add(cited_by_mendeley(_own(element, "val")))
    elif tag == "Source":
        found.add([sources.decode(element)])
    elif tag in ("property", "user-defined"):
        _take_property(element, found)
    elif tag in ("reference-mark-start", "reference-mark", "bookmark-start"):
        found.add(cited(_own(element, "name")))
    elif tag == "bibliography-mark":
        parts = {str(key).rpartition("}")[2]: str(text) for key, text in element.attrib.items()}
        found.add([record_of_mark(parts)])
    elif tag in ("t", "span"):
        found.text.append("".join(map(str, element.itertext())))
    elif tag == "p":
        found.text.append("".join(map(str, element.itertext())))
        found.add(unformatted("".join(found.text)))
        found.text.clear()


def _own(element: _Element, name: str) -> str:
    """Give an attribute, in a namespace or not."""
    return next(
        (str(value) for key, value in element.attrib.items() if str(key).endswith(name)), ""
    )


def _innermost(found: _Found) -> list[str]:
    if not found.fields:
        found.fields.append([])
    return found.fields[-1]


def _turn(kind: str, found: _Found) -> None:
    if kind == "begin":
        found.fields.append([])
    elif kind == "end" and found.fields:
        _take_field("".join(found.fields.pop()), found)


def _take_field(instruction: str, found: _Found) -> None:
    found.add(map(bare, cited_by_word(instruction)))
    found.add(cited(instruction))


def _take_property(element: _Element, found: _Found) -> None:
    name, text = _own(element, "name"), _own(element, "value") or xml.text_of(element)
    match = _NUMBERED.fullmatch(name)
    if match is not None:
        found.pieces.setdefault(match["name"], {})[int(match["place"])] = text
    elif name == "MENDELEY_CITATIONS":
        found.add(cited_by_mendeley(text))
