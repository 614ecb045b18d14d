"""ContextObjects of OpenURL: COinS in web pages, and files of them in XML.

Sources: ANSI/NISO Z39.88-2004, its KEV and XML metadata formats; "OpenURL ContextObject in SPAN
(COinS)", 1.0. Written are COinS, a span each, as a page can take them; there is no place for what
a ContextObject has no key for.
"""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl, quote, urlencode

from northbib.errors import InputError
from northbib.exchange import coins, xml
from northbib.exchange.languages import tag_of
from northbib.exchange.people import name_of
from northbib.exchange.protocol import framed
from northbib.exchange.tagged import Fields, all_of, first_of
from northbib.exchange.text_files import as_utf_8
from northbib.exchange.worded_dates import worded_date
from northbib.findings import Finding
from northbib.records import Date, Day, Name, Record
from northbib.records.identifiers import doi, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "read", "write"]

TYPES = {kind: genre or form for kind, (form, genre) in coins.GENRES.items()} | coins.DC_TYPES

_PIECE = 1 << 16
_LONGEST = 1 << 16
"""Longest span that is looked for, in bytes."""

_SPAN = re.compile(rb"<span\b[^<>]*\bZ3988\b[^<>]*>", re.IGNORECASE)
_TITLE = re.compile(rb"\btitle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE | re.DOTALL)
_MOST_KEYS = 400
_IS_DOI = re.compile(r"info:doi/|doi:|10\.|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_SEASONS = {"spring": 1, "summer": 2, "fall": 3, "autumn": 3, "winter": 4}
_HEAD = (
    b'<!DOCTYPE html>\n<html>\n<head><meta charset="utf-8"><title>COinS</title></head>\n<body>\n'
)
_FOOT = b"\n</body>\n</html>\n"


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the COinS of a page, or the context objects of an XML file.

    Raises:
        InputError: There is none in it.
    """
    buffered = io.BufferedReader(cast("io.RawIOBase", source), _PIECE)
    is_xml = b"info:ofi/fmt:xml" in buffered.peek(_PIECE)
    reads = _in_xml if is_xml else _in_page
    count = 0
    for found in reads(cast("BinaryIO", buffered), name):
        count += 1
        yield found
    if not count:
        raise InputError("no ContextObject in it: no span of the class Z3988", where=name)


def _in_xml(source: BinaryIO, name: str) -> Iterator[Read]:
    for element in xml.elements(source, name, "{*}context-object"):
        if isinstance(element, Finding):
            yield element
        else:
            yield decode(tuple(_of_element(element)))


def _of_element(element: _Element) -> Iterator[tuple[str, str]]:
    referent = element.find("{*}referent")
    if referent is None:
        return
    yield "rft_val_fmt", xml.child_text(referent, "{*}metadata-by-val/{*}format")
    for identifier in referent.iterfind("{*}identifier"):
        yield "rft_id", xml.text_of(identifier)
    for part in referent.iterfind("{*}metadata-by-val/{*}metadata//*"):
        if len(part) == 0:
            yield f"rft.{xml.local_name(part)}", xml.text_of(part)


def _in_page(source: BinaryIO, name: str) -> Iterator[Read]:
    """Give the records of a page, of which no more is held than the longest span."""
    text = b""
    page = as_utf_8(source)
    while piece := page.read(_PIECE):
        text += piece
        end = 0
        for span in _SPAN.finditer(text):
            end = span.end()
            if (title := _TITLE.search(span[0])) is not None:
                yield from _of_text((title[1] or title[2] or b"").decode(), name)
        text = text[end:]
        begins = text.rfind(b"<")
        text = text[begins:] if begins >= 0 and len(text) - begins < _LONGEST else b""


def _of_text(text: str, name: str) -> Iterator[Read]:
    try:
        pairs = parse_qsl(html.unescape(text), max_num_fields=_MOST_KEYS)
    except ValueError:
        yield Finding(
            code="broken-coins",
            severity="warning",
            message=f"a COinS of more than {_MOST_KEYS} keys was left out",
            file=name,
        )
        return
    yield decode(tuple(pairs))


def decode(native: Fields) -> Record:
    """Give the record of keys and values."""
    fields = tuple((key, " ".join(value.split())) for key, value in native)
    form = first_of(fields, "rft_val_fmt").rpartition(":")[2]
    genre, named = first_of(fields, "rft.genre"), first_of(fields, "rft.type")
    kind = coins.type_of(form, genre, named) or "document"
    values = _texts(fields, form, kind)
    values |= _people(fields)
    values |= _identifiers(fields)
    if issued := _issued(fields):
        values["issued"] = issued
    if pages := _pages(fields):
        values["page"] = pages
    topics = tuple(dict.fromkeys(all_of(fields, "rft.subject")))
    return Record("", kind, values, topics)


def _texts(fields: Fields, form: str, kind: str) -> dict[str, Value]:
    is_part = form == "book" and bool(first_of(fields, "rft.atitle"))
    keys = dict(coins.KEYS["part of book" if is_part else form if form in coins.KEYS else "dc"])
    if kind == "periodical":
        keys = {**keys, "title": "jtitle"}
        keys.pop("container-title", None)
    values: dict[str, Value] = {}
    for variable, key in keys.items():
        names = (key, *_INSTEAD.get((form, variable), ()))
        if text := first_of(fields, *(f"rft.{name}" for name in names)):
            values[variable] = tag_of(text) if variable == "language" else text
    return values


_INSTEAD: dict[tuple[str, str], tuple[str, ...]] = {
    ("book", "title"): ("btitle", "title"),
    ("book", "container-title"): ("title",),
    ("book", "issue"): ("issue",),
    ("journal", "container-title"): ("title",),
    ("journal", "ISSN"): ("eissn",),
    ("patent", "title"): ("btitle",),
}
"""Format and variable -> keys that stand for it where its own is not there."""


def _people(fields: Fields) -> dict[str, Value]:
    family, given = first_of(fields, "rft.aulast"), first_of(fields, "rft.aufirst", "rft.auinit")
    suffix = first_of(fields, "rft.ausuffix")
    first = name_of(f"{family}, {given}") if given else Name(literal=family)
    written = all_of(fields, "rft.au", "rft.creator", "rft.inventor")
    others = [_name(text) for text in written]
    authors = [first] if family else []
    if authors and others and others[0].family in (first.family, family):
        others[0] = first
        authors = []
    authors += others
    if authors and suffix and authors[0] == first:
        authors[0] = Name(
            first.family, first.given, dropping_particle=first.dropping_particle, suffix=suffix
        )
    authors += [Name(literal=body) for body in all_of(fields, "rft.aucorp")]
    roles = {"author": authors, "contributor": map(_name, all_of(fields, "rft.contributor"))}
    return {role: names for role, some in roles.items() if (names := tuple(dict.fromkeys(some)))}


def _name(text: str) -> Name:
    """Read a name with or without a comma: `Watson, J D` and `J D Watson`."""
    words = text.split()
    if "," in text or len(words) < 2:
        return name_of(text)
    small = next((place for place, word in enumerate(words) if place and word.islower()), None)
    at = small if small is not None and small < len(words) - 1 else len(words) - 1
    return name_of(f"{' '.join(words[at:])}, {' '.join(words[:at])}")


def _identifiers(fields: Fields) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for identifier in all_of(fields, "rft_id", "rft.identifier"):
        if identifier.startswith("info:pmid/"):
            found["PMID"] = identifier.removeprefix("info:pmid/")
        elif identifier.lower().startswith("urn:isbn:"):
            found["ISBN"] = identifier[len("urn:isbn:") :]
        elif _IS_DOI.match(identifier) and (number := doi(identifier)):
            found.setdefault("DOI", number)
        elif web_address(identifier):
            found.setdefault("URL", identifier)
    return found


def _issued(fields: Fields) -> Date | None:
    text = first_of(fields, "rft.date")
    date = worded_date(text)
    season = _SEASONS.get(first_of(fields, "rft.ssn").lower(), 0)
    if date and date.start and season and not date.start.month:
        return Date(Day(date.start.year, season=season))
    return date or (Date(literal=text) if text else None)


def _pages(fields: Fields) -> str:
    ends = filter(None, (first_of(fields, "rft.spage"), first_of(fields, "rft.epage")))
    return first_of(fields, "rft.pages") or "-".join(dict.fromkeys(ends))


def encode(record: Record) -> Fields:
    """Give the keys and values of a record."""
    return tuple(coins.keys_and_values(record))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a page of empty spans, one for each record."""
    return framed(map(_span, natives), _HEAD, b"\n", _FOOT)


def _span(fields: Fields) -> bytes:
    title = html.escape(urlencode(fields, quote_via=quote))
    return f'<span class="Z3988" title="{title}"></span>'.encode()
