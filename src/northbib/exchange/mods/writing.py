"""From a record to an element of MODS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from northbib.exchange import xml
from northbib.exchange.addresses import is_address
from northbib.exchange.mods.tables import (
    DETAILS,
    HOST_ROLES,
    HOSTS,
    ID,
    IDENTIFIERS,
    MAP,
    MARC_GENRES,
    MODS,
    NOTES,
    OF_HOST,
    RESOURCES,
    ROLES,
    TYPES,
)
from northbib.exchange.pages import page_range
from northbib.exchange.relators import CODES

if TYPE_CHECKING:
    from lxml.etree import _Element

    from northbib.records import Date, Name, Record

__all__ = ["encode"]


def encode(record: Record) -> _Element:
    """Give the element of a record."""
    root = etree.Element(f"{MODS}mods", nsmap=MAP, version="3.8")
    if ID.fullmatch(record.key):
        root.set("ID", record.key)
    _add_title(root, record.plain("title"))
    _add_title(root, record.plain("title-short"), "abbreviated")
    for role in (*ROLES, *(() if _has_host(record) else ("editor",))):
        for name in record.names(role):
            _add_name(root, name, role)
    _add_kind(root, record)
    host = _host(record)
    _add_origin(root, record)
    if tag := record.plain("language"):
        language = xml.add(root, f"{MODS}language")
        xml.add(language, f"{MODS}languageTerm", tag, type="code", authority="rfc5646")
    if count := record.plain("number-of-pages"):
        description = xml.add(root, f"{MODS}physicalDescription")
        xml.add(description, f"{MODS}extent", f"{count} p.")
    _text(root, "abstract", record.plain("abstract"))
    for variable, kind in (("note", ""), *NOTES.items()):
        if variable != "genre":
            for line in record.plain(variable).split("\n"):
                _text(root, "note", line, type=kind)
    for topic in record.keywords:
        xml.add(xml.add(root, f"{MODS}subject"), f"{MODS}topic", topic)
    if host is not None:
        root.append(host)
    _add_series(root, record)
    _add_original(root, record)
    _add_identifiers(root, record, is_in_host=host is not None)
    _add_location(root, record)
    _text(root, "accessCondition", record.plain("license"))
    if host is None:
        _add_part(root, record)
    return root


def _text(parent: _Element, tag: str, text: str, **attributes: str) -> None:
    if text:
        xml.add(parent, f"{MODS}{tag}", text, **attributes)


def _has_host(record: Record) -> bool:
    return record.type in HOSTS or bool(record.plain("container-title"))


def _add_title(parent: _Element, title: str, kind: str = "") -> _Element | None:
    if not title:
        return None
    info = xml.add(parent, f"{MODS}titleInfo", type=kind)
    xml.add(info, f"{MODS}title", title)
    return info


def _add_name(parent: _Element, name: Name, role: str) -> None:
    element = xml.add(parent, f"{MODS}name", type="corporate" if name.literal else "personal")
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    parts = (
        ("", name.literal),
        ("given", name.given),
        ("family", " ".join(part for part in particles if part)),
        ("termsOfAddress", name.suffix),
    )
    for kind, part in parts:
        _text(element, "namePart", part, type=kind)
    code, term = CODES.get(role, ("ctb", "contributor"))
    roles = xml.add(element, f"{MODS}role")
    xml.add(roles, f"{MODS}roleTerm", term, type="text", authority="marcrelator")
    xml.add(roles, f"{MODS}roleTerm", code, type="code", authority="marcrelator")


def _add_kind(root: _Element, record: Record) -> None:
    xml.add(root, f"{MODS}typeOfResource", RESOURCES.get(record.type, "text"))
    genre = TYPES.get(record.type, "document")
    _add_genre(root, genre)
    _text(root, "genre", record.plain("genre"))


def _add_genre(parent: _Element, genre: str) -> None:
    is_marc = genre in MARC_GENRES or genre in ("newspaper", "conference publication")
    xml.add(parent, f"{MODS}genre", genre, authority="marcgt" if is_marc else "local")


def _add_origin(root: _Element, record: Record) -> None:
    origin = etree.Element(f"{MODS}originInfo")
    if place := record.plain("publisher-place"):
        xml.add(xml.add(origin, f"{MODS}place"), f"{MODS}placeTerm", place, type="text")
    _text(origin, "publisher", record.plain("publisher"))
    _add_date(origin, "dateIssued", record.date("issued"))
    _text(origin, "edition", record.plain("edition"))
    if record.type in ("book", "collection", "thesis", "report"):
        xml.add(origin, f"{MODS}issuance", "monographic")
    if len(origin):
        root.append(origin)


def _add_date(parent: _Element, tag: str, date: Date | None) -> None:
    if date is None:
        return
    if date.literal:
        _text(parent, tag, date.literal)
        return
    circa = "approximate" if date.circa else ""
    points = ("start", "end") if date.start and date.end else ("",)
    for point, day in zip(points, (date.start, date.end), strict=False):
        if day is not None:
            # W3C's form has no seasons, and no years beyond four digits.
            form = "edtf" if day.season or not 0 < day.year < 10000 else "w3cdtf"
            text = day.edtf()
            _text(parent, tag, text, encoding=form, point=point, qualifier=circa)


def _host(record: Record) -> _Element | None:
    if not _has_host(record):
        return None
    host = etree.Element(f"{MODS}relatedItem", type="host")
    _add_title(host, record.plain("container-title"))
    _add_title(host, record.plain("container-title-short"), "abbreviated")
    for role in HOST_ROLES:
        for name in record.names(role):
            _add_name(host, name, "author" if role == "container-author" else role)
    for genre in HOSTS.get(record.type, ()):
        _add_genre(host, genre)
    if record.type.startswith("article"):
        xml.add(xml.add(host, f"{MODS}originInfo"), f"{MODS}issuance", "continuing")
    for variable in sorted(OF_HOST):
        _text(host, "identifier", record.plain(variable), type=IDENTIFIERS[variable])
    _add_part(host, record)
    return host if len(host) else None


def _add_part(parent: _Element, record: Record) -> None:
    part = etree.Element(f"{MODS}part")
    kinds = {variable: kind for kind, variable in reversed(DETAILS.items())} | {"number": "number"}
    kinds["issue"] = "issue"
    for variable in ("volume", "issue", "number", "chapter-number", "section", "version"):
        if text := record.plain(variable):
            detail = xml.add(part, f"{MODS}detail", type=kinds[variable])
            xml.add(detail, f"{MODS}number", text)
    if page := record.plain("page"):
        extent = xml.add(part, f"{MODS}extent", unit="pages")
        if ends := page_range(page):
            xml.add(extent, f"{MODS}start", ends[0])
            xml.add(extent, f"{MODS}end", ends[1])
        else:
            xml.add(extent, f"{MODS}list" if "," in page else f"{MODS}start", page)
    if len(part):
        parent.append(part)


def _add_series(root: _Element, record: Record) -> None:
    title, number = record.plain("collection-title"), record.plain("collection-number")
    editors = record.names("collection-editor")
    if not (title or number or editors):
        return
    series = xml.add(root, f"{MODS}relatedItem", type="series")
    info = xml.add(series, f"{MODS}titleInfo")
    if title:
        xml.add(info, f"{MODS}title", title)
    _text(info, "partNumber", number)
    for name in editors:
        _add_name(series, name, "editor")


def _add_original(root: _Element, record: Record) -> None:
    original = etree.Element(f"{MODS}relatedItem", type="original")
    _add_title(original, record.plain("original-title"))
    origin = etree.Element(f"{MODS}originInfo")
    if place := record.plain("original-publisher-place"):
        xml.add(xml.add(origin, f"{MODS}place"), f"{MODS}placeTerm", place, type="text")
    _text(origin, "publisher", record.plain("original-publisher"))
    _add_date(origin, "dateIssued", record.date("original-date"))
    if len(origin):
        original.append(origin)
    if len(original):
        root.append(original)


def _add_identifiers(root: _Element, record: Record, *, is_in_host: bool) -> None:
    for variable, kind in IDENTIFIERS.items():
        if not (is_in_host and variable in OF_HOST):
            _text(root, "identifier", record.plain(variable), type=kind)
    _text(root, "identifier", record.key, type="citekey")


def _add_location(root: _Element, record: Record) -> None:
    url, accessed = record.plain("URL"), record.date("accessed")
    url = url if is_address(url) else ""
    archive, shelf = record.plain("archive"), record.plain("call-number")
    if archive or shelf or url:
        location = xml.add(root, f"{MODS}location")
        _text(location, "physicalLocation", archive)
        _text(location, "shelfLocator", shelf)
        _text(location, "url", url, dateLastAccessed=accessed.edtf() if accessed else "")
