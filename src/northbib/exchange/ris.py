"""RIS: what reference managers, databases and reading-list systems exchange.

Sources: the RIS specification of Research Information Systems (1994) as revised in 2011, and how
EndNote, Zotero and bibutils use its tags. A file is UTF-8 with CR LF.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.bibtex.localisation import GENRES
from northbib.errors import InputError
from northbib.exchange.pages import page_range
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import (
    HAS_PAGE_COUNT,
    MARKED_SERIAL,
    Scheme,
    comes_back,
    date_of,
    decoded_lines,
    encoded,
)
from northbib.exchange.shapes import Values, is_simple
from northbib.exchange.tagged import Fields, Lines, all_of, first_of, grouped, numbered_lines
from northbib.exchange.worded_dates import worded_date
from northbib.findings import Finding
from northbib.records.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Date, Day, Record, Value

__all__ = ["TYPES", "VALUES", "decode", "encode", "keep", "read", "type_of", "write"]

TYPES: dict[str, str] = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "VIDEO",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "collection": "EDBOOK",
    "dataset": "DATA",
    "document": "GEN",
    "entry": "DICT",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "event": "GEN",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "interview": "GEN",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "MANSCPT",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CONF",
    "patent": "PAT",
    "performance": "VIDEO",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "BLOG",
    "post-weblog": "BLOG",
    "regulation": "STAT",
    "report": "RPRT",
    "review": "JOUR",
    "review-book": "JOUR",
    "software": "COMP",
    "song": "SOUND",
    "speech": "GEN",
    "standard": "STAND",
    "thesis": "THES",
    "treaty": "STAT",
    "webpage": "ELEC",
}
"""CSL type -> the value of `TY`."""

_ALSO = {
    "ABST": "article-journal",
    "ADVS": "graphic",
    "AGGR": "dataset",
    "ANCIENT": "classic",
    "BLOG": "post-weblog",
    "CHART": "figure",
    "CPAPER": "paper-conference",
    "CTLG": "book",
    "DBASE": "dataset",
    "DICT": "entry-dictionary",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "EQUA": "figure",
    "GEN": "document",
    "GOVDOC": "report",
    "GRANT": "document",
    "ICOMM": "webpage",
    "INPR": "article-journal",
    "JOUR": "article-journal",
    "MULTI": "webpage",
    "SER": "book",
    "SLIDE": "speech",
    "STAT": "legislation",
    "UNBILL": "bill",
    "UNPB": "manuscript",
    "VIDEO": "motion_picture",
}
_TYPE_OF = {tag: type_ for type_, tag in TYPES.items()} | _ALSO

_SERIES = {"collection-title": "T2 T3", "collection-editor": "A2"}
_BOOK = {"collection-title": "T2 T3", "collection-number": "M1"}
_IN_BOOK = {"editor": "A2"}
_REPORT = {**_SERIES, "number": "SN IS"}
_LAW = {"number": "M1 IS"}
_MEETING = {
    "container-title": "C3 BT",
    "event-title": "T2",
    "event-place": "CY",
    "publisher-place": "C1 PP",
}
_ARTICLE = {"number": "C7", "PMCID": "C2"}
_FILM = {"director": "A2", "producer": "A3", "performer": "A4"}

_BY_TYPE: dict[str, dict[str, str]] = {
    "ADVS": {"performer": "A2", "dimensions": "C3"},
    "ART": {"dimensions": "C3"},
    "BILL": _LAW,
    "BOOK": _BOOK,
    "CASE": {"authority": "PB", "publisher": "PB"},
    "CHAP": {"collection-number": "SV"},
    "CLSWK": _BOOK,
    "COMP": {"collection-title": "T2 T3"},
    "CONF": _MEETING,
    "CPAPER": _MEETING,
    "CTLG": _BOOK,
    "DICT": _IN_BOOK,
    "EBOOK": {"collection-title": "T3", "editor": "A2"},
    "EDBOOK": _BOOK,
    "EJOUR": _ARTICLE,
    "ENCYC": _IN_BOOK,
    "GOVDOC": _REPORT,
    "HEAR": _LAW,
    "ICOMM": {"recipient": "A2"},
    "INPR": _ARTICLE,
    "JOUR": _ARTICLE,
    "MAP": {"scale": "C1", "dimensions": "C3", "collection-title": "T2 T3"},
    "MPCT": _FILM,
    "PAT": {
        "number": "SN IS",
        "jurisdiction": "CY PP",
        "publisher-place": "CY PP",
        "references": "C5",
        "status": "C6",
    },
    "PCOMM": {"recipient": "A2"},
    "RPRT": _REPORT,
    "SOUND": {"performer": "A2"},
    "STAND": {"number": "SN IS"},
    "STAT": _LAW,
    "VIDEO": {"performer": "A2", "dimensions": "C3"},
}
"""The value of `TY` -> what its tags mean there and nowhere else."""

_SCHEME = Scheme(
    key="ID",
    keyword="KW",
    note="N1",
    serial="SN",
    names={"author": "AU", "editor": "ED", "collection-editor": "A3", "translator": "A4"},
    texts={
        "title": "TI",
        "title-short": "ST",
        "container-title": "T2",
        "container-title-short": "J2",
        "collection-title": "T3",
        "original-title": "OP",
        "reviewed-title": "RI",
        "volume": "VL",
        "number-of-volumes": "NV",
        "issue": "IS",
        "number": "IS",
        "edition": "ET",
        "version": "ET",
        "publisher": "PB",
        "publisher-place": "CY PP",
        "chapter-number": "SE",
        "genre": "M3",
        "language": "LA",
        "DOI": "DO",
        "URL": "UR",
        "call-number": "CN",
        "archive": "DB",
        "archive_location": "AV",
        "source": "DP",
        "abstract": "AB",
        "note": "N1",
    },
    by_type=_BY_TYPE,
    others={
        "title": ("T1", "CT", "BT"),
        "container-title": ("JO", "JF", "BT", "JA"),
        "container-title-short": ("JA", "J1", "JO", "JI", "J9"),
        "publisher": ("PU",),
        "publisher-place": ("PI",),
        "volume": ("VO",),
        "issue": ("CP",),
        "DOI": ("DI",),
        "abstract": ("N2",),
        "note": ("RN",),
        "URL": ("LK", "L2"),
        "author": ("A1",),
        "editor": ("A2",),
    },
    extras={
        "AD": "affiliation",
        "AI": "orcid",
        "AN": "accession",
        **{f"C{number}": f"custom{number}" for number in range(1, 9)},
        "CA": "caption",
        "FU": "funding",
        "FX": "funding-text",
        "L1": "fulltext",
        "L2": "fulltext-link",
        "L3": "related",
        "L4": "image",
        "LB": "reference-label",
        "M1": "misc1",
        "M2": "misc2",
        "PA": "publisher-address",
        "RP": "reprint",
        "TA": "translated-author",
        "TT": "translated-title",
        **{f"U{number}": f"user{number}" for number in range(1, 6)},
    },
    passed=frozenset({"TY", "DA", "PY", "Y1", "Y2", "SP", "EP"}),
    prefix="ris-",
)
_LINE = re.compile(r"\s{0,3}([A-Z][A-Z0-9])[ \t]{1,2}-(?:[ \t](.*)|\s*)")
_EDGES = frozenset({"TY", "ER"})
_NO_PAGES = ("No", "Specified")
"""What the two tags of pages hold where Ovid has `No Pagination Specified`."""

_NUMBER = rf"(?!(?:{MARKED_SERIAL})\Z)[^()]*"
"""Numbers that are no ISBN or ISSN, with which they share a tag in some types."""

_DATES_KEPT = 1 << 12
"""How many dates are in memory as they were read: most are but a year."""

_MEETINGS = frozenset({"CONF", "CPAPER"})


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    What stands before the first record and between two is passed over; a record that has no `ER`
    ends where the next `TY` stands; a line without a tag goes on with the value before it. In a
    file without any `TY`, a record begins where the last one ended.

    Raises:
        InputError: No line of it has a tag.
    """
    lines = Lines()
    is_ris = has_types = False
    for number, line in numbered_lines(source, name):
        match = _LINE.fullmatch(line)
        if match is None:
            lines.go_on(line)
            continue
        tag, value = match.groups()
        is_ris = True
        if tag in _EDGES:
            has_types = has_types or tag == "TY"
            if lines:
                yield decode(lines.taken())
            if tag == "ER":
                continue
        elif not lines:
            if has_types:
                continue
            yield _without_type(name, number)
        lines.begin(tag, value or "")
    if lines:
        yield decode(lines.taken())
    if not is_ris:
        raise InputError("not RIS: no line begins with a tag such as TY  -", where=name)


