"""Bibliographies of TEI: `listBibl` with `biblStruct`, as Zotero, GROBID and editors write them.

Source: TEI P5 Guidelines, 3.12 (Bibliographic Citations and References). Since TEI has no words for
types of works, they are those that Zotero writes. Other kinds of entries are read as text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.errors import InputError
from northbib.exchange import xml
from northbib.exchange.keeping import with_kept
from northbib.exchange.people import name_of
from northbib.exchange.protocol import framed
from northbib.exchange.tei.terms import (
    IDNO_OF,
    MARKUP,
    NAMESPACE,
    RESPONSIBLE,
    SCOPE_OF,
    TEI,
    TYPE_OF,
    TYPES,
    XML,
)
from northbib.exchange.tei.writing import encode
from northbib.exchange.worded_dates import worded_date
from northbib.exchange.xml_markup import laid_out
from northbib.findings import Finding
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]


_DOI_LEAD = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_OURS = "northbib"
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<listBibl xmlns="{NAMESPACE}">\n'.encode()
_NAMES_BEFORE = re.compile(r"[^\W\d_][^\d:/\"“”]{1,200}[^\d]?")
"""A text that may be of names: it has no numbers, and names no place in another work."""

_EDITORS = re.compile(r"\(?\b(?:eds?|hrsg|hg)\b\.?\)?[\s,.:]*$", re.IGNORECASE)
_INITIAL_AT_END = re.compile(r"(?:^|[\s.-])[^\W\d_]\.$")
_BETWEEN_NAMES = re.compile(r"\s*;\s*|,?\s+(?:and|&|und|et)\s+")
_HOLD_TEXT = frozenset({"title", "note", "p"})


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the entries of a bibliography; what a header says of the document itself is none.

    Raises:
        InputError: It is not well-formed XML, or holds no bibliography.
    """
    is_tei = False
    for element in xml.elements(
        source, name, "{*}biblStruct", "{*}bibl", "{*}listBibl", "{*}sourceDesc"
    ):
        is_tei = True
        if isinstance(element, Finding):
            yield element
        elif xml.local_name(element).startswith("bibl") and _is_entry(element):
            yield decode(element) if xml.local_name(element) == "biblStruct" else _loose(element)
    if not is_tei:
        raise InputError("not TEI: there is no biblStruct, bibl or listBibl in it", where=name)


def _is_entry(element: _Element) -> bool:
    above = [xml.local_name(parent) for parent in element.iterancestors()]
    if any(tag in ("biblStruct", "bibl", "relatedItem") for tag in above):
        return False
    if "listBibl" in above:
        return True
    return xml.local_name(element) == "biblStruct" and "sourceDesc" not in above


def _loose(element: _Element) -> Record:
    """Read an entry that is a text with tags in it, or without any."""
    record = decode(element)
    if record.title or not xml.text_of(element):
        return _with_names_before(record, (element.text or "").strip())
    return record.replace(values={"title": MARKUP.text(element), **record.values})


def _with_names_before(record: Record, text: str) -> Record:
    """Give a record without names those that stand without a tag before its first part."""
    if not text or record.names() or record.names("editor") or not _NAMES_BEFORE.fullmatch(text):
        return record
    bare = _EDITORS.sub("", text).rstrip(" ,:(")
    bare = bare if _INITIAL_AT_END.search(bare) else bare.rstrip(".")
    names = tuple(name_of(one) for one in _BETWEEN_NAMES.split(bare) if one.strip(" ,."))
    role = "editor" if _EDITORS.search(text) else "author"
    return record.replace(values={**record.values, role: names}) if names else record


def decode(native: _Element) -> Record:
    """Give the record of an entry."""
    analytic, monograph = native.find("{*}analytic"), native.find("{*}monogr")
    whole = monograph if monograph is not None else native
    values: dict[str, Value] = {}
    _set_titles(values, native, analytic, whole)
    _set_names(values, analytic, whole, native.find("{*}series"))
    _set_imprint(values, whole)
    _set_scopes(values, native)
    _set_identifiers(values, native)
    _set_series(values, native)
    notes = [note for note in native.iter("{*}note") if not _in_note(note)]
    kept = [_raw(note) for note in notes if note.get("type") == _OURS]
    values["note"] = "\n".join(
        MARKUP.text(note) for note in notes if (note.get("type") or "") in _SHOWN
    )
    for variable, kind in (("abstract", "abstract"), ("genre", "genre"), ("URL", "url")):
        text = next((MARKUP.text(note) for note in notes if note.get("type") == kind), "")
        values[variable] = values.get(variable) or text
    accessed = next((_raw(note) for note in notes if note.get("type") == "accessed"), "")
    if accessed and "accessed" not in values:
        values["accessed"] = Date.parse(accessed.partition("T")[0])
    found = {name: value for name, value in values.items() if value}
    key = native.get(f"{XML}id", "")
    return with_kept(Record(key, _type(native, values, analytic), found, _topics(native)), kept)


