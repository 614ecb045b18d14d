"""From a record to a `biblStruct` of TEI, its parts in the order of the Guidelines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lxml import etree

from northbib.exchange import xml
from northbib.exchange.tei.terms import (
    IDNOS,
    IN_HOST,
    MARKUP,
    NAMESPACE,
    RESPONSIBLE,
    SCOPES,
    TEI,
    TYPES,
    XML,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

    from northbib.records import Date, Name, Record

__all__ = ["encode"]

_MAP = cast("dict[str, str]", {None: NAMESPACE})
_LEVELS = {"article-journal": "j", "article-magazine": "j", "article-newspaper": "j"}
_RANGE = re.compile(r"(?P<first>[^-–,;]+)[-–](?P<last>[^-–,;]+)")


_ID = re.compile(r"[A-Za-z_][\w.-]*")


def encode(record: Record) -> _Element:
    """Give the `biblStruct` of a record."""
    root = etree.Element(f"{TEI}biblStruct", nsmap=_MAP)
    root.set("type", TYPES.get(record.type, "document"))
    if _ID.fullmatch(record.key):
        root.set(f"{XML}id", record.key)
    host = record.type in IN_HOST or bool(record.plain("container-title"))
    if host:
        _add_analytic(root, record)
    _add_monograph(root, record, is_host=host)
    _add_series(root, record)
    if url := record.plain("URL"):
        xml.add(root, f"{TEI}ptr", target=url)
    for line in record.text("note").split("\n"):
        if line:
            MARKUP.add(root, f"{TEI}note", line)
    for kind in ("abstract", "genre"):
        if text := record.text(kind):
            MARKUP.add(root, f"{TEI}note", text, type=kind)
    if record.keywords:
        topics = xml.add(root, f"{TEI}note", type="tags")
        for topic in record.keywords:
            xml.add(topics, f"{TEI}note", topic, type="tag")
    return root


def _add_titles(parent: _Element, record: Record, level: str) -> None:
    if title := record.text("title"):
        element = MARKUP.add(parent, f"{TEI}title", title, level=level)
        if language := record.plain("language"):
            element.set(f"{XML}lang", xml.writable(language))
    if short := record.text("title-short"):
        MARKUP.add(parent, f"{TEI}title", short, level=level, type="short")


def _add_analytic(root: _Element, record: Record) -> None:
    analytic = xml.add(root, f"{TEI}analytic")
    _add_titles(analytic, record, "a")
    _add_people(analytic, "author", record.names())
    _add_responsible(analytic, record)
    _add_idnos(analytic, record, ("DOI", "PMID", "PMCID"))


def _add_monograph(root: _Element, record: Record, *, is_host: bool) -> None:
    whole = xml.add(root, f"{TEI}monogr")
    if is_host:
        level = _LEVELS.get(record.type, "m")
        if title := record.text("container-title"):
            MARKUP.add(whole, f"{TEI}title", title, level=level)
        if short := record.text("container-title-short"):
            MARKUP.add(whole, f"{TEI}title", short, level=level, type="short")
        _add_people(whole, "author", record.names("container-author"))
        _add_people(whole, "editor", record.names("editor"))
    else:
        _add_titles(whole, record, "m")
        _add_people(whole, "author", record.names())
        _add_people(whole, "editor", record.names("editor"))
        _add_responsible(whole, record)
    in_analytic = ("DOI", "PMID", "PMCID") if is_host else ()
    _add_idnos(whole, record, tuple(name for name in IDNOS if name not in in_analytic))
    _add_meeting(whole, record)
    if edition := record.plain("edition"):
        xml.add(whole, f"{TEI}edition", edition)
    imprint = xml.add(whole, f"{TEI}imprint")
    if place := record.plain("publisher-place"):
        xml.add(imprint, f"{TEI}pubPlace", place)
    if publisher := record.text("publisher"):
        MARKUP.add(imprint, f"{TEI}publisher", publisher)
    _add_scopes(imprint, record)
    dates = (("issued", ""), ("original-date", "original"), ("accessed", "accessed"))
    for variable, kind in dates:
        _add_date(imprint, record.date(variable), kind)
    if count := record.plain("number-of-pages"):
        xml.add(whole, f"{TEI}extent", f"{count} pages")


def _add_people(parent: _Element, tag: str, names: Iterable[Name], role: str = "") -> None:
    for name in names:
        element = xml.add(parent, f"{TEI}{tag}", role=role)
        _add_name(element, name)


def _add_name(element: _Element, name: Name) -> None:
    if name.literal:
        xml.add(element, f"{TEI}orgName", name.literal)
        return
    person = xml.add(element, f"{TEI}persName")
    family = " ".join(part for part in (name.non_dropping_particle, name.family) if part)
    parts = (
        ("forename", name.given),
        ("nameLink", name.dropping_particle),
        ("surname", family),
        ("genName", name.suffix),
    )
    for tag, part in parts:
        if part:
            xml.add(person, f"{TEI}{tag}", part)


def _add_responsible(parent: _Element, record: Record) -> None:
    for role in RESPONSIBLE:
        _add_people(parent, "editor", record.names(role), role)


def _add_idnos(parent: _Element, record: Record, variables: tuple[str, ...]) -> None:
    for variable in variables:
        if text := record.plain(variable):
            xml.add(parent, f"{TEI}idno", text, type=IDNOS[variable])


def _add_meeting(whole: _Element, record: Record) -> None:
    title = record.text("event-title")
    if not title:
        return
    meeting = MARKUP.add(whole, f"{TEI}meeting", title)
    if place := record.plain("event-place"):
        xml.add(meeting, f"{TEI}placeName", place)
    _add_date(meeting, record.date("event-date"), "")


def _add_scopes(imprint: _Element, record: Record) -> None:
    for variable, unit in SCOPES.items():
        if text := record.plain(variable):
            scope = xml.add(imprint, f"{TEI}biblScope", text, unit=unit)
            match = _RANGE.fullmatch(text) if variable == "page" else None
            if match is not None and " " not in text:
                scope.set("from", xml.writable(match["first"]))
                scope.set("to", xml.writable(match["last"]))


def _add_date(parent: _Element, date: Date | None, kind: str) -> None:
    if date is None:
        return
    element = xml.add(parent, f"{TEI}date", date.edtf(), type=kind)
    ends = [(name, day) for name, day in (("from", date.start), ("to", date.end)) if day]
    if date.literal or any(day.season or not 0 < day.year < 10000 for _, day in ends):
        return
    if date.is_range:
        for name, day in ends:
            element.set(name, day.edtf())
    elif date.start is not None:
        element.set("when", date.start.edtf())
    if date.circa:
        element.set("cert", "medium")


def _add_series(root: _Element, record: Record) -> None:
    title, number = record.text("collection-title"), record.plain("collection-number")
    editors = record.names("collection-editor")
    if not (title or number or editors):
        return
    series = xml.add(root, f"{TEI}series")
    if title:
        MARKUP.add(series, f"{TEI}title", title, level="s")
    _add_people(series, "editor", editors)
    if number:
        xml.add(series, f"{TEI}biblScope", number, unit="volume")
