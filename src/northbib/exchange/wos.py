"""Web of Science: its tagged exports (savedrecs.txt, .ciw) and the same tags in columns.

Source: "Web of Science Core Collection Field Tags" of Clarivate. What has no field is kept in `NO`,
the tag for comments.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange import pubmed
from northbib.exchange.languages import tag_of
from northbib.exchange.pages import page_range
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import Scheme, decoded, encoded
from northbib.exchange.serial_numbers import serial_numbers
from northbib.exchange.tagged import (
    Fields,
    Lines,
    all_of,
    cut_off,
    first_of,
    numbered_lines,
    one_line,
    with_signs,
)
from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.findings import Finding
    from northbib.records import Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

TYPES: dict[str, str] = {
    "article": "Preprint",
    "article-journal": "Article",
    "article-newspaper": "News Item",
    "book": "Book",
    "chapter": "Book Chapter",
    "dataset": "Data Set",
    "figure": "Chart",
    "interview": "Interview",
    "legislation": "Legislation",
    "map": "Cartographic Material",
    "motion_picture": "Film",
    "musical_score": "Music Score",
    "paper-conference": "Proceedings Paper",
    "patent": "Patent",
    "report": "Report",
    "review": "Review Essay",
    "review-book": "Book Review",
    "software": "Software",
    "standard": "Standard",
    "thesis": "Dissertation/Thesis",
    "webpage": "Web Page",
}
"""CSL type -> document type, the value of `DT`."""

_ALSO = {
    "Awarded Grant": "document",
    "Chapter": "chapter",
    "Conference Paper": "paper-conference",
    "Conference Proceeding": "paper-conference",
    "Data set": "dataset",
    "Database Review": "review",
    "Dissertation": "thesis",
    "Film Review": "review",
    "Meeting": "paper-conference",
    "Meeting Abstract": "paper-conference",
    "Software Review": "review",
    "Thesis": "thesis",
}
_TYPE_OF = {name.lower(): type_ for type_, name in TYPES.items()} | {
    name.lower(): type_ for name, type_ in _ALSO.items()
}
_KINDS = {"B": "book", "J": "article-journal", "P": "patent", "S": "article-journal"} | {
    "C": "paper-conference"
}
"""Publication type, the value of `PT` -> CSL type, where the document type tells none."""

_LETTERS = {"book": "B", "chapter": "B", "patent": "P", "thesis": "B", "report": "B"}

_BOOK = {"title": "TI", "container-title": "", "number-of-pages": "PG"}

_SCHEME = Scheme(
    key="",
    keyword="DE",
    note="NO",
    serial="SN",
    names={},
    texts={
        "title": "TI",
        "original-title": "FT",
        "container-title": "SO",
        "container-title-short": "JI",
        "collection-title": "SE",
        "event-title": "CT",
        "event-place": "CL",
        "language": "LA",
        "abstract": "AB",
        "publisher": "PU",
        "publisher-place": "PI",
        "volume": "VL",
        "issue": "IS",
        "number": "AR",
        "part-number": "PN",
        "supplement-number": "SU",
        "DOI": "DI",
        "PMID": "PM",
        "note": "NO",
    },
    by_type={
        "book": _BOOK,
        "patent": {"number": "PN", "part-number": ""},
    },
    others={
        "container-title-short": ("J9", "JA"),
        "DOI": ("D2",),
        "event-title": ("CF",),
        "publisher-place": ("PV",),
    },
    extras={
        "AE": "assignee",
        "AN": "accession",
        "BS": "book-series-subtitle",
        "C1": "affiliation",
        "CR": "references-cited",
        "CY": "conference-date",
        "DT": "document-type",
        "EM": "email",
        "FU": "funding",
        "FX": "funding-text",
        "GP": "book-group-authors",
        "HO": "conference-host",
        "MA": "meeting-abstract",
        "OA": "open-access",
        "OI": "orcid",
        "PA": "publisher-address",
        "PG": "page-count",
        "RI": "researcher-id",
        "RP": "reprint-address",
        "SC": "research-areas",
        "SI": "special-issue",
        "SP": "sponsor",
        "UT": "accession",
        "WC": "subject-categories",
    },
    passed=frozenset(
        """
        FN VR PT AU AF A1 CA BA BF BE ED PD PY EA EY BP EP PS DA HC HP MQ NR TC Z1 Z2 Z3 Z4 Z8 Z9
        ZA ZB ZR ZS U1 U2 GA WE ER EF EI BN TY TR
        """.split()
    ),
    prefix="wos-",
)
"""Tags in `passed` that are not read count citations and uses, or are the file's own keeping."""

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])(?: +(?P<value>.*))?")
_EACH_LINE = frozenset("AU AF CA BA BF BE ED CR C1 A1 NO".split())
"""Tags with a value in each line."""

