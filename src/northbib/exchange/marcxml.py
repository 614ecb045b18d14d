"""MARCXML: MARC 21 records in XML.

Source: https://www.loc.gov/standards/marcxml and its schema, MARC21slim.xsd.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from lxml import etree
from pymarc import Field, Indicators, Subfield
from pymarc import Record as Marc

from northbib.exchange import xml
from northbib.exchange.marc21.encodings import composed
from northbib.exchange.marc21.reading import decode
from northbib.exchange.marc21.tables import TYPES
from northbib.exchange.marc21.writing import encode, keep
from northbib.exchange.protocol import framed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_NAMESPACE = "http://www.loc.gov/MARC21/slim"
_MARC = f"{{{_NAMESPACE}}}"
_MAP = cast("dict[str, str]", {None: _NAMESPACE})
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
    leader = xml.child_text(element, "{*}leader").ljust(24)
    return Marc(fields=list(_fields(element)), leader=leader[:24])


def _fields(element: _Element) -> Iterator[Field]:
    for field in element:
        tag = (field.get("tag") or "")[:3]
        if xml.local_name(field) == "controlfield" and tag:
            yield Field(tag, data="".join(map(str, field.itertext())))
        elif xml.local_name(field) == "datafield" and tag.isalnum() and tag >= "010":
            first, second = ((field.get(name) or " ")[:1] for name in ("ind1", "ind2"))
            yield Field(tag, Indicators(first, second), list(_subfields(field)))


def _subfields(field: _Element) -> Iterator[Subfield]:
    for part in field.findall("{*}subfield"):
        text = composed("".join(map(str, part.itertext())))
        yield Subfield((part.get("code") or " ")[:1], text)


def write(natives: Iterable[Marc]) -> Iterator[bytes]:
    """Write a collection in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</collection>\n")


def _source(native: Marc) -> bytes:
    root = etree.Element(f"{_MARC}record", nsmap=_MAP)
    xml.add(root, f"{_MARC}leader", str(native.leader))
    for field in native.fields:
        if field.is_control_field():
            xml.add(root, f"{_MARC}controlfield", field.data or "", tag=field.tag)
            continue
        first, second = field.indicators or (" ", " ")
        parent = xml.add(root, f"{_MARC}datafield", tag=field.tag, ind1=first, ind2=second)
        for part in field.subfields:
            xml.add(parent, f"{_MARC}subfield", part.value, code=part.code)
    return xml.serialised(root)
