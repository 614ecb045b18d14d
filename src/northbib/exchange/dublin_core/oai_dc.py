"""Simple Dublin Core as repositories give it out: records of oai_dc in an answer of OAI-PMH.

Sources: https://www.openarchives.org/OAI/2.0/oai_dc.xsd and the protocol. The answer says nothing
of a repository or a day, so that the same records make the same file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from lxml import etree

from northbib.exchange import xml
from northbib.exchange.dublin_core import (
    DCMI_TYPES,
    TYPES,
    citation,
    decode,
    fields_of,
    identifiers,
)
from northbib.exchange.iso_dates import iso_date
from northbib.exchange.people import inverted
from northbib.exchange.protocol import framed
from northbib.records.vocabulary import NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.dublin_core import Field
    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_OAI = "http://www.openarchives.org/OAI/2.0/"
_OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_DC = "http://purl.org/dc/elements/1.1/"
_MAP = cast("dict[str, str]", {None: _OAI, "oai_dc": _OAI_DC, "dc": _DC})
_NO_DAY = "1970-01-01"
_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{_OAI}">\n'
    f"<responseDate>{_NO_DAY}T00:00:00Z</responseDate>\n"
    '<request verb="ListRecords" metadataPrefix="oai_dc"/>\n<ListRecords>\n'
).encode()
_FOOT = b"\n</ListRecords>\n</OAI-PMH>\n"


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of an answer of OAI-PMH, or of any XML that holds Dublin Core.

    Raises:
        InputError: It is not well-formed XML, or holds no Dublin Core.
    """
    return xml.records(
        source,
        name,
        ["{*}dc", "{*}simpledc", "{*}qualifieddc"],
        lambda element: decode(tuple(fields_of(element))),
        "not Dublin Core: there is no element dc or qualifieddc",
    )


def encode(record: Record) -> tuple[Field, ...]:
    """Give the parts of a record."""
    others = sorted(NAME_VARIABLES - {"author"})
    fields = [
        ("title", record.plain("title")),
        *(("creator", inverted(name)) for name in record.names()),
        *(("subject", topic) for topic in record.keywords),
        ("description", record.plain("abstract")),
        ("description", record.plain("note") if record.plain("abstract") else ""),
        ("publisher", record.plain("publisher")),
        *(
            ("contributor", f"{inverted(name)} ({role})")
            for role in others
            for name in record.names(role)
        ),
        ("date", iso_date(record.date("issued"))),
        ("type", TYPES.get(record.type, "document")),
        ("type", DCMI_TYPES.get(record.type, "Text")),
        ("format", _extent(record)),
        *(("identifier", text) for text, _ in identifiers(record)),
        ("source", citation(record)),
        ("language", record.plain("language")),
        ("relation", record.plain("collection-title")),
        ("coverage", record.plain("event-place")),
        ("rights", record.plain("license")),
    ]
    return tuple((name, text, "") for name, text in fields if text)


def _extent(record: Record) -> str:
    count = record.plain("number-of-pages")
    return f"{count} pages" if count else ""


def keep(native: tuple[Field, ...], lines: Sequence[str]) -> tuple[Field, ...]:
    """Put notes into descriptions, one each."""
    return (*native, *(("description", line, "") for line in lines))


def write(natives: Iterable[tuple[Field, ...]]) -> Iterator[bytes]:
    """Write an answer of OAI-PMH in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", _FOOT)


def _source(native: tuple[Field, ...]) -> bytes:
    root = etree.Element(f"{{{_OAI}}}record", nsmap=_MAP)
    header = xml.add(root, f"{{{_OAI}}}header")
    kept = (text for name, text, _ in native if name == "description")
    key = next((text for text in kept if text.startswith("{:citation-key: ")), "")
    identifier = quote(key.removeprefix("{:citation-key: ").removesuffix("}"))
    xml.add(header, f"{{{_OAI}}}identifier", identifier)
    xml.add(header, f"{{{_OAI}}}datestamp", _NO_DAY)
    record = xml.add(xml.add(root, f"{{{_OAI}}}metadata"), f"{{{_OAI_DC}}}dc")
    for name, text, _ in native:
        xml.add(record, f"{{{_DC}}}{name}", text)
    return xml.serialised(root)