_BETWEEN = re.compile(r";\s*")
_MANY = frozenset("AU AF CA BA BF BE ED".split())
_HEAD = b"FN Clarivate Analytics Web of Science\nVR 1.0\n"


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of an export, tagged or in columns with tabs between.

    Raises:
        InputError: No line of it has a tag.
    """
    told: list[Finding] = []
    lines = numbered_lines(source, name, told)
    first = next(lines, (1, ""))
    names = first[1].strip("\ufeff\n").split("\t")
    if "PT" in names and "TI" in names:
        yield from _in_columns(lines, names)
    else:
        yield from _tagged(_all(first, lines), name)
    yield from told


def _tagged(lines: Iterator[tuple[int, str]], name: str) -> Iterator[Read]:
    record = Lines()
    begun = 0
    is_wos = typed = False
    end = "EF"
    for number, line in lines:
        match = _LINE.fullmatch(line.lstrip("\ufeff").rstrip())
        tag = match["tag"] if match else ""
        is_wos = is_wos or tag in ("PT", "ER", "AU", "TI")
        if record and (tag in ("ER", "EF") or (tag == "PT" and typed)):
            yield decode(record.taken())
            typed = False
        end = tag if tag in ("FN", "EF") else end
        if match and tag not in ("ER", "EF", "FN", "VR"):
            begun = begun if record else number
            typed = typed or tag == "PT"
            record.begin(tag, match["value"] or "")
        elif not match:
            record.go_on(line)
    if record:
        yield decode(record.taken())
        yield cut_off("ER", name, begun)
    elif end == "FN":
        yield cut_off("EF", name, begun)
    if not is_wos:
        raise InputError("not an export of Web of Science: no line begins with PT", where=name)


def _all(first: tuple[int, str], lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from lines


def _in_columns(lines: Iterator[tuple[int, str]], names: list[str]) -> Iterator[Record]:
    for _, line in lines:
        fields = tuple(
            (tag, value)
            for tag, cell in zip(names, line.split("\t"), strict=False)
            for value in (_BETWEEN.split(cell) if tag in _MANY else (cell,))
            if value
        )
        if fields:
            yield decode(fields)


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    fields = tuple(_usual(with_signs(native)))
    kind, shape = _kind(fields)
    more: dict[str, Value] = {}
    authors = _names(fields, "AF", "AU") + _names(fields, "BF", "BA") + _names(fields, "A1")
    bodies = tuple(Name(literal=body) for body in all_of(fields, "CA"))
    if authors + bodies:
        more["author"] = authors + bodies
    if editors := _names(fields, "BE") or _names(fields, "ED"):
        more["editor"] = editors
    if issued := _issued(fields):
        more["issued"] = issued
    if pages := _pages(fields):
        more["page"] = pages
    if numbers := _numbers(fields, "ISBN", "BN", "SN"):
        more["ISBN"] = numbers
    if numbers := _numbers(fields, "ISSN", "SN", "EI"):
        more["ISSN"] = numbers
    if shape == "book" and not first_of(fields, "TI"):
        fields = tuple(("TI" if tag == "SO" else tag, value) for tag, value in fields)
    told = {("DT", TYPES.get(kind, "")), ("DT", "-")}
    left = tuple(field for field in fields if field not in told)
    return decoded(left, (shape, kind), _SCHEME, more)


def _usual(native: Fields) -> Iterator[tuple[str, str]]:
    """Give the lines with a value each."""
    for tag, value in native:
        if tag in _EACH_LINE:
            yield from ((tag, line) for line in value.split("\n"))
        elif tag in ("DE", "ID"):
            words = _BETWEEN.split(value.replace("\n", " "))
            yield from (("DE", word) for word in words)
        else:
            text = " ".join(value.split("\n"))
            yield tag, tag_of(text) if tag == "LA" else text


def _kind(fields: Fields) -> tuple[str, str]:
    """Give the CSL type, and which table of tags it has."""
    letter = first_of(fields, "PT").upper()[:1]
    types = [word.strip().lower() for word in first_of(fields, "DT").split(";")]
    kinds = [_TYPE_OF[word] for word in types if word in _TYPE_OF]
    kind = kinds[0] if kinds else _KINDS.get(letter, "article-journal")
    if kind == "article-journal" and len(kinds) > 1:
        kind = kinds[1]
    if kind == "book" and letter == "B" and {"TI", "SO"} <= {tag for tag, value in fields if value}:
        return "chapter", ""
    return kind, "book" if kind == "book" else kind if kind == "patent" else ""


def _names(fields: Fields, *tags: str) -> tuple[Name, ...]:
    written = next(filter(None, (all_of(fields, tag) for tag in tags)), [])
    return tuple(_name(one) for text in written for one in _BETWEEN.split(text) if one)


def _name(text: str) -> Name:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3:
        return Name(parts[0], parts[1], suffix=parts[2])
    return pubmed.person(text.strip())


def _issued(fields: Fields) -> Date | None:
    year, day = first_of(fields, "PY", "EY"), first_of(fields, "PD") or first_of(fields, "EA")
    date = worded_date(day, year) if day else None
    if date is None or (year.isdecimal() and date.year != int(year)):
        date = worded_date(year)
    return date or (Date(literal=year) if year else None)


def _numbers(fields: Fields, variable: str, *tags: str) -> str:
    numbers = [number for text in all_of(fields, *tags) for number in serial_numbers(text)]
    return " ".join(dict.fromkeys(number for kind, number in numbers if kind == variable))


def _pages(fields: Fields) -> str:
    first, last = first_of(fields, "BP"), first_of(fields, "EP")
    pages = first_of(fields, "PS") or "-".join(part for part in (first, last) if part)
    return pubmed.whole_pages(pages)


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = TYPES.get(record.type, "")
    shape = {"Book": "book", "Patent": "patent"}.get(named, "")
    fields = [("PT", _LETTERS.get(record.type, "J")), *_people(record)]
    texts = encoded(record, (shape, record.type), _SCHEME)
    fields += [("DT", named), *_dates(record), *_pages_of(record)]
    isbn = record.plain("ISBN")
    fields += [
        ("BN" if tag == "SN" and value == isbn else tag, value)
        for tag, value in texts
        if tag != "DT"
    ]
    return tuple(field for field in fields if field[0] and field[1])


def _people(record: Record) -> Iterator[tuple[str, str]]:
    for name in record.names():
        if name.literal:
            yield "CA", one_line(name.literal)
        else:
            yield "AU", _short(name)
            yield "AF", _full(name)
    for name in record.names("editor"):
        yield "BE", one_line(name.literal) or _full(name)


def _full(name: Name) -> str:
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    family = " ".join(part for part in particles if part)
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _short(name: Name) -> str:
    letters = "".join(word[0] for word in re.split(r"[\s.-]+", name.given) if word)
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    return ", ".join(filter(None, (" ".join(filter(None, particles)), letters)))


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    issued = record.date()
    if issued is not None and issued.start is not None and issued.start.year > 0:
        day = issued.start
        if day.month:
            yield "PD", " ".join(filter(None, (_MONTHS[day.month - 1], str(day.day or ""))))
        yield "PY", f"{day.year:04d}"


_MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def _pages_of(record: Record) -> Iterator[tuple[str, str]]:
    page = record.plain("page")
    first, last = page_range(page) or (page, "")
    yield "BP", first
    yield "EP", last


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `NO`, a line each."""
    return (*native, *(("NO", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8, tagged as Web of Science exports it."""
    return framed(map(_source, natives), _HEAD, b"\n", b"EF\n")


def _source(fields: Fields) -> bytes:
    groups: dict[str, list[str]] = {}
    for tag, value in fields:
        groups.setdefault(tag, []).append(value)
    lines = []
    for tag, values in groups.items():
        between = "; " if tag == "DE" else "\n   "
        lines.append(f"{tag} {between.join(values)}\n")
    return "".join((*lines, "ER\n")).encode("utf-8", "replace")
