"""MARCXML: MARC 21 records in XML.

Source: https://www.loc.gov/standards/marcxml and its schema, MARC21slim.xsd.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.exchange import xml
from northbib.exchange.marc21.encodings import composed
from northbib.exchange.marc21.reading import decode
from northbib.exchange.marc21.record import LEADER, Field, Marc
from northbib.exchange.marc21.tables import TYPES
from northbib.exchange.marc21.values import VALUES
from northbib.exchange.marc21.writing import encode, keep
from northbib.exchange.plain_xml import LOCAL_NAMES, attribute, escaped
from northbib.exchange.protocol import framed
from northbib.exchange.xml import writable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["TYPES", "VALUES", "decode", "encode", "keep", "read", "write"]

_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="{_NAMESPACE}">\n'.encode()


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a collection, of one record, or of what holds them, such as OAI-PMH.

    Raises:
        InputError: It is not well-formed XML, or holds no MARC.
    """
    refusal = "not MARCXML: there is no record with data fields in it"
    return xml.records(source, name, ["{*}record"], _record, refusal)


def _record(element: _Element) -> Record | None:
    if element.find("{*}datafield") is None and element.find("{*}leader") is None:
        return None
    return decode(_marc(element))


def _marc(element: _Element) -> Marc:
    leader = xml.child_text(element, "{*}leader").ljust(LEADER)
    return Marc(leader[:LEADER], _fields(element))


# lxml's types allow for names and values in bytes, which no parser makes.
def _fields(element: Any) -> Iterator[Field]:
    for field in element:
        kind, tag = LOCAL_NAMES[field.tag], (field.get("tag") or "")[:3]
        if kind == "datafield" and tag.isalnum() and tag >= "010":
            first, second = field.get("ind1") or " ", field.get("ind2") or " "
            yield Field(tag.zfill(3), "", first[:1] + second[:1], list(_subfields(field)))
        elif kind == "controlfield" and tag:
            yield Field(tag.zfill(3), _text(field))


def _subfields(field: Any) -> Iterator[tuple[str, str]]:
    for part in field:
        if LOCAL_NAMES[part.tag] == "subfield":
            yield (part.get("code") or " ")[:1], composed(_text(part))


def _text(element: Any) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def write(natives: Iterable[Marc]) -> Iterator[bytes]:
    """Write a collection in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</collection>\n")


def _source(native: Marc) -> bytes:
    lines = [f'<record xmlns="{_NAMESPACE}">', f"  <leader>{native.leader}</leader>"]
    for field in native.fields:
        tag = attribute("tag", field.tag)
        if field.is_control:
            lines.append(f"  {_element('controlfield', tag, field.data)}")
            continue
        first, second = field.indicators[0], field.indicators[1]
        lines.append(f"  <datafield{tag}{attribute('ind1', first)}{attribute('ind2', second)}>")
        lines += [
            f"    {_element('subfield', attribute('code', code), text)}"
            for code, text in field.subfields
        ]
        lines.append("  </datafield>")
    lines.append("</record>")
    return "\n".join(lines).encode()


def _element(name: str, attributes: str, text: str) -> str:
    return f"<{name}{attributes}>{escaped(writable(text))}</{name}>"
