"""Qualified Dublin Core: the terms of DCMI, which say what a date, a title or a relation is.

Sources: DCMI Metadata Terms and the schema qualifieddc.xsd; files of records are wrapped in an
element `records` without a namespace, since DCMI names none for them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.exchange import xml
from northbib.exchange.addresses import is_address
from northbib.exchange.dublin_core import DCMI_TYPES, TYPES, citation, decode, identifiers, oai_dc
from northbib.exchange.dublin_core.oai_dc import keep
from northbib.exchange.iso_dates import iso_date
from northbib.exchange.people import inverted
from northbib.exchange.protocol import framed
from northbib.records.vocabulary import NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from northbib.exchange.dublin_core import Field
    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_MAP = {"dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
_SIMPLE = frozenset(
    """
    title creator subject description publisher contributor type identifier source language
    """.split()
)
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<records>\n'


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of any XML that holds Dublin Core.

    Raises:
        InputError: It is not well-formed XML, or holds no Dublin Core.
    """
    return oai_dc.read(source, name)


def encode(record: Record) -> tuple[Field, ...]:
    """Give the parts of a record."""
    count, language = record.plain("number-of-pages"), record.plain("language")
    others = sorted(NAME_VARIABLES - {"author"})
    fields = [
        ("title", record.plain("title"), ""),
        ("alternative", record.plain("title-short"), ""),
        *(("creator", inverted(name), "") for name in record.names()),
        *(("subject", topic, "") for topic in record.keywords),
        ("abstract", record.plain("abstract"), ""),
        ("description", record.plain("note") if record.plain("abstract") else "", ""),
        ("publisher", record.plain("publisher"), ""),
        *(
            ("contributor", f"{inverted(name)} ({role})", "")
            for role in others
            for name in record.names(role)
        ),
        ("issued", iso_date(record.date("issued")), "W3CDTF"),
        ("available", iso_date(record.date("available-date")), "W3CDTF"),
        ("dateSubmitted", iso_date(record.date("submitted")), "W3CDTF"),
        ("type", TYPES.get(record.type, "document"), ""),
        ("type", DCMI_TYPES.get(record.type, "Text"), "DCMIType"),
        ("extent", f"{count} pages" if count else "", ""),
        ("medium", record.plain("medium"), ""),
        *(("identifier", text, _uri(text, is_one)) for text, is_one in identifiers(record)),
        ("bibliographicCitation", citation(record) if record.plain("volume") else "", ""),
        ("language", language, "RFC4646" if _TAG.fullmatch(language) else ""),
        ("isPartOf", record.plain("container-title"), ""),
        ("spatial", record.plain("event-place"), ""),
        ("license", record.plain("license"), ""),
    ]
    return tuple(field for field in fields if field[1])


def _uri(text: str, is_one: bool) -> str:
    return "URI" if is_one and is_address(text) else ""


def write(natives: Iterable[tuple[Field, ...]]) -> Iterator[bytes]:
    """Write a file in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</records>\n")


def _source(native: tuple[Field, ...]) -> bytes:
    root = etree.Element("qualifieddc", nsmap=_MAP)
    for name, text, scheme in native:
        child = xml.add(root, f"{{{_DC if name in _SIMPLE else _TERMS}}}{name}", text)
        if scheme:
            child.set(f"{{{_XSI}}}type", f"dcterms:{scheme}")
    return xml.serialised(root)
