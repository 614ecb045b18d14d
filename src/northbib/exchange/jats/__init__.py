"""Reference lists of JATS, the tag suite in which journals are published and archived.

Sources: ANSI/NISO Z39.96 (JATS Archiving 1.3), the tag library on `element-citation` and
`mixed-citation`, and JATS4R on citations. Citations of NLM's older DTDs are read as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.errors import InputError
from northbib.exchange import xml
from northbib.exchange.jats.terms import (
    LANG,
    MARKUP,
    PUB_IDS,
    ROLES,
    TEXTS,
    TITLES,
    TYPE_OF,
    TYPES,
    XLINK,
)
from northbib.exchange.jats.writing import encode
from northbib.exchange.keeping import with_kept
from northbib.exchange.people import name_of
from northbib.exchange.protocol import framed
from northbib.exchange.worded_dates import worded_date
from northbib.exchange.xml_markup import laid_out
from northbib.findings import Finding
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_DOI_LEAD = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_OURS = "northbib"
_HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<ref-list xmlns:xlink="http://www.w3.org/1999/xlink">\n'
)
_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the references of an article or of a list.

    Raises:
        InputError: It is not well-formed XML, or holds no references.
    """
    is_jats = False
    for element in xml.elements(source, name, "{*}ref", "{*}ref-list"):
        is_jats = True
        if isinstance(element, Finding):
            yield element
        elif xml.local_name(element) == "ref":
            yield from _references(element)
    if not is_jats:
        raise InputError("not JATS: there is no ref-list in it", where=name)


def _references(ref: _Element) -> Iterator[Record]:
    """Give the references of a list's item, which may have several, or one in two forms."""
    found: list[_Element] = []
    for child in ref:
        tag = xml.local_name(child)
        if tag == "citation-alternatives":
            inner = [each for each in child if xml.local_name(each) in _CITATIONS]
            elements = [each for each in inner if xml.local_name(each) == "element-citation"]
            found += (elements or inner)[:1]
        elif tag in _CITATIONS:
            found.append(child)
    if not found and xml.text_of(ref):
        found = [ref]
    for number, citation in enumerate(found):
        key = ref.get("id", "")
        yield _record(citation, f"{key}{chr(97 + number % 26)}" if number and key else key)


def decode(native: _Element) -> Record:
    """Give the record of a `ref`."""
    citation = native[0] if len(native) else native
    return _record(citation, native.get("id", ""))


def _record(citation: _Element, key: str) -> Record:
    values: dict[str, Value] = {}
    _set_titles(values, citation)
    kind = _type(citation, values)
    _set_names(values, citation)
    _set_texts(values, citation)
    _set_pages(values, citation)
    _set_identifiers(values, citation)
    _set_dates(values, citation)
    kept, comments = _comments(citation)
    values["note"] = "\n".join(comments)
    named = any(values.get(name) for name in ("title", "container-title", "author"))
    if not named and xml.local_name(citation) != "element-citation":
        _set_from_text(values, citation)
    found = {name: value for name, value in values.items() if value}
    topics = tuple(xml.text_of(word) for word in citation.findall(".//{*}kwd"))
    return with_kept(Record(key, kind, found, topics), kept)


def _text(citation: _Element, tag: str) -> str:
    element = citation.find(f".//{{*}}{tag}")
    return "" if element is None else MARKUP.text(element, ("xref", "fn")).strip()


def _set_titles(values: dict[str, Value], citation: _Element) -> None:
    own = next(filter(None, (_text(citation, tag) for tag in TITLES)), "")
    source = _text(citation, "source")
    if own:
        values["title"] = own
        values["container-title"] = source
    else:
        values["title"] = source
    for tag in (*TITLES, "source"):
        element = citation.find(f".//{{*}}{tag}")
        if element is not None and (language := element.get(LANG)):
            values.setdefault("language", language)


def _type(citation: _Element, values: dict[str, Value]) -> str:
    names = ("publication-type", "specific-use", "citation-type")
    written = citation.get(names[0]) or citation.get(names[2]) or ""
    kind = TYPE_OF.get(written.lower().strip(), "")
    if not kind:
        journal = values.get("container-title") and citation.find(".//{*}volume") is not None
        kind = "article-journal" if journal else "document"
    if kind == "book" and values.get("container-title"):
        return "chapter"
    if kind == "book" and citation.find(".//{*}chapter-title") is not None:
        return "chapter"
    return kind


def _set_names(values: dict[str, Value], citation: _Element) -> None:
    named: dict[str, list[Name]] = {}
    inside: set[_Element] = set()
    for group in citation.iter("{*}person-group"):
        role = ROLES.get(group.get("person-group-type") or "author", "contributor")
        inside.update(group.iter())
        named.setdefault(role, []).extend(_people(group))
    loose = [each for each in citation.iter(*_PERSON) if each not in inside]
    for each in loose:
        if not any(parent in loose for parent in each.iterancestors()):
            named.setdefault("author", []).append(_name(each))
    for role, names in named.items():
        if role:
            values[role] = tuple(name for name in dict.fromkeys(names) if name != Name())


_PERSON = ("{*}name", "{*}string-name", "{*}collab", "{*}institution")


def _people(group: _Element) -> list[Name]:
    alternatives = set(group.iter("{*}name-alternatives"))
    names: list[Name] = []
    for each in group:
        if each in alternatives:
            names += _people(each)[:1]
        elif xml.local_name(each) in ("name", "string-name", "collab", "institution"):
            names.append(_name(each))
        elif xml.local_name(each) == "anonymous":
            names.append(Name(literal="Anonymous"))
    return names