_SHOWN = ("", "note", "annotation", "addition", "general")


def _raw(element: _Element) -> str:
    return "".join(map(str, element.itertext())).strip()


def _in_note(note: _Element) -> bool:
    return any(xml.local_name(parent) == "note" for parent in note.iterancestors())


def _topics(native: _Element) -> tuple[str, ...]:
    found = [note for note in native.iter("{*}note") if note.get("type") in ("tag", "keyword")]
    found += list(native.iterfind(".//{*}keywords//{*}term"))
    return tuple(dict.fromkeys(filter(None, map(_raw, found))))


def _titles(element: _Element | None, *levels: str) -> dict[str, str]:
    """Give the titles of an element by their kinds, of some levels only if any are named."""
    titles: dict[str, str] = {}
    for title in element.findall("{*}title") if element is not None else ():
        level, kind = title.get("level") or "", title.get("type") or "main"
        if not levels or not level or level in levels:
            titles.setdefault(kind, MARKUP.text(title))
    if "sub" in titles and "main" in titles:
        titles["main"] = f"{titles['main']}: {titles['sub']}"
    return titles


def _set_titles(
    values: dict[str, Value], native: _Element, analytic: _Element | None, whole: _Element
) -> None:
    host = _titles(whole, "m", "j", "u")
    own = _titles(analytic) if analytic is not None else _titles(native, "a")
    if analytic is None and native is not whole:
        own = {}
    if own.get("main"):
        values["title"] = own["main"]
        values["title-short"] = own.get("short", "")
        hosts = host if native is not whole else _titles(native, "m", "j")
        values["container-title"] = "" if hosts == own else hosts.get("main", "")
        values["container-title-short"] = hosts.get("short", hosts.get("abbreviated", ""))
    else:
        values["title"] = host.get("main", "")
        values["title-short"] = host.get("short", "")
    title = next(native.iter("{*}title"), None)
    language = "" if title is None else title.get(f"{XML}lang", "")
    text_language = native.find(".//{*}textLang")
    coded = "" if text_language is None else text_language.get("mainLang", "")
    values["language"] = coded or language


def _set_names(
    values: dict[str, Value],
    analytic: _Element | None,
    whole: _Element,
    series: _Element | None,
) -> None:
    named: dict[str, list[Name]] = {}
    for element in (analytic, whole):
        for child in element if element is not None else ():
            tag = xml.local_name(child)
            is_host = element is whole and analytic is not None
            if tag == "author":
                role = "container-author" if is_host and "author" in named else "author"
                named.setdefault(role, []).extend(_people(child))
            elif tag == "editor":
                role = (child.get("role") or "editor").lower()
                chosen = role if role in RESPONSIBLE else "editor"
                named.setdefault(chosen, []).extend(_people(child))
            elif tag == "respStmt":
                named.setdefault(_responsible(child), []).extend(_people(child))
    for child in series.findall("{*}editor") if series is not None else ():
        named.setdefault("collection-editor", []).extend(_people(child))
    for role, names in named.items():
        values[role] = tuple(name for name in dict.fromkeys(names) if name != Name())


def _responsible(statement: _Element) -> str:
    word = xml.child_text(statement, "{*}resp").lower()
    roles = (*RESPONSIBLE, "editor", "author")
    stems = {"translat": "translator", "edit": "editor", "illustrat": "illustrator"}
    found = next((role for stem, role in stems.items() if stem in word), "")
    return found or next((role for role in roles if role in word), "contributor")


def _people(element: _Element) -> list[Name]:
    inside = [e for e in element if xml.local_name(e) in ("persName", "orgName", "name")]
    if not inside:
        return [_name(element)]
    return [_name(each) for each in inside]


def _name(element: _Element) -> Name:
    family = " ".join(map(xml.text_of, element.iterfind(".//{*}surname")))
    given = " ".join(map(xml.text_of, element.iterfind(".//{*}forename")))
    if not family:
        text = given or xml.text_of(element)
        is_body = xml.local_name(element) == "orgName" or element.get("type") == "corp"
        return Name(literal=text) if is_body else name_of(text)
    if not given:
        return Name(literal=family)
    link = xml.child_text(element, ".//{*}nameLink")
    suffix = " ".join(map(xml.text_of, element.iterfind(".//{*}genName")))
    if link:
        return Name(family, given, dropping_particle=link, suffix=suffix)
    read_name = name_of(f"{family}, x")
    return Name(
        read_name.family, given, dropping_particle=read_name.dropping_particle, suffix=suffix
    )


