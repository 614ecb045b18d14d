"""Word bibliography XML: the sources of a document, and Word's list of all sources.

Source: ECMA-376, part 1, 22.6 (bibliography), and its schema shared-bibliography.xsd. Word shows
`Comments` in its source manager; a standard number holds identifiers as JabRef writes them there:
`ISBN: … DOI: …`. The elements of JabRef and of later versions that the schema has not are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from northbib.errors import InputError
from northbib.exchange import xml
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.protocol import framed
from northbib.exchange.word.lcids import lcid_of, tag_of_lcid
from northbib.exchange.word.terms import (
    ALL_CONTAINERS,
    ALL_PUBLISHERS,
    ALSO_NUMBERS,
    CONTAINER,
    CONTAINERS,
    GENRES,
    JABREF,
    MAIN,
    NUMBERS,
    PUBLISHERS,
    ROLE_OF,
    ROLES,
    TEXTS,
    TYPE_OF,
    TYPE_OF_ENTRY,
    TYPES,
)
from northbib.exchange.worded_dates import worded_date
from northbib.findings import Finding
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/bibliography"
_B = f"{{{_NAMESPACE}}}"

_COUNTRY = "CountryRegion"
_IDENTIFIERS = ("ISBN", "ISSN", "DOI", "PMID", "PMCID")
_LABELLED = re.compile(
    r":?\b(?P<label>ISBN|ISSN|DOI|PMID|PMCID|LCCN|MRN)(?:-1[03])?:\s*(?P<number>.*?)"
    r"(?=\s*:?\b(?:ISBN|ISSN|DOI|PMID|PMCID|LCCN|MRN)(?:-1[03])?:|$)"
)
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_ISSN = re.compile(r"\d{4}-\d{3}[\dXx]")
_SUFFIX = re.compile(r"(?P<family>.+), (?P<suffix>Jr\.?|Sr\.?|II|III|IV)")
_YEARS = re.compile(r"(?P<start>\d{4})\s*[-–/]\s*(?P<end>\d{4})")
_CIRCA = re.compile(r"(?:ca?\.|circa)\s*(\d{4})|(\d{4})\?")
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<b:Sources xmlns:b="{_NAMESPACE}" SelectedStyle="">\n'
).encode()


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the sources of a file.

    Raises:
        InputError: It is not well-formed XML, or holds no sources.
    """
    is_word = False
    for element in xml.elements(source, name, "{*}Source", "{*}Sources"):
        is_word = True
        if isinstance(element, Finding):
            yield element
        elif xml.local_name(element) == "Source":
            yield decode(element)
    if not is_word:
        raise InputError("not Word bibliography XML: there is no element Sources", where=name)


def decode(native: _Element) -> Record:
    """Give the record of a source."""
    parts = _parts(native)
    kind = _type(parts)
    values: dict[str, Value] = {
        variable: parts[element]
        for variable, element in (*JABREF.items(), *TEXTS.items())
        if parts.get(element)
    }
    containers = (CONTAINERS.get(kind, CONTAINER), *ALL_CONTAINERS)
    values["container-title"] = _first(parts, containers)
    values["publisher"] = _first(parts, (PUBLISHERS.get(kind, "Publisher"), *ALL_PUBLISHERS))
    values["genre"] = parts.get("ThesisType") or parts.get("Type", "")
    values |= _places(kind, parts)
    values["language"] = tag_of_lcid(parts.get("LCID", ""))
    values |= _dates(parts)
    values |= _numbers(parts)
    values |= _names(native)
    comments = [line for line in _lines(native) if line]
    values["note"] = "\n".join(line for line in comments if not is_kept(line))
    topics = re.split(r"\s*[;,]\s*", parts.get("BIBTEX_KeyWords", ""))
    values["page"] = str(values.get("page", "")).replace("–", "-")
    found = {name: value for name, value in values.items() if value and value != Date()}
    record = Record(parts.get("Tag", ""), kind, found, tuple(filter(None, topics)))
    return with_kept(record, comments)


def _parts(native: _Element) -> dict[str, str]:
    parts: dict[str, str] = {}
    for child in native:
        name = xml.local_name(child)
        if name != "Author" and not len(child):
            parts.setdefault("URL" if name == "Url" else name, xml.text_of(child))
    return parts


def _lines(native: _Element) -> list[str]:
    comments = native.find("{*}Comments")
    text = "" if comments is None else "".join(map(str, comments.itertext()))
    return [line.strip() for line in text.split("\n")]


def _first(parts: dict[str, str], names: Iterable[str]) -> str:
    return next((parts[name] for name in names if parts.get(name)), "")