def _name(element: _Element) -> Name:
    if xml.local_name(element) in ("collab", "institution"):
        return Name(literal=xml.text_of(element))
    family, given = xml.child_text(element, "{*}surname"), xml.child_text(element, "{*}given-names")
    if not family:
        return name_of(given or xml.text_of(element))
    read_name = name_of(f"{family}, x")
    particle, last = read_name.dropping_particle, read_name.family
    if not given:
        return Name(literal=family)
    suffix = xml.child_text(element, "{*}suffix")
    return Name(last, given, dropping_particle=particle, suffix=suffix)


def _set_texts(values: dict[str, Value], citation: _Element) -> None:
    for variable, tag in TEXTS.items():
        if text := _text(citation, tag):
            values[variable] = text
    if not values.get("title") and "event-title" in values:
        values["title"] = values["event-title"]
    for variable, tag in (("number", "patent"), ("genre", "gov"), ("number", "std")):
        if (text := _text(citation, tag)) and variable not in values:
            values[variable] = text
    supplement = _text(citation, "supplement")
    if supplement:
        values["supplement-number"] = supplement


def _set_pages(values: dict[str, Value], citation: _Element) -> None:
    first, last = _text(citation, "fpage"), _text(citation, "lpage")
    span = f"{first}-{last}" if last and last != first else first
    values["page"] = _text(citation, "page-range") or span or _text(citation, "elocation-id")
    size = citation.find(".//{*}size")
    if size is not None and (size.get("units") or "page").startswith("page"):
        values["number-of-pages"] = re.sub(r"\D", "", xml.text_of(size))


def _set_identifiers(values: dict[str, Value], citation: _Element) -> None:
    kinds = {kind: variable for variable, kind in PUB_IDS.items()} | {"pmc": "PMCID"}
    for each in citation.iter("{*}pub-id", "{*}isbn", "{*}issn"):
        tag = xml.local_name(each)
        kind = (each.get("pub-id-type") or "").lower() if tag == "pub-id" else tag
        text = xml.text_of(each)
        if kind == "doi":
            text = _DOI_LEAD.sub("", text)
        if (variable := kinds.get(kind)) and text:
            values.setdefault(variable, text)
    for each in citation.iter("{*}ext-link", "{*}uri", "{*}self-uri"):
        address = each.get(XLINK) or xml.text_of(each)
        doi = re.fullmatch(r"https?://(?:dx\.)?doi\.org/(10\..+)", address)
        if doi and "DOI" not in values:
            values["DOI"] = doi[1]
        elif "://" in address and not doi:
            values.setdefault("URL", address)


def _set_dates(values: dict[str, Value], citation: _Element) -> None:
    for each in citation.iter("{*}date-in-citation", "{*}access-date"):
        written = each.get("iso-8601-date") or xml.text_of(each)
        if "access" in (each.get("content-type") or "access"):
            date = _coded(written) or worded_date(re.sub(r"(?i)accessed:?|on", "", written))
            values.setdefault("accessed", date or "")
    dated = citation.find(".//{*}date")
    place = dated if dated is not None else citation
    year = place.find(".//{*}year")
    iso = next((e.get("iso-8601-date") for e in (dated, year) if e is not None), None)
    values["issued"] = _coded(iso or "") or _issued(place, xml.text_of(year)) or ""
    if event := _text(citation, "conf-date"):
        element = citation.find(".//{*}conf-date")
        coded = "" if element is None else element.get("iso-8601-date") or ""
        values["event-date"] = _coded(coded) or worded_date(event) or Date.parse(event)


def _coded(written: str) -> Date | None:
    date = Date.parse(written) if written else Date()
    return None if date.literal or date == Date() else date


def _issued(place: _Element, year: str) -> Date | None:
    if not year:
        return None
    if not (match := _YEAR.search(year)):
        return Date.parse(year)
    parts = (xml.child_text(place, f".//{{*}}{part}") for part in ("month", "day", "season"))
    month, day, season = parts
    if month.isdecimal():
        try:
            return Date(Day(int(match[0]), int(month), int(day) if day.isdecimal() else 0))
        except ValueError:
            return Date(Day(int(match[0])))
    worded = f"{month or season} {f'{day}, ' if day and month else ''}{match[0]}".strip()
    return worded_date(worded) or Date(Day(int(match[0])))


def _comments(citation: _Element) -> tuple[list[str], list[str]]:
    kept, comments = [], []
    for each in citation.iter("{*}comment"):
        if each.get("content-type") == _OURS:
            kept.append("".join(map(str, each.itertext())))
        elif text := MARKUP.text(each):
            comments.append(text)
    return kept, comments


def _set_from_text(values: dict[str, Value], citation: _Element) -> None:
    """Take what a citation without tags says for its title, so that it can be found by it."""
    text = MARKUP.text(citation, ("label",)).strip()
    values["title"] = text
    if match := _DOI.search(text):
        values.setdefault("DOI", match[0].rstrip(".,;)"))
    if not values.get("issued") and (years := _YEAR.findall(text)):
        values["issued"] = Date(Day(int(years[0])))


def keep(native: _Element, lines: Sequence[str]) -> _Element:
    """Put notes into comments, one each."""
    for line in lines:
        xml.add(native[0], "comment", line, **{"content-type": _OURS})
    return native


_HOLD_TEXT = frozenset({*TITLES, "source", "comment", *TEXTS.values()})


def write(natives: Iterable[_Element]) -> Iterator[bytes]:
    """Write a list of references in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</ref-list>\n")


def _source(native: _Element) -> bytes:
    laid_out(native, _HOLD_TEXT)
    written = etree.tostring(native, encoding="utf-8")
    return written.replace(b' xmlns:xlink="http://www.w3.org/1999/xlink"', b"", 1)
