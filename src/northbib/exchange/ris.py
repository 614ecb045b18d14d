"""RIS: what reference managers, databases and reading-list systems exchange.

Sources: the RIS specification of Research Information Systems (1994) as revised in 2011, and how
EndNote, Zotero and bibutils use its tags. A file is UTF-8 with CR LF.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import HAS_PAGE_COUNT, Scheme, date_of, decoded, encoded
from northbib.exchange.tagged import Fields, all_of, first_of, numbered_lines
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Day, Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

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
        "volume": "VL",
        "issue": "IS",
        "number": "IS",
        "edition": "ET",
        "version": "ET",
        "publisher": "PB",
        "publisher-place": "CY",
        "chapter-number": "SE",
        "genre": "M3",
        "language": "LA",
        "DOI": "DO",
        "URL": "UR",
        "call-number": "CN",
        "archive": "DB",
        "source": "DP",
        "abstract": "AB",
        "note": "N1",
    },
    others={
        "title": ("T1", "CT", "BT"),
        "container-title": ("JO", "JF", "JA"),
        "container-title-short": ("JA", "J1"),
        "publisher-place": ("PP",),
        "abstract": ("N2",),
        "note": ("RN",),
        "URL": ("LK", "L2"),
        "author": ("A1",),
        "editor": ("A2",),
    },
)
_LINE = re.compile(r"\s{0,3}(?P<tag>[A-Z][A-Z0-9])[ \t]{1,2}-(?:[ \t](?P<value>.*)|\s*)")
_EDGES = frozenset({"TY", "ER"})


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    What stands before the first record and between two is passed over; a record that has no `ER`
    ends where the next `TY` stands; a line without a tag goes on with the value before it. In a
    file without any `TY`, a record begins where the last one ended.

    Raises:
        InputError: No line of it has a tag.
    """
    fields: list[tuple[str, str]] = []
    is_ris = has_types = False
    for number, line in numbered_lines(source, name):
        match = _LINE.fullmatch(line)
        tag = match["tag"] if match else ""
        is_ris = is_ris or bool(tag)
        has_types = has_types or tag == "TY"
        if tag in _EDGES and fields:
            yield decode(tuple(fields))
            fields = []
        if tag not in _EDGES and not fields:
            if has_types or not tag:
                continue
            yield _without_type(name, number)
        if match and tag != "ER":
            fields.append((tag, (match["value"] or "").strip()))
        elif fields and line.strip():
            fields[-1] = (fields[-1][0], f"{fields[-1][1]}\n{line.strip()}".strip())
    if fields:
        yield decode(tuple(fields))
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
    kind = _TYPE_OF.get(first_of(native, "TY").upper(), "document")
    issued = date_of(all_of(native, "DA") + all_of(native, "PY", "Y1"))
    dates = {"issued": issued, "accessed": date_of(all_of(native, "Y2"))}
    more = {name: date for name, date in dates.items() if date is not None}
    return decoded(native, kind, _SCHEME, more | _pages_of(native, kind))


def _pages_of(native: Fields, kind: str) -> dict[str, Value]:
    first, last = first_of(native, "SP"), first_of(native, "EP")
    if not first:
        return {}
    if not last and first.isdecimal() and kind in HAS_PAGE_COUNT:
        return {"number-of-pages": first}
    return {"page": f"{first}-{last}" if last and "-" not in first else first}


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    fields = [("TY", TYPES.get(record.type, "GEN")), *encoded(record, _SCHEME)]
    fields += [*_dates(record), *_pages(record)]
    return tuple((tag, value) for tag, value in fields if value)


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        yield "PY", f"{issued.start.year:04d}"
        yield "DA", _written(issued.start)
    if accessed is not None and accessed.start is not None:
        yield "Y2", _written(accessed.start)


def _written(day: Day) -> str:
    month, of_month = (f"{part:02d}" if part else "" for part in (day.month, day.day))
    return f"{day.year:04d}/{month}/{of_month}/"


def _pages(record: Record) -> Iterator[tuple[str, str]]:
    page = record.plain("page")
    if not page and record.type in HAS_PAGE_COUNT:
        yield "SP", record.plain("number-of-pages")
    first, dash, last = page.replace("–", "-").partition("-")
    if not dash or "-" in last or "," in page:
        yield "SP", page
    else:
        yield "SP", first.strip()
        yield "EP", last.strip()


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `N1`, a line each."""
    return (*native, *(("N1", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8 with CR LF, as the specification has it."""
    return framed(map(_source, natives), b"", b"\r\n", b"")


def _source(fields: Fields) -> bytes:
    lines = [f"{tag}  - {value}" for tag, value in (*fields, ("ER", ""))]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