def _type(parts: dict[str, str]) -> str:
    written = parts.get("SourceType", "")
    entry = TYPE_OF_ENTRY.get(parts.get("BIBTEX_Entry", "").lower(), "")
    if written == "Report" and parts.get("ThesisType") and not entry:
        thesis = parts["ThesisType"].lower()
        is_thesis = re.search(r"thes|diss|phd|master|bachelor|doctor|habil|diplom", thesis)
        return "thesis" if is_thesis else "report"
    return entry or TYPE_OF.get(written, "document")


def _places(kind: str, parts: dict[str, str]) -> dict[str, Value]:
    """Give the place of a publisher, or the country of a patent."""
    places = [parts.get(part, "") for part in ("City", "StateProvince")]
    country = parts.get(_COUNTRY, "")
    if kind == "patent":
        return {"publisher-place": ", ".join(filter(None, places)), "jurisdiction": country}
    return {"publisher-place": ", ".join(filter(None, (*places, country)))}


def _dates(parts: dict[str, str]) -> dict[str, Value]:
    dates: dict[str, Value] = {}
    for variable, end in (("issued", ""), ("accessed", "Accessed")):
        year, month, day = (parts.get(f"{part}{end}", "") for part in ("Year", "Month", "Day"))
        date = _date(year, month, day)
        if date is not None:
            dates[variable] = date
    if "accessed" not in dates and (written := parts.get("Accessed")):
        accessed = worded_date(written)
        if accessed is not None:
            dates["accessed"] = accessed
    return dates


def _date(year: str, month: str, day: str) -> Date | None:
    if not year:
        return None
    if month and year.isdecimal() and len(year) == 4:
        month = f"{int(month):02d}" if month.isdecimal() and 0 < int(month) < 13 else month
        written = f"{year}-{month}" if month.isdecimal() else f"{month} {year}"
        if day.isdecimal():
            is_number = month.isdecimal()
            written = f"{written}-{int(day):02d}" if is_number else f"{month} {day}, {year}"
        return worded_date(written) or Date.parse(year)
    if match := _YEARS.fullmatch(year):
        return Date.parse(f"{match['start']}/{match['end']}")
    if match := _CIRCA.fullmatch(year):
        return Date.parse(f"{match[1] or match[2]}~")
    return Date.parse(year)


def _numbers(parts: dict[str, str]) -> dict[str, Value]:
    numbers: dict[str, Value] = {}
    if number := _first(parts, ALSO_NUMBERS):
        numbers["number"] = number
    standard = parts.get("StandardNumber", "")
    for match in _LABELLED.finditer(standard):
        if match["label"] in _IDENTIFIERS and (number := match["number"].strip(" :,;")):
            numbers[match["label"]] = number
    rest = _LABELLED.sub("", standard).strip(" :,;")
    if _ISBN.fullmatch(rest):
        numbers.setdefault("ISBN", rest)
    elif _ISSN.fullmatch(rest):
        numbers.setdefault("ISSN", rest)
    elif rest:
        numbers.setdefault("number", rest)
    return numbers


def _names(native: _Element) -> dict[str, Value]:
    values: dict[str, tuple[Name, ...]] = {}
    for authors in native.findall("{*}Author"):
        for group in authors:
            role = ROLE_OF.get(xml.local_name(group), "")
            main = "author" not in values and role in ("performer", "director", "script-writer")
            if main and xml.local_name(group) == MAIN.get(_type(_parts(native))):
                role = "author"
            named = tuple(name for name in map(_name, _people(group)) if name != Name())
            if role and named:
                values[role] = (*values.get(role, ()), *named)
    return dict(values)


def _people(group: _Element) -> list[_Element]:
    return [*group.findall("{*}Corporate"), *group.findall("{*}NameList/{*}Person")]


def _name(element: _Element) -> Name:
    if xml.local_name(element) == "Corporate":
        return Name(literal=xml.text_of(element))
    parts = {
        part: " ".join(map(xml.text_of, element.findall(f"{{*}}{part}")))
        for part in ("Last", "First", "Middle")
    }
    given = f"{parts['First']} {parts['Middle']}".strip()
    family, suffix = parts["Last"].strip(), ""
    if match := _SUFFIX.fullmatch(family):
        family, suffix = match["family"], match["suffix"]
    if not (family and given):
        return Name(literal=family or given)
    *particle, last = _divided(family)
    return Name(last, given, dropping_particle=" ".join(particle), suffix=suffix)


