"""RefWorks' tagged format: what RefWorks exports, and what databases give to be imported there.

Source: "RefWorks Tagged Format" of Ex Libris. Text before the first `RT` is a legend.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.pages import page_range
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import HAS_PAGE_COUNT, LONE_DOI, Scheme, decoded, encoded
from northbib.exchange.tagged import (
    Fields,
    Lines,
    first_of,
    joined,
    numbered_lines,
    with_signs,
)
from northbib.exchange.worded_dates import worded_date, worded_or_literal
from northbib.findings import Finding
from northbib.records import Date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

TYPES: dict[str, str] = {
    "article": "Unpublished Material",
    "article-journal": "Journal Article",
    "article-magazine": "Magazine Article",
    "article-newspaper": "Newspaper Article",
    "bill": "Bills/Resolutions",
    "book": "Book, Whole",
    "broadcast": "Video/ DVD",
    "chapter": "Book, Section",
    "collection": "Book, Edited",
    "document": "Generic",
    "graphic": "Artwork",
    "hearing": "Hearing",
    "legal_case": "Case/Court Decisions",
    "legislation": "Laws/Statutes",
    "manuscript": "Unpublished Material",
    "map": "Map",
    "motion_picture": "Motion Picture",
    "musical_score": "Music Score",
    "paper-conference": "Conference Proceedings",
    "patent": "Patent",
    "periodical": "Journal, Electronic",
    "personal_communication": "Personal Communication",
    "post": "Online Discussion Forum/Blogs",
    "post-weblog": "Online Discussion Forum/Blogs",
    "report": "Report",
    "software": "Computer Program",
    "song": "Sound Recording",
    "thesis": "Dissertation/Thesis",
    "webpage": "Web Page",
}
"""CSL type -> the value of `RT`."""

_ALSO = {
    "abstract": "article-journal",
    "blog": "post-weblog",
    "book": "book",
    "book, edited": "book",
    "book chapter": "chapter",
    "dissertation": "thesis",
    "dissertation/thesis, unpublished": "thesis",
    "journal": "article-journal",
    "journal, electronic": "article-journal",
    "monograph": "book",
    "newspaper": "article-newspaper",
    "online discussion forum": "post",
    "online discussion forum/blogs": "post-weblog",
    "unpublished material": "manuscript",
    "video": "motion_picture",
    "video/ dvd": "motion_picture",
    "video/dvd": "motion_picture",
}
_TYPE_OF = {name.lower(): type_ for type_, name in TYPES.items()} | _ALSO

_IN_PERIODICALS = {
    named: {"container-title": "JF"}
    for named in ("Journal Article", "Magazine Article", "Newspaper Article", "Abstract")
}

_SCHEME = Scheme(
    key="",
    keyword="K1",
    note="NO",
    serial="SN",
    names={"author": "A1", "editor": "A2", "collection-editor": "A3", "translator": "A4"},
    texts={
        "title": "T1",
        "title-short": "ST",
        "container-title": "T2",
        "container-title-short": "JO",
        "collection-title": "T3",
        "original-title": "OT",
        "volume": "VO",
        "issue": "IS",
        "number": "IS",
        "edition": "ED",
        "version": "ED",
        "publisher": "PB",
        "publisher-place": "PP",
        "language": "LA",
        "DOI": "DO",
        "URL": "UL",
        "call-number": "CN",
        "archive_location": "AV",
        "source": "DS",
        "PMID": "PMID",
        "PMCID": "PMCID",
        "abstract": "AB",
        "note": "NO",
    },
    by_type={**_IN_PERIODICALS, "Web Page": {"container-title": "WT", "version": "WV"}},
    others={"URL": ("LK",), "container-title": ("JF", "T2")},
    extras={
        "A5": "quinary-author",
        "AD": "affiliation",
        "AN": "accession",
        "CL": "classification",
        "CR": "references-cited",
        "DB": "database",
        "IP": "identifying-phrase",
        "LL": "sponsoring-library-location",
        "SF": "subfile",
        "SL": "sponsoring-library",
        **{f"U{number}": f"user{number}" for number in range(1, 16)},
    },
    passed=frozenset({"RT", "SR", "ID", "OL", "YR", "FD", "RD", "WP", "SP", "OP"}),
    prefix="refworks-",
)
"""`SR`, `ID` and `OL` number a reference in the account that it was exported from."""

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]\d?|PMID|PMCID) (?P<value>.*)")
_FONTS = re.compile("[\x00-\x08\x0b-\x1f]")
_TITLES = frozenset({"T1"})
_MONTH_AND_DAY = re.compile(r"\d{1,2}/\d{1,2}")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the references of a file.

    One begins where there is another `RT`, with what stands before it up to a blank line.

    Raises:
        InputError: No line of it begins with `RT`.
    """
    told: list[Finding] = []
    is_refworks = False
    for found in joined(_runs(source, name, told), "RT", _TITLES):
        if isinstance(found, Finding) or first_of(found, "RT"):
            is_refworks = True
        if is_refworks:
            yield found if isinstance(found, Finding) else decode(found)
    if not is_refworks:
        raise InputError("not RefWorks' format: no line begins with RT", where=name)
    yield from told