def _set_imprint(values: dict[str, Value], whole: _Element) -> None:
    imprint = whole.find("{*}imprint")
    place = imprint if imprint is not None else whole
    publishers = (MARKUP.text(each) for each in place.findall("{*}publisher"))
    values["publisher"] = "; ".join(filter(None, publishers))
    places = [xml.text_of(each) for each in place.findall("{*}pubPlace")]
    values["publisher-place"] = "; ".join(filter(None, places))
    for date in place.findall("{*}date"):
        variable = {"accessed": "accessed", "access": "accessed", "original": "original-date"}.get(
            date.get("type") or "", "issued"
        )
        if found := _date(date):
            values.setdefault(variable, found)
    values["edition"] = xml.child_text(whole, "{*}edition")
    for extent in whole.findall("{*}extent"):
        if match := re.match(r"\d+", xml.text_of(extent)):
            values["number-of-pages"] = match[0]
    meeting = whole.find("{*}meeting")
    if meeting is not None:
        where, when = meeting.find("{*}placeName"), meeting.find("{*}date")
        values["event-place"] = xml.text_of(where)
        values["event-date"] = ("" if when is None else _date(when)) or ""
        inside = ("placeName", "date", "address")
        values["event-title"] = MARKUP.text(meeting, inside).rstrip(" ,;")


def _date(element: _Element) -> Date | None:
    if coded := element.get("when") or element.get("when-iso"):
        date = Date.parse(coded)
    elif element.get("from") or element.get("to"):
        date = Date.parse(f"{element.get('from', '..')}/{element.get('to', '..')}")
    elif element.get("notBefore") and element.get("notAfter"):
        date = Date.parse(f"{element.get('notBefore')}~/{element.get('notAfter')}~")
    else:
        text = xml.text_of(element)
        date = Date.parse(text)
        date = (worded_date(text) or date) if date.literal else date
    if element.get("cert") in ("low", "medium") and date.start is not None:
        return Date(date.start, date.end, is_range=date.is_range, circa=True)
    return None if date == Date() else date


def _set_scopes(values: dict[str, Value], native: _Element) -> None:
    for scope in native.iter("{*}biblScope"):
        if "series" in map(xml.local_name, scope.iterancestors()):
            continue
        variable = SCOPE_OF.get((scope.get("unit") or scope.get("type") or "").lower(), "")
        first, last = scope.get("from", ""), scope.get("to", "")
        span = f"{first}-{last}" if last and last != first else first
        if variable and (text := xml.text_of(scope) or span):
            values.setdefault(variable, text)


def _set_identifiers(values: dict[str, Value], native: _Element) -> None:
    for idno in native.iter("{*}idno"):
        kind, text = (idno.get("type") or "").lower(), xml.text_of(idno)
        if kind == "doi":
            text = re.sub(
                r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text, flags=re.IGNORECASE
            )
        if (variable := IDNO_OF.get(kind)) and text:
            values.setdefault(variable, text)
        elif kind in ("url", "uri") and "://" in text:
            values.setdefault("URL", text)
    for link in native.iter("{*}ptr", "{*}ref"):
        address = link.get("target") or ""
        if "://" in address:
            values.setdefault("URL", address)


def _set_series(values: dict[str, Value], native: _Element) -> None:
    series = native.find("{*}series")
    if series is not None:
        values["collection-title"] = _titles(series).get("main", "")
        values["collection-number"] = xml.child_text(series, "{*}biblScope")
    else:
        title = next((t for t in native.iter("{*}title") if t.get("level") == "s"), None)
        values["collection-title"] = MARKUP.text(title)


def _type(native: _Element, values: dict[str, Value], analytic: _Element | None) -> str:
    written = (native.get("type") or "").lower()
    if written in TYPE_OF:
        return TYPE_OF[written]
    levels = {title.get("level") for title in native.iter("{*}title")}
    if analytic is not None or "a" in levels:
        if "j" in levels or values.get("volume"):
            return "article-journal"
        return "paper-conference" if values.get("event-title") else "chapter"
    return "book" if "m" in levels else "document"


def keep(native: _Element, lines: Sequence[str]) -> _Element:
    """Put notes into `note` elements of a type of ours."""
    for line in lines:
        xml.add(native, f"{TEI}note", line, type=_OURS)
    return native


def write(natives: Iterable[_Element]) -> Iterator[bytes]:
    """Write a bibliography in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</listBibl>\n")


def _source(native: _Element) -> bytes:
    laid_out(native, _HOLD_TEXT | {"publisher", "meeting"})
    written = etree.tostring(native, encoding="utf-8")
    return written.replace(f' xmlns="{NAMESPACE}"'.encode(), b"", 1)
