"""From a record to a `ref` of JATS, its parts in the order in which citations have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.exchange import xml
from northbib.exchange.jats.terms import (
    GROUP_OF,
    HAS_CONTAINER,
    LANG,
    MARKUP,
    PUB_IDS,
    TEXTS,
    TYPES,
    XLINK,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from northbib.records import Name, Record

__all__ = ["encode"]

_ID = re.compile(r"[A-Za-z_][\w.-]*")
_RANGE = re.compile(r"(?P<first>[^-–,;]+)[-–](?P<last>[^-–,;]+)")


def encode(record: Record) -> _Element:
    """Give the `ref` of a record."""
    root = etree.Element("ref", nsmap={"xlink": "http://www.w3.org/1999/xlink"})
    if _ID.fullmatch(record.key):
        root.set("id", record.key)
    kind = TYPES.get(record.type, "other")
    citation = xml.add(root, "element-citation")
    citation.set("publication-type", kind)
    for role in GROUP_OF:
        _add_group(citation, role, record.names(role))
    _add_titles(citation, record)
    for variable, tag in TEXTS.items():
        if text := record.text(variable):
            MARKUP.add(citation, tag, text)
    _add_dates(citation, record)
    _add_pages(citation, record)
    _add_identifiers(citation, record)
    for line in record.text("note").split("\n"):
        if line:
            MARKUP.add(citation, "comment", line)
    return root


def _add(parent: _Element, tag: str, text: str, attribute: str, value: str) -> _Element:
    child = xml.add(parent, tag, text)
    child.set(attribute, value)
    return child


def _add_identifiers(citation: _Element, record: Record) -> None:
    for variable, id_type in PUB_IDS.items():
        if text := record.plain(variable):
            _add(citation, "pub-id", text, "pub-id-type", id_type)
    if number := record.plain("number"):
        if record.type == "patent":
            xml.add(citation, "patent", number)
        elif record.type == "standard":
            xml.add(citation, "std", number)
    if url := record.plain("URL"):
        link = _add(citation, "ext-link", url, "ext-link-type", "uri")
        link.set(XLINK, xml.writable(url))


def _add_group(citation: _Element, role: str, names: tuple[Name, ...]) -> None:
    if not names:
        return
    group = xml.add(citation, "person-group")
    group.set("person-group-type", GROUP_OF[role])
    for name in names:
        if name.literal:
            xml.add(group, "collab", name.literal)
            continue
        person = xml.add(group, "name")
        particles = (name.dropping_particle, name.non_dropping_particle, name.family)
        xml.add(person, "surname", " ".join(part for part in particles if part))
        for tag, part in (("given-names", name.given), ("suffix", name.suffix)):
            if part:
                xml.add(person, tag, part)


def _add_titles(citation: _Element, record: Record) -> None:
    title, container = record.text("title"), record.text("container-title")
    if container or record.type in HAS_CONTAINER - {"webpage", "post", "post-weblog", "dataset"}:
        in_book = TYPES.get(record.type) == "book"
        own = "chapter-title" if in_book else "article-title"
        own = "data-title" if record.type == "dataset" else own
        titles = ((own, title), ("source", container))
    else:
        titles = (("source", title), ("", ""))
    for tag, text in titles:
        if text:
            element = MARKUP.add(citation, tag, text)
            if (language := record.plain("language")) and text == title:
                element.set(LANG, xml.writable(language))


def _add_dates(citation: _Element, record: Record) -> None:
    issued = record.date("issued")
    day = issued.start if issued else None
    if issued is not None and day is not None and 0 < day.year < 10000:
        year = xml.add(citation, "year", f"{day.year:04d}")
        year.set("iso-8601-date", issued.edtf())
        if day.month:
            xml.add(citation, "month", f"{day.month:02d}")
        if day.day:
            xml.add(citation, "day", f"{day.day:02d}")
    elif issued is not None:
        xml.add(citation, "year", issued.edtf())
    accessed, event = record.date("accessed"), record.date("event-date")
    if accessed is not None:
        element = xml.add(citation, "date-in-citation", accessed.edtf())
        element.set("content-type", "access-date")
        element.set("iso-8601-date", accessed.edtf())
    if event is not None:
        _add(citation, "conf-date", event.edtf(), "iso-8601-date", event.edtf())


def _add_pages(citation: _Element, record: Record) -> None:
    page = record.plain("page")
    match = _RANGE.fullmatch(page)
    if match is not None:
        xml.add(citation, "fpage", match["first"].strip())
        xml.add(citation, "lpage", match["last"].strip())
    elif page:
        xml.add(citation, "page-range" if re.search(r"[,;]", page) else "fpage", page)
    if count := record.plain("number-of-pages"):
        _add(citation, "size", count, "units", "pages")