def _runs(source: BinaryIO, name: str, told: list[Finding]) -> Iterator[Fields]:
    """Give the tags between blank lines, of one reference at most."""
    lines = Lines()
    is_typed = after_blank = False
    for _, line in numbered_lines(source, name, told):
        match = _LINE.fullmatch(line.lstrip("\ufeff").rstrip() + " ")
        if match is None:
            after_blank = after_blank or not line.strip()
            lines.go_on(line)
            continue
        is_type = match["tag"] == "RT"
        if lines and (after_blank or (is_type and is_typed)):
            yield lines.taken(" ")
            is_typed = False
        is_typed = is_typed or is_type
        lines.begin(match["tag"], _FONTS.sub("", match["value"]))
        after_blank = False
    if lines:
        yield lines.taken(" ")


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    native = with_signs(native)
    if not first_of(native, "DO"):
        native = tuple(_told_as_doi(*field) for field in native)
    named = first_of(native, "RT")
    kind = _TYPE_OF.get(named.lower(), "document")
    more: dict[str, Value] = {}
    if issued := _issued(native):
        more["issued"] = issued
    if accessed := worded_or_literal(first_of(native, "RD")):
        more["accessed"] = accessed
    first, last = first_of(native, "SP"), first_of(native, "OP")
    if first and not last and first.isdecimal() and kind in HAS_PAGE_COUNT:
        more["number-of-pages"] = first
    elif first or last:
        more["page"] = f"{first}-{last}" if first and last and "-" not in first else first or last
    return decoded(native, (named, kind), _SCHEME, more)


def _told_as_doi(tag: str, value: str) -> tuple[str, str]:
    """Give a line, with the tag of DOIs if it is a note that is one."""
    match = LONE_DOI.fullmatch(value) if tag == "NO" else None
    return ("DO", match[1]) if match else (tag, value)


def _issued(native: Fields) -> Date | None:
    year, free = first_of(native, "YR"), first_of(native, "FD")
    if _MONTH_AND_DAY.fullmatch(free) and year.isdecimal():
        free = f"{year}/{free}"
    date = worded_date(free, year) if free else worded_date(year)
    literal = year or free
    return date or (Date(literal=literal) if literal else None)


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = TYPES.get(record.type, "Generic")
    kind = _TYPE_OF[named.lower()]
    fields = [("RT", named), *encoded(record, (named, kind), _SCHEME)]
    fields += [*_dates(record), *_pages(record)]
    return tuple(field for field in fields if field[0] and field[1])


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        yield "YR", f"{issued.start.year:04d}"
        if issued.start.month:
            yield "FD", issued.start.edtf()
    if accessed is not None and accessed.start is not None:
        yield "RD", accessed.start.edtf()


def _pages(record: Record) -> Iterator[tuple[str, str]]:
    page = record.plain("page")
    first, last = page_range(page) or (page, "")
    yield "SP", first
    yield "OP", last
    if not first and record.type in HAS_PAGE_COUNT:
        yield "SP", record.plain("number-of-pages")


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `NO`, a line each."""
    return (*native, *(("NO", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8, a blank line between two references."""
    return framed(map(_source, natives), b"", b"\n", b"")


def _source(fields: Fields) -> bytes:
    return "".join(f"{tag} {value}\n" for tag, value in fields).encode("utf-8", "replace")