def _without_type(name: str, line: int) -> Finding:
    return Finding(
        code="no-type",
        severity="warning",
        message="a record does not begin with TY, and is read as a document",
        file=name,
        line=line,
    )


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    named = first_of(native, "TY").upper()
    kind = _TYPE_OF.get(named, "document")
    if named in _MEETINGS:
        native = _of_meeting(native)
    lines = grouped(native)
    more = _dates_of(native, lines) | _pages_of(lines, kind)
    return decoded_lines(lines, (named, kind), _SCHEME, more)


def type_of(named: str) -> str:
    """Give the CSL type for a value of `TY`; "" if there is no such value."""
    return _TYPE_OF.get(named.upper(), "")


def _dates_of(native: Fields, lines: Mapping[str, list[str]]) -> dict[str, Value]:
    dates = {
        "issued": _issued(tuple(lines.get("DA", ())), tuple(all_of(native, "PY", "Y1"))),
        "accessed": date_of(lines["Y2"]) if "Y2" in lines else None,
    }
    return {name: date for name, date in dates.items() if date is not None}


@lru_cache(maxsize=_DATES_KEPT)
def _issued(days: tuple[str, ...], years: tuple[str, ...]) -> Date | None:
    """Give the day, which may be a month and day in words beside the year in `PY`."""
    date = date_of([*days, *years])
    if days and years and date is not None and date.start and not date.start.month:
        worded = worded_date(days[0], str(date.start.year))
        return worded if worded is not None and worded.year == date.start.year else date
    return date