def _divided(family: str) -> list[str]:
    """Divide the particles from a family name, as BibTeX does."""
    words = family.split(" ")
    small = [place for place, word in enumerate(words[:-1]) if word[:1].islower()]
    cut = small[-1] + 1 if small else 0
    return [*words[:cut], " ".join(words[cut:])]


def encode(record: Record) -> _Element:
    """Give the source of a record."""
    root = etree.Element(f"{_B}Source", nsmap={"b": _NAMESPACE})
    _add(root, "Tag", record.key)
    _add(root, "SourceType", TYPES.get(record.type, "Misc"))
    _add_names(root, record)
    for variable, element in TEXTS.items():
        _add(root, element, record.plain(variable))
    _add(root, CONTAINERS.get(record.type, CONTAINER), record.plain("container-title"))
    _add(root, PUBLISHERS.get(record.type, "Publisher"), record.plain("publisher"))
    if record.type == "patent":
        _add(root, _COUNTRY, record.plain("jurisdiction"))
    number = record.plain("number")
    if record.type in NUMBERS:
        _add(root, NUMBERS[record.type], number)
        number = ""
    _add(root, GENRES.get(record.type, "Type"), record.plain("genre"))
    _add(root, "StandardNumber", _standard_number(record, number))
    _add_date(root, record.date("issued"), "")
    _add_date(root, record.date("accessed"), "Accessed")
    lcid = lcid_of(record.plain("language")) if record.plain("language") else None
    _add(root, "LCID", str(lcid or ""))
    _add(root, "Comments", record.plain("note"))
    return root


def _add(parent: _Element, tag: str, text: str) -> None:
    if text:
        xml.add(parent, f"{_B}{tag}", text)


def _standard_number(record: Record, number: str) -> str:
    found = ((label, record.plain(label)) for label in _IDENTIFIERS)
    return " ".join([number, *(f"{label}: {text}" for label, text in found if text)]).strip()


def _add_names(root: _Element, record: Record) -> None:
    authors = etree.Element(f"{_B}Author")
    main = MAIN.get(record.type, "Author")
    groups = {main: record.names("author")}
    for role, element in ROLES.items():
        if element != main:
            groups[element] = record.names(role)
    for element, names in groups.items():
        if names:
            _add_group(authors, element, names)
    if len(authors):
        root.append(authors)


def _add_group(authors: _Element, element: str, names: tuple[Name, ...]) -> None:
    group = xml.add(authors, f"{_B}{element}")
    if len(names) == 1 and names[0].literal and element in ("Author", "Performer"):
        _add(group, "Corporate", names[0].literal)
        return
    people = xml.add(group, f"{_B}NameList")
    for name in names:
        person = xml.add(people, f"{_B}Person")
        particles = (name.dropping_particle, name.non_dropping_particle, name.family)
        family = name.literal or " ".join(part for part in particles if part)
        _add(person, "Last", f"{family}, {name.suffix}" if name.suffix else family)
        # Word makes initials of each word of it; bibutils does not read middle names.
        _add(person, "First", name.given)


def _add_date(root: _Element, date: Date | None, end: str) -> None:
    if date is None:
        return
    day = date.start
    if day is None or day.year < 1:
        _add(root, f"Year{end}", date.edtf())
        return
    year = f"{day.year:04d}"
    if date.end is not None and date.end.year != day.year:
        _add(root, f"Year{end}", f"{year}–{date.end.edtf()[:4]}")
        return
    _add(root, f"Year{end}", f"ca. {year}" if date.circa else year)
    if day.season:
        _add(root, f"Month{end}", _SEASONS[day.season - 1])
    elif day.month:
        _add(root, f"Month{end}", _MONTHS[day.month - 1])
        _add(root, f"Day{end}", str(day.day or ""))


def keep(native: _Element, lines: Sequence[str]) -> _Element:
    """Put notes into the comments, a line each."""
    comments = native.find(f"{_B}Comments")
    if comments is None:
        comments = etree.SubElement(native, f"{_B}Comments")
    own = comments.text.split("\n") if comments.text else []
    comments.text = xml.writable("\n".join((*own, *lines)))
    return native


def write(natives: Iterable[_Element]) -> Iterator[bytes]:
    """Write a file of sources in UTF-8."""
    return framed(map(_source, natives), _HEAD, b"\n", b"\n</b:Sources>\n")


def _source(native: _Element) -> bytes:
    written = xml.serialised(native).replace(f' xmlns:b="{_NAMESPACE}"'.encode(), b"", 1)
    # bibutils passes over what is in an element without text of its own, white space or not.
    return written.replace(b"<b:Author>", b"<b:Author>&#32;", 1)
