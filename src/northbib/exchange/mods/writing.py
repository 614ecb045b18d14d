"""From a record to an element of MODS."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from northbib.exchange.addresses import is_address
from northbib.exchange.mods.tables import (
    DETAIL_OF,
    HOSTS,
    ID,
    IDENTIFIERS,
    MARC_GENRES,
    NOTES,
    OF_HOST,
    RESOURCES,
    ROLES,
    TYPES,
)
from northbib.exchange.pages import page_range
from northbib.exchange.plain_xml import Element, add
from northbib.exchange.relators import CODES
from northbib.exchange.xml import writable

if TYPE_CHECKING:
    from northbib.records import Date, Name, Record

__all__ = ["element_of_name", "encode"]

_NAMES_KEPT = 1 << 12


def encode(record: Record) -> Element:
    """Give the element of a record."""
    root = Element("mods", version="3.8")
    if ID.fullmatch(record.key):
        root.set("ID", record.key)
    _add_title(root, record.plain("title"))
    _add_title(root, record.plain("title-short"), "abbreviated")
    for role in ROLES:
        if role in record.values and not (role == "editor" and _has_host(record)):
            _add_names(root, record, role)
    _add_kind(root, record)
    host = _host(record)
    _add_origin(root, record)
    if tag := record.plain("language"):
        language = add(root, "language")
        add(language, "languageTerm", tag, type="code", authority="rfc5646")
    if count := record.plain("number-of-pages"):
        description = add(root, "physicalDescription")
        add(description, "extent", f"{count} p.")
    _text(root, "abstract", record.plain("abstract"))
    for variable, kind in (("note", ""), *NOTES.items()):
        if variable != "genre":
            for line in record.plain(variable).split("\n"):
                _text(root, "note", line, type=kind)
    for topic in record.keywords:
        add(add(root, "subject"), "topic", topic)
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


def _text(parent: Element, tag: str, text: str, **attributes: str) -> None:
    if text:
        add(parent, tag, text, **attributes)


def _has_host(record: Record) -> bool:
    return record.type in HOSTS or bool(record.plain("container-title"))


def _add_title(parent: Element, title: str, kind: str = "") -> Element | None:
    if not title:
        return None
    info = add(parent, "titleInfo", type=kind)
    add(info, "title", title)
    return info


def _add_names(parent: Element, record: Record, variable: str, role: str = "") -> None:
    for name in record.names(variable):
        parent.append(element_of_name(name, role or variable))


# Elements may stand in several records, since none is changed but that of a record.
@lru_cache(_NAMES_KEPT)
def element_of_name(name: Name, role: str) -> Element:
    """Give the element of a name, with its role by a name variable."""
    element = Element("name", type="corporate" if name.literal else "personal")
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    parts = (
        ("", name.literal),
        ("given", name.given),
        ("family", " ".join(part for part in particles if part)),
        ("termsOfAddress", name.suffix),
    )
    for kind, part in parts:
        _text(element, "namePart", part, type=kind)
    element.append(_role(role))
    return element


@cache
def _role(role: str) -> Element:
    code, term = CODES.get(role, ("ctb", "contributor"))
    element = Element("role")
    add(element, "roleTerm", term, type="text", authority="marcrelator")
    add(element, "roleTerm", code, type="code", authority="marcrelator")
    return element


def _add_kind(root: Element, record: Record) -> None:
    add(root, "typeOfResource", RESOURCES.get(record.type, "text"))
    genre = TYPES.get(record.type, "document")
    _add_genre(root, genre)
    _text(root, "genre", record.plain("genre"))


def _add_genre(parent: Element, genre: str) -> None:
    is_marc = genre in MARC_GENRES or genre in ("newspaper", "conference publication")
    add(parent, "genre", genre, authority="marcgt" if is_marc else "local")


def _add_origin(root: Element, record: Record) -> None:
    origin = Element("originInfo")
    if place := record.plain("publisher-place"):
        add(add(origin, "place"), "placeTerm", place, type="text")
    _text(origin, "publisher", record.plain("publisher"))
    _add_date(origin, "dateIssued", record.date("issued"))
    _text(origin, "edition", record.plain("edition"))
    if record.type in ("book", "collection", "thesis", "report"):
        add(origin, "issuance", "monographic")
    if len(origin):
        root.append(origin)


def _add_date(parent: Element, tag: str, date: Date | None) -> None:
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


def _host(record: Record) -> Element | None:
    if not _has_host(record):
        return None
    host = Element("relatedItem", type="host")
    _add_title(host, record.plain("container-title"))
    _add_title(host, record.plain("container-title-short"), "abbreviated")
    _add_names(host, record, "container-author", "author")
    _add_names(host, record, "editor")
    for genre in HOSTS.get(record.type, ()):
        _add_genre(host, genre)
    if record.type.startswith("article"):
        add(add(host, "originInfo"), "issuance", "continuing")
    for variable in sorted(OF_HOST):
        _text(host, "identifier", record.plain(variable), type=IDENTIFIERS[variable])
    _add_part(host, record)
    return host if len(host) else None


def _add_part(parent: Element, record: Record) -> None:
    part = Element("part")
    for variable, kind in DETAIL_OF.items():
        if text := record.plain(variable):
            detail = add(part, "detail", type=kind)
            add(detail, "number", text)
    if page := record.plain("page"):
        extent = add(part, "extent", unit="pages")
        if ends := page_range(page):
            add(extent, "start", ends[0])
            add(extent, "end", ends[1])
        else:
            add(extent, "list" if "," in page else "start", page)
    if len(part):
        parent.append(part)


def _add_series(root: Element, record: Record) -> None:
    title, number = record.plain("collection-title"), record.plain("collection-number")
    if not (title or number or "collection-editor" in record.values):
        return
    series = add(root, "relatedItem", type="series")
    info = add(series, "titleInfo")
    if title:
        add(info, "title", title)
    _text(info, "partNumber", number)
    _add_names(series, record, "collection-editor", "editor")


def _add_original(root: Element, record: Record) -> None:
    original = Element("relatedItem", type="original")
    _add_title(original, record.plain("original-title"))
    origin = Element("originInfo")
    if place := record.plain("original-publisher-place"):
        add(add(origin, "place"), "placeTerm", place, type="text")
    _text(origin, "publisher", record.plain("original-publisher"))
    _add_date(origin, "dateIssued", record.date("original-date"))
    if len(origin):
        original.append(origin)
    if len(original):
        root.append(original)


def _add_identifiers(root: Element, record: Record, *, is_in_host: bool) -> None:
    for variable, kind in IDENTIFIERS.items():
        if not (is_in_host and variable in OF_HOST):
            _text(root, "identifier", record.plain(variable), type=kind)
    _text(root, "identifier", record.key, type="citekey")


def _add_location(root: Element, record: Record) -> None:
    url, accessed = record.plain("URL"), record.date("accessed")
    url = url if is_address(url) else ""
    seen = writable(accessed.edtf()) if accessed else ""
    archive, shelf = record.plain("archive"), record.plain("call-number")
    if archive or shelf or url:
        location = add(root, "location")
        _text(location, "physicalLocation", archive)
        _text(location, "shelfLocator", shelf)
        _text(location, "url", url, dateLastAccessed=seen)
