"""From an element of MODS to a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.extents import page_count
from northbib.exchange.keeping import with_kept
from northbib.exchange.languages import tag_of
from northbib.exchange.mods.tables import (
    DETAILS,
    HOSTS,
    IN_HOST,
    NOTES,
    OF_HOST,
    OUR_NOTE,
    TITLE_PARTS,
    TYPE_OF,
    TYPE_OF_RESOURCE,
    TYPED,
    VARIABLE_OF,
    YEAR,
)
from northbib.exchange.people import name_of, without_dates
from northbib.exchange.plain_xml import all_in, child_text, text_of, whole_text
from northbib.exchange.relators import role_of
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.exchange.plain_xml import Element
    from northbib.records import Value

__all__ = ["decode", "name_of_element"]

_NUMERAL = re.compile(r"[IVXLC]+\.?")
_NUMBER_OF_BOOK = re.compile(r"[\dXx][\dXx -]{8,16}(?=\s|$)")
_NO_END = "9999"


def decode(native: Element) -> Record:
    """Give the record of an element."""
    host = _related(native, "host")
    series = _related(native, "series")
    if series is None and host is not None:
        series = _related(host, "series")
    values: dict[str, Value] = {}
    _set_titles(values, native, host, series)
    _set_names(values, native, host)
    _set_origin(values, native, host)
    _set_part(values, native, host)
    _set_identifiers(values, native, host)
    _set_rest(values, native)
    kind = _type(native, host)
    if host is not None and _is_collection(host) and "archive_collection" not in values:
        values["archive_collection"] = values.pop("container-title", "")
    _divide_number(values, kind)
    genre = _genre(native)
    if genre:
        values["genre"] = genre
    own = _notes(native, OUR_NOTE)
    record = Record(_key(native), kind, {n: v for n, v in values.items() if v}, _topics(native))
    return with_kept(record, own)


def _related(element: Element, kind: str) -> Element | None:
    return next((each for each in element.findall("relatedItem") if each.get("type") == kind), None)


def _key(native: Element) -> str:
    written = [e for e in native.findall("identifier") if e.get("type") == "citekey"]
    return text_of(written[0]) if written else native.get("ID", "")


def _title(
    element: Element | None, kind: str | None = None, parts: Sequence[str] = TITLE_PARTS
) -> str:
    """Give the title of an element: with what is not sorted by, subtitle and parts."""
    if element is None:
        return ""
    for info in element.findall("titleInfo"):
        if info.get("type") != kind:
            continue
        lead = whole_text(info.find("nonSort"))
        title = child_text(info, "title")
        first = f"{lead}{title}" if lead.endswith(("'", "’", "-")) else f"{lead} {title}"
        of_parts = [child_text(info, part) for part in parts]
        subtitle = child_text(info, "subTitle")
        whole = f"{first.strip()}: {subtitle}" if subtitle else first.strip()
        return ". ".join(part for part in (" ".join(whole.split()), *of_parts) if part)
    return ""


def _set_titles(
    values: dict[str, Value], native: Element, host: Element | None, series: Element | None
) -> None:
    values["title"] = _title(native)
    values["title-short"] = _title(native, "abbreviated")
    values["original-title"] = _title(_related(native, "original"))
    values["container-title"] = _title(host)
    values["container-title-short"] = _title(host, "abbreviated")
    if series is not None:
        info = series.find("titleInfo")
        values["collection-number"] = "" if info is None else child_text(info, "partNumber")
        values["collection-title"] = _title(series, parts=("partName",))
        values["collection-editor"] = tuple(
            name_of_element(each) for each in series.findall("name")
        )


def _set_names(values: dict[str, Value], native: Element, host: Element | None) -> None:
    places: tuple[tuple[Element | None, str], ...] = ((native, "author"), (host, "editor"))
    for element, roles in places:
        for each in element.findall("name") if element is not None else ():
            role = _role(each, roles)
            if not role:
                values.setdefault("publisher", name_of_element(each).literal)
                continue
            if element is host and role == "author":
                role = "container-author"
            named = values.get(role, ())
            name = name_of_element(each)
            if name != Name() and isinstance(named, tuple) and name not in named:
                values[role] = (*named, name)


def _role(name: Element, usual: str) -> str:
    """Give the name variable of a name, "" for who published the work."""
    terms = [text_of(term) for term in all_in(name, "role", "roleTerm")]
    terms += [text_of(role) for role in name.findall("role") if not len(role)]
    known = next(filter(None, map(role_of, terms)), "")
    if not known and any(term.lower().strip(" .") in ("pbl", "publisher") for term in terms):
        return ""
    return known or ("contributor" if any(terms) else usual)


def name_of_element(element: Element) -> Name:
    """Give the name that an element `name` holds."""
    parts: dict[str, list[str]] = {}
    for part in element.findall("namePart"):
        parts.setdefault(part.get("type") or "", []).append(text_of(part))
    given, suffix = " ".join(parts.get("given", ())), " ".join(parts.get("termsOfAddress", ()))
    if "family" in parts:
        family = " ".join(parts["family"])
        if " " not in family and "," not in family:
            return Name(family, given, suffix=suffix)
        read_name = name_of(f"{family}, x")
        return Name(
            read_name.family, given, dropping_particle=read_name.dropping_particle, suffix=suffix
        )
    if element.get("type") in ("corporate", "conference"):
        steps = [*parts.get("", ()), *parts.get("given", ())]
        *above, last = steps or [child_text(element, "displayForm")]
        return Name(literal=". ".join([*(step.rstrip(" .,") for step in above), last.rstrip(",")]))
    whole = without_dates(" ".join((*parts.get("", ()), *parts.get("given", ()))))
    if "," in whole:
        return name_of(f"{whole}, {suffix}" if suffix else whole)
    first, _, last = whole.rpartition(" ")
    if element.get("type") == "personal" and first and not _NUMERAL.fullmatch(last):
        return Name(last, first, suffix=suffix)
    return Name(literal=whole or child_text(element, "displayForm"))


def _set_origin(values: dict[str, Value], native: Element, host: Element | None) -> None:
    for element in (native, host):
        for origin in element.findall("originInfo") if element is not None else ():
            if origin.get("eventType") not in (None, "", "publication", "production"):
                continue
            _set_default(values, "publisher", child_text(origin, "publisher"))
            _set_default(values, "publisher-place", _place(origin))
            _set_default(values, "edition", child_text(origin, "edition"))
            _set_default(values, "issued", _date(origin, "dateIssued", "copyrightDate"))
            _set_default(values, "issued", _date(origin, "dateCreated"))
    part = None if host is None else host.find("part")
    if part is not None:
        _set_default(values, "issued", _date(part, "date"))
    original = _related(native, "original")
    for first in original.findall("originInfo") if original is not None else ():
        _set_default(values, "original-date", _date(first, "dateIssued"))
        _set_default(values, "original-publisher", child_text(first, "publisher"))
        _set_default(values, "original-publisher-place", _place(first))


def _set_default(values: dict[str, Value], variable: str, value: Value | None) -> None:
    if value:
        values.setdefault(variable, value)


def _place(origin: Element) -> str:
    terms = all_in(origin, "place", "placeTerm")
    return "; ".join(text_of(term) for term in terms if term.get("type") != "code")


def _date(parent: Element, *tags: str) -> Date | None:
    for tag in tags:
        found = parent.findall(tag)
        if not found:
            continue
        points = {each.get("point"): each for each in found}
        if "start" in points and "end" in points:
            ends = [text_of(points[point]) for point in ("start", "end")]
            return Date.parse("/".join(".." if end == _NO_END else end for end in ends))
        chosen = next(
            (e for e in found if e.get("encoding") in ("w3cdtf", "edtf", "iso8601")), None
        )
        chosen = chosen if chosen is not None else next(iter(found), None)
        if chosen is not None and (text := text_of(chosen)):
            return _read_date(text, is_circa=chosen.get("qualifier") in ("approximate", "inferred"))
    return None


def _read_date(text: str, *, is_circa: bool) -> Date:
    date = Date.parse(text)
    if date.literal and text.isdecimal() and len(text) == 8:
        date = Date.parse(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    years = YEAR.findall(text)
    if date.literal and len(set(years)) == 1:
        date = Date(Day(int(years[0])))
    if is_circa and date.start is not None:
        return Date(date.start, date.end, is_range=date.is_range, circa=True)
    return date


def _set_part(values: dict[str, Value], native: Element, host: Element | None) -> None:
    for element in (host, native):
        for part in element.findall("part") if element is not None else ():
            for detail in part.findall("detail"):
                number = child_text(detail, "number") or text_of(detail)
                variable = DETAILS.get((detail.get("type") or "").lower())
                if variable:
                    _set_default(values, variable, number)
            for extent in part.findall("extent"):
                _set_default(values, "page", _extent(extent))
    for extent in all_in(native, "physicalDescription", "extent"):
        _set_default(values, "number-of-pages", page_count(text_of(extent)))


def _extent(extent: Element) -> str:
    start, end = child_text(extent, "start"), child_text(extent, "end")
    if start:
        return f"{start}-{end}" if end and end != start else start
    return child_text(extent, "list")


def _set_identifiers(values: dict[str, Value], native: Element, host: Element | None) -> None:
    for element in (native, host):
        for each in element.findall("identifier") if element is not None else ():
            kind, text = (each.get("type") or "").lower(), text_of(each)
            variable = VARIABLE_OF.get(kind, "")
            if variable and (element is native or variable in OF_HOST):
                book = _NUMBER_OF_BOOK.match(text) if kind == "isbn" else None
                number = book[0].strip() if book and "(" in text else text
                _set_default(values, variable, number.removeprefix("https://doi.org/"))
            if kind in ("uri", "url", "hdl") and element is native and "://" in text:
                _set_default(values, "URL", text)
    for url in all_in(native, "location", "url"):
        if not values.get("URL"):
            _set_default(values, "URL", text_of(url))
        accessed = url.get("dateLastAccessed")
        if accessed:
            _set_default(values, "accessed", Date.parse(accessed))


def _set_rest(values: dict[str, Value], native: Element) -> None:
    values["abstract"] = child_text(native, "abstract")
    values["license"] = child_text(native, "accessCondition")
    values["archive"] = child_text(native, "location", "physicalLocation")
    values["call-number"] = child_text(native, "location", "shelfLocator")
    languages = all_in(native, "language", "languageTerm")
    if languages:
        coded = [each for each in languages if each.get("type") == "code"] or languages
        values["language"] = tag_of(text_of(coded[0]))
    for variable, kind in NOTES.items():
        _set_default(values, variable, "\n".join(_notes(native, kind)))
    notes = [e for e in native.findall("note") if (e.get("type") or "") not in TYPED]
    values["note"] = "\n".join(filter(None, map(text_of, notes)))


def _notes(native: Element, kind: str) -> list[str]:
    return [whole_text(note).strip() for note in native.findall("note") if note.get("type") == kind]


def _topics(native: Element) -> tuple[str, ...]:
    found = all_in(native, "subject", "topic")
    return tuple(dict.fromkeys(filter(None, map(text_of, found))))


def _genres(element: Element | None) -> list[str]:
    found = element.findall("genre") if element is not None else []
    return [text_of(genre) for genre in found]


def _type(native: Element, host: Element | None) -> str:
    own = [TYPE_OF[genre.lower()] for genre in _genres(native) if genre.lower() in TYPE_OF]
    in_host = [IN_HOST[genre.lower()] for genre in _genres(host) if genre.lower() in IN_HOST]
    if own and not (own[0] in ("article-journal", "book") and in_host):
        return own[0]
    if in_host:
        return in_host[-1]
    element = native.find("typeOfResource")
    resource = TYPE_OF_RESOURCE.get(text_of(element), "")
    if element is not None and element.get("manuscript") == "yes":
        resource = resource or "manuscript"
    if host is not None and not (resource or _is_collection(host)):
        return _type_in(host)
    monograph = child_text(native, "originInfo", "issuance") == "monographic"
    return resource or ("book" if monograph else "document")


def _type_in(host: Element) -> str:
    """Tell what is published in a host that does not say what it is itself."""
    issuance = child_text(host, "originInfo", "issuance")
    if issuance in ("continuing", "serial"):
        return "article-journal"
    if issuance in ("monographic", "single unit", "multipart monograph"):
        return "chapter"
    kinds = {(each.get("type") or "").lower() for each in all_in(host, "part", "detail")}
    has_issn = any((e.get("type") or "") == "issn" for e in host.findall("identifier"))
    is_serial = has_issn or not kinds.isdisjoint(("volume", "issue", "number"))
    return "article-journal" if is_serial else "chapter"


def _is_collection(host: Element) -> bool:
    resources = host.findall("typeOfResource")
    genres = {genre.lower() for genre in _genres(host)}
    return "collection" in genres or any(each.get("collection") == "yes" for each in resources)


def _genre(native: Element) -> str:
    return next((genre for genre in _genres(native) if genre.lower() not in TYPE_OF), "")


def _divide_number(values: dict[str, Value], kind: str) -> None:
    if kind not in HOSTS and "issue" in values and "number" not in values:
        values["number"] = values.pop("issue")
