"""MODS 3.8, the Metadata Object Description Schema of the Library of Congress.

Source: https://www.loc.gov/standards/mods/userguide and the schema, mods-3-8.xsd. The genres beside
MARC's are those that bibutils writes and reads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange import xml
from northbib.exchange.mods.reading import decode
from northbib.exchange.mods.tables import NAMESPACE, OUR_NOTE, TYPES
from northbib.exchange.mods.values import VALUES
from northbib.exchange.mods.writing import encode
from northbib.exchange.plain_xml import add, source_of, taken_over
from northbib.exchange.protocol import framed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.plain_xml import Element
    from northbib.exchange.protocol import Read
    from northbib.records import Record

__all__ = ["TYPES", "VALUES", "decode", "encode", "keep", "read", "write"]

_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection xmlns="{NAMESPACE}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
    f'"{NAMESPACE} http://www.loc.gov/standards/mods/v3/mods-3-8.xsd">\n'
).encode()


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a collection, of one record, or of what holds them, such as METS.

    Raises:
        InputError: It is not well-formed XML, or holds no MODS.
    """
    refusal = "not MODS: there is no element mods in it"
    return xml.records(source, name, ["{*}mods"], _record, refusal)


def _record(element: _Element) -> Record:
    return decode(taken_over(element))


def keep(native: Element, lines: Sequence[str]) -> Element:
    """Put notes into `note` elements of a type of ours."""
    for line in lines:
        add(native, "note", line, type=OUR_NOTE)
    return native


def write(natives: Iterable[Element]) -> Iterator[bytes]:
    """Write a collection in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</modsCollection>\n")


def _source(native: Element) -> bytes:
    return source_of(native, NAMESPACE)
