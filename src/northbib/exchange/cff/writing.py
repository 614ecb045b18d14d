"""From a record to a reference of the Citation File Format, in the forms that its schema has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from northbib.exchange.cff.terms import (
    IN_BOOK,
    KEY,
    NOBODY,
    OWN_TYPES,
    PEOPLE,
    PERSON,
    STATES,
    TEXTS,
    TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.records import Name, Record

__all__ = ["encode"]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PAGES = re.compile(r"([^-–,\s]+)\s*[-–]+\s*([^-–,\s]+)")
_FORMS: dict[str, re.Pattern[str]] = {
    "doi": re.compile(r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", re.ASCII),
    "isbn": re.compile(r"[0-9\- ]{10,17}X?", re.ASCII),
    "issn": re.compile(r"\d{4}-\d{3}[\dxX]", re.ASCII),
    "pmcid": re.compile(r"PMC[0-9]{7}", re.ASCII),
    "url": re.compile(r"(?:https?|s?ftp)://\S+"),
    "pages": re.compile(r"[1-9][0-9]{0,8}", re.ASCII),
    "number-volumes": re.compile(r"[1-9][0-9]{0,8}", re.ASCII),
}
"""Members that the schema gives a form, as a text or a whole number."""

_NUMBERS = {"pages", "number-volumes"}


def encode(record: Record) -> dict[str, Any]:
    """Give the reference of a record."""
    reference: dict[str, Any] = {
        "type": TYPES.get(record.type, "generic"),
        "title": record.plain("title") or "[no title]",
        "authors": [{"name": NOBODY}],
    }
    reference |= {
        member: people
        for variable, member in PEOPLE.items()
        if (people := _written_names(record.names(variable)))
    }
    reference |= dict(_written_texts(record))
    reference |= _written_bodies(record)
    reference |= _written_dates(record)
    if record.keywords:
        reference["keywords"] = list(dict.fromkeys(record.keywords))
    if record.key:
        identifier = {"type": "other", "value": record.key, "description": KEY}
        reference["identifiers"] = [identifier]
    reference["notes"] = record.plain("note")
    return {member: value for member, value in reference.items() if value}


def _written_names(names: Iterable[Name]) -> list[dict[str, str]]:
    people: list[dict[str, str]] = []
    for person in map(_written_name, names):
        # The schema has each only once.
        if person not in people:
            people.append(person)
    return people


def _written_name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"name": name.literal}
    parts = {member: getattr(name, own) for own, member in PERSON.items()}
    particles = (name.dropping_particle, name.non_dropping_particle)
    parts["name-particle"] = " ".join(filter(None, particles))
    return {member: text for member, text in parts.items() if text}


def _written_texts(record: Record) -> Iterator[tuple[str, Any]]:
    for variable, member in TEXTS.items():
        text = record.plain(variable)
        form = _FORMS.get(member)
        if text and (form is None or form.fullmatch(text)):
            yield member, int(text) if member in _NUMBERS else text
    if pages := _PAGES.fullmatch(record.plain("page")):
        yield from (("start", pages[1]), ("end", pages[2]))
    elif (page := record.plain("page")) and "-" not in page:
        yield "start", page
    container, series = record.plain("container-title"), record.plain("collection-title")
    if record.type in IN_BOOK:
        yield "collection-title", container
    else:
        yield from (("journal", container), ("collection-title", series))
    if state := STATES.get(record.plain("status")):
        yield "status", state
    language = record.plain("language").partition("-")[0]
    if re.fullmatch(r"[a-z]{2,3}", language):
        yield "languages", [language]


def _written_bodies(record: Record) -> dict[str, Any]:
    publisher, place = record.plain("publisher"), record.plain("publisher-place")
    meeting, where = record.plain("event-title"), record.plain("event-place")
    written: dict[str, Any] = {}
    if publisher:
        member = "institution" if record.type in ("thesis", "report") else "publisher"
        written[member] = {"name": publisher, **({"city": place} if place else {})}
    if meeting:
        date = record.date("event-date")
        days = [day.edtf() for day in (date.start, date.end) if day] if date else []
        ends = dict(zip(("date-start", "date-end"), days, strict=False))
        dates = ends if all(map(_DAY.fullmatch, days)) else {}
        written["conference"] = {
            "name": meeting,
            **({"location": where} if where else {}),
            **dates,
        }
    return written


def _written_dates(record: Record) -> dict[str, Any]:
    written: dict[str, Any] = {}
    issued, seen = record.date("issued"), record.date("accessed")
    first = record.date("original-date")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        text = issued.start.edtf()
        member = "date-released" if record.type in OWN_TYPES else "date-published"
        if _DAY.fullmatch(text):
            written[member] = text
        else:
            months = {"month": issued.start.month} if issued.start.month else {}
            written |= {"year": issued.start.year, **months}
    if seen is not None and seen.start is not None and _DAY.fullmatch(seen.start.edtf()):
        written["date-accessed"] = seen.start.edtf()
    if first is not None and first.start is not None and first.start.year > 0:
        written["year-original"] = first.start.year
    return written
