"""RIS: what reference managers, databases and reading-list systems exchange.

Sources: the RIS specification of Research Information Systems (1994) as revised in 2011, and how
EndNote, Zotero and bibutils use its tags. A file is UTF-8 with CR LF.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.localisation import GENRES
from northbib.errors import InputError
from northbib.exchange.endnote import types_of
from northbib.exchange.pages import page_range, pages_of
from northbib.exchange.protocol import framed
from northbib.exchange.ris_dates import date_of, issued
from northbib.exchange.ris_lines import LINE, Loosely
from northbib.exchange.ris_terms import SCHEME, TYPE_OF, TYPES
from northbib.exchange.scheme import (
    HAS_PAGE_COUNT,
    LONE_DOI,
    SERIALS,
    comes_back,
    decoded_lines,
    encoded,
    is_one_topic,
)
from northbib.exchange.serial_numbers import MARKED_SERIAL
from northbib.exchange.shapes import Values, forms_of, is_simple
from northbib.exchange.tagged import (
    ENTITY,
    Fields,
    Lines,
    all_of,
    cut_off,
    first_of,
    grouped,
    numbered_lines,
    with_signs,
)
from northbib.findings import Finding
from northbib.records.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Day, Record, Value

__all__ = ["TYPES", "VALUES", "decode", "encode", "keep", "read", "type_of", "write"]

_EDGES = frozenset({"TY", "ER"})
_KNOWN = SCHEME.tags() | {"ER", "L3"}
_NO_PAGES = ("No", "Specified")
"""What the two tags of pages hold where Ovid has `No Pagination Specified`."""

_VOLUME_AND_ISSUE = re.compile(r"(\d+)\s*\((\d[\w/-]*)\)")
_PMID = re.compile(r"\d{5,8}")
"""What Scopus has in the tag of a PMCID, which begins with other signs."""

_RANGE = re.compile(r"(\w+)\s*(?:-|--|–)\s*(\w+)")
_BEFORE_PAGES = re.compile(r"pp?\.? ?(?=\d)")

_NUMBER = rf"(?!(?:{MARKED_SERIAL})\Z)[^()]*"
"""Numbers that are no ISBN or ISSN, with which they share a tag in some types."""

_BEFORE_ADDRESS = re.compile(r"[;,\s]+(?=https?://)")

_MEETINGS = frozenset({"CONF", "CPAPER"})


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    What stands before the first record and between two is passed over, but for tags of RIS: they
    belong to the record whose `TY` they stand before. A record that has no `ER` ends where the
    next `TY` stands; a line without a tag goes on with the value before it. Where a record has no
    `TY`, it begins where the last one ended.

    Raises:
        InputError: No line of it has a tag.
    """
    lines, loosely = Lines(), Loosely(_KNOWN, type_of)
    told: list[Finding] = []
    is_ris = typed = False
    first = 0
    for number, line in numbered_lines(source, name, told):
        match = LINE.fullmatch(line)
        if match is not None:
            tag, value = match.groups()
        elif found := loosely.found(line):
            tag, value = found
        else:
            lines.go_on(line)
            continue
        if tag in _EDGES:
            is_ris = True
            if typed:
                yield decode(lines.taken())
            elif lines and tag == "ER":
                yield from _without_type(lines, name, first)
            typed = tag == "TY"
            if not typed:
                continue
        if not lines:
            if tag not in _KNOWN:
                continue
            is_ris, first = True, number
        lines.begin(tag, value or "")
    if lines:
        yield from [decode(lines.taken())] if typed else _without_type(lines, name, first)
        yield cut_off("ER", name, first)
    if not is_ris:
        raise InputError("not RIS: no line begins with a tag such as TY  -", where=name)
    yield from told


def _without_type(lines: Lines, name: str, first: int) -> Iterator[Read]:
    yield Finding(
        code="no-type",
        severity="warning",
        message="a record does not begin with TY, and is read as a document",
        file=name,
        line=first,
    )
    yield decode(lines.taken())


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    native = with_signs(native)
    named = _named(first_of(native, "TY"))
    kind = TYPE_OF.get(named, "document")
    if named in _MEETINGS:
        native = _of_meeting(native)
    lines = grouped(native)
    _put_right(lines, kind)
    more = _dates_of(native, lines) | _pages_of(lines, kind)
    if "C2" in lines and kind in SERIALS and _PMID.fullmatch(lines["C2"][0]):
        more["PMID"] = lines.pop("C2")[0]
    return decoded_lines(lines, (named, kind), SCHEME, more)


def type_of(named: str) -> str:
    """Give the CSL type for a value of `TY`; "" if there is no such value."""
    return TYPE_OF.get(_named(named), "")