def _of_meeting(native: Fields) -> Fields:
    """Give the lines of a conference paper so that `C3` is the proceedings and `C1` their place.

    By the specification `T2` and `CY` are the name and place of the conference; where the line
    for the proceedings is not there, programs mean those.
    """
    tags = {tag for tag, value in native if value}
    turned: dict[str, str] = {}
    if not tags & {"C3", "BT"}:
        turned |= {"T2": "C3"} if "T2" in tags else {"JO": "C3"} if "JO" in tags else {"JF": "C3"}
    if not tags & {"C1", "PP"} and not {"T2", "C3"} <= tags:
        turned["CY"] = "C1"
    return tuple((turned.get(tag, tag), value) for tag, value in native)


def _pages_of(lines: Mapping[str, list[str]], kind: str) -> dict[str, Value]:
    first, last = (lines[tag][0] if tag in lines else "" for tag in ("SP", "EP"))
    if not first or (first, last) == _NO_PAGES:
        return {}
    if not last and first.isdecimal() and kind in HAS_PAGE_COUNT:
        return {"number-of-pages": first}
    return {"page": f"{first}-{last}" if last and "-" not in first else first}


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = TYPES.get(record.type, "GEN")
    types = (named, _TYPE_OF.get(named, "document"))
    fields = [("TY", named), *encoded(record, types, _SCHEME), *_dates(record), *_pages(record)]
    lines = tuple([field for field in fields if field[1]])
    return _as_meeting(lines) if named in _MEETINGS else lines


def _as_meeting(lines: Fields) -> Fields:
    """Give the lines of a conference paper as most programs read them where they are one sense."""
    tags = {tag for tag, _ in lines}
    turned: dict[str, str] = {}
    if "T2" not in tags:
        turned |= {"C3": "T2", "BT": ""}
    if "CY" not in tags:
        turned |= {"C1": "CY"} if "T2" not in tags or "C3" not in tags else {}
    return tuple((turned.get(tag, tag), value) for tag, value in lines if turned.get(tag, tag))


def _dates(record: Record) -> list[tuple[str, str]]:
    issued, accessed = record.date("issued"), record.date("accessed")
    lines = []
    if issued is not None and issued.start is not None and issued.start.year > 0:
        lines += [("PY", f"{issued.start.year:04d}"), ("DA", _written(issued.start))]
    if accessed is not None and accessed.start is not None:
        lines.append(("Y2", _written(accessed.start)))
    return lines


def _written(day: Day) -> str:
    month = f"{day.month:02d}" if day.month else ""
    of_month = f"{day.day:02d}" if day.day else ""
    return f"{day.year:04d}/{month}/{of_month}/"


def _pages(record: Record) -> list[tuple[str, str]]:
    page = record.plain("page")
    if not page:
        counts = record.type in HAS_PAGE_COUNT
        return [("SP", record.plain("number-of-pages") if counts else "")]
    first, last = page_range(page) or (page, "")
    return [("SP", first), ("EP", last)]


VALUES = Values(
    is_text=is_simple,
    is_name=comes_back,
    is_keyword=is_simple,
    plain=plain,
    forms={
        variable: re.compile(form)
        for variable, form in {
            "DOI": r"10\..*",
            "ISBN": r"(97[89](?:-?\d){9}-?[\dX])|(\d{9}[\dX])",
            "ISSN": r"\d{4}-\d{3}[\dX]",
            "genre": rf"(?!(?:{'|'.join(map(re.escape, GENRES))})\Z).*",
            "issue": _NUMBER,
            "language": "[a-z]{2}(?:-[A-Z]{2})?",
            "note": r"(?!.*\{:).*",
            "number": _NUMBER,
            "number-of-pages": "[0-9]+",
            "page": "([A-Za-z]?[0-9]+-[A-Za-z]?[0-9]+)|([0-9]+)",
        }.items()
    },
)
"""What is written and read as it is; what is told by its form has one that leaves no doubt."""


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `N1`, a line each."""
    return (*native, *(("N1", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8 with CR LF, as the specification has it."""
    return framed(map(_source, natives), b"", b"\r\n", b"")


def _source(fields: Fields) -> bytes:
    lines = [f"{tag}  - {value}\r\n" for tag, value in fields]
    return f"{''.join(lines)}ER  - \r\n".encode("utf-8", "replace")