def _named(written: str) -> str:
    """Give the value of `TY` for what stands there, which may be EndNote's name of the type."""
    named = written.upper()
    if named in TYPE_OF or not written:
        return named
    own, kind = types_of([written])
    return TYPES[kind] if own else named


def _put_right(lines: dict[str, list[str]], kind: str) -> None:
    """Put what programs write into other tags than most where most have it."""
    if kind in SERIALS and ("JF" in lines or ("T2" in lines and "JO" in lines)):
        _put_titles_of_journal_right(lines)
    if kind in SERIALS and "VL" in lines and not ("IS" in lines or "CP" in lines):
        _part_volume_and_issue(lines)
    if "DO" not in lines and "DI" not in lines:
        _find_doi(lines)
    for text in lines.get("UR", ()):
        if text.count("://") > 1 or text.endswith(";"):
            lines["UR"] = [one for each in lines["UR"] for one in _addresses(each)]
            break


def _addresses(text: str) -> list[str]:
    return _BEFORE_ADDRESS.split(text.strip(" ;"))


def _put_titles_of_journal_right(lines: dict[str, list[str]]) -> None:
    """Give `T2` the title in full, and `J2` one with full stops that stood for it."""
    titles = {tag: lines[tag][0] for tag in ("JF", "T2", "JO") if tag in lines}
    full = next(
        (tag for tag, title in titles.items() if ". " not in f"{title} "), next(iter(titles))
    )
    if full == "T2":
        return
    short = lines.pop("T2", None)
    lines["T2"] = lines.pop(full)
    if short is not None and short != lines["T2"]:
        lines.setdefault("J2", []).extend(short)


def _part_volume_and_issue(lines: dict[str, list[str]]) -> None:
    if match := _VOLUME_AND_ISSUE.fullmatch(lines["VL"][0]):
        lines["VL"][0], lines["IS"] = match[1], [match[2]]


def _find_doi(lines: dict[str, list[str]]) -> None:
    """Take a DOI from the tags in which programs write it that have no other for it."""
    for tag in ("M3", "L3", "N1"):
        for text in lines.get(tag, ()):
            if match := LONE_DOI.fullmatch(text):
                lines["DO"] = [match[1]]
                lines[tag] = [other for other in lines[tag] if other != text]
                if not lines[tag]:
                    del lines[tag]
                return


def _dates_of(native: Fields, lines: Mapping[str, list[str]]) -> dict[str, Value]:
    dates = {
        "issued": issued(tuple(lines.get("DA", ())), tuple(all_of(native, "PY", "Y1"))),
        "accessed": date_of(lines["Y2"]) if "Y2" in lines else None,
    }
    return {name: date for name, date in dates.items() if date is not None}


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
    if (first, last) == _NO_PAGES or not (first or last):
        return {}
    if not last and kind in HAS_PAGE_COUNT:
        return pages_of(first, kind)
    if not first or not last or first == last:
        page = _BEFORE_PAGES.sub("", first or last)
        spaced = _RANGE.fullmatch(page)
        return {"page": f"{spaced[1]}-{spaced[2]}" if spaced else page}
    ends = page_range(last)
    if ends is not None and ends[0] == first:
        return {"page": last}
    return {"page": first if "-" in first or "–" in first else f"{first}-{last}"}


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = TYPES.get(record.type, "GEN")
    types = (named, TYPE_OF.get(named, "document"))
    fields = [("TY", named), *encoded(record, types, SCHEME), *_dates(record), *_pages(record)]
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


def _is_plain(text: str) -> bool:
    if text.isdecimal() and _PMID.fullmatch(text):
        return False
    return is_simple(text) and ("&" not in text or ENTITY.search(text) is None)


VALUES = Values(
    is_text=_is_plain,
    is_name=comes_back,
    is_keyword=is_one_topic,
    plain=plain,
    forms=forms_of(
        {
            "DOI": r"10\.(?!.*%2[Ff]).*",
            "ISBN": r"(97[89](?:-?\d){9}-?[\dX])|(\d{9}[\dX])",
            "PMCID": r"PMC\d+",
            "URL": r"(?!.*[;,\s]+https?://).*[^;]",
            "genre": rf"(?!(?:{'|'.join(map(re.escape, GENRES))})\Z|.*10\.\d).*",
            "issue": _NUMBER,
            "note": r"(?!.*\{:|.*10\.\d).*",
            "number": _NUMBER,
            "number-of-pages": "[0-9]+",
            "volume": r"[^()]*",
            "page": "([A-Za-z]?[0-9]+-[A-Za-z]?[0-9]+)|([0-9]+)",
        }
    ),
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
