"""RIS: what reference managers, databases and reading-list systems exchange.

Sources: the RIS specification of Research Information Systems (1994) as revised in 2011, and how
EndNote, Zotero and bibutils use its tags. A file is UTF-8 with CR LF.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.people import inverted, name_of
from northbib.exchange.protocol import framed
from northbib.exchange.tagged import Fields, all_of, first_of, numbered_lines, one_line
from northbib.findings import Finding
from northbib.records import Date, Day, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Value

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

_TEXTS = (
    ("title", "TI"),
    ("title-short", "ST"),
    ("container-title", "T2"),
    ("container-title-short", "J2"),
    ("collection-title", "T3"),
    ("volume", "VL"),
    ("issue", "IS"),
    ("number", "IS"),
    ("edition", "ET"),
    ("version", "ET"),
    ("publisher", "PB"),
    ("publisher-place", "CY"),
    ("chapter-number", "SE"),
    ("genre", "M3"),
    ("language", "LA"),
    ("ISBN", "SN"),
    ("ISSN", "SN"),
    ("DOI", "DO"),
    ("URL", "UR"),
    ("call-number", "CN"),
    ("archive", "DB"),
    ("source", "DP"),
    ("abstract", "AB"),
    ("note", "N1"),
)
"""Variable -> tag, in the order in which a record is written."""

_NAMES = (
    ("author", "AU"),
    ("editor", "ED"),
    ("collection-editor", "A3"),
    ("translator", "A4"),
)

_OTHER_TAGS = {
    "title": ("T1", "CT", "BT"),
    "container-title": ("JO", "JF", "JA"),
    "container-title-short": ("JA", "J1"),
    "publisher-place": ("PP",),
    "abstract": ("N2",),
    "note": ("RN",),
    "URL": ("LK", "L2"),
    "author": ("A1",),
    "editor": ("A2",),
}
"""Variable -> tags that stand for it as well, where the first is not there."""

_ISSUED = re.compile(r"\s*(\d{4})(?:[/-](\d{1,2})?)?(?:[/-](\d{1,2})?)?(?:[/-](.*))?\s*")
_LINE = re.compile(r"\s{0,3}(?P<tag>[A-Z][A-Z0-9])[ \t]{1,2}-(?:[ \t](?P<value>.*)|\s*)")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_SERIALS = frozenset(
    "article-journal article-magazine article-newspaper periodical review review-book".split()
)
_WITH_PAGE_COUNT = frozenset("book thesis report manuscript pamphlet classic collection".split())
_WITH_VERSION = frozenset({"dataset", "software"})
_SHARED = {"issue": "number", "number": "issue", "edition": "version", "version": "edition"}
"""Variables that share a tag."""

_EDGES = frozenset({"TY", "ER"})
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


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
    values: dict[str, Value] = {}
    for variable, tag in _NAMES:
        names = tuple(map(name_of, all_of(native, tag) or _others(native, variable)))
        if names:
            values[variable] = names
    _set_texts(values, native, kind)
    _set_pages(values, native, kind)
    _set_dates(values, native)
    notes = [line for value in all_of(native, "N1") for line in value.split("\n")]
    if any(map(is_kept, notes)):
        own = "\n".join(line for line in notes if not is_kept(line))
        values.pop("note", None)
        values |= {"note": own} if own else {}
    keywords = [word for value in all_of(native, "KW") for word in value.split("\n")]
    record = Record(first_of(native, "ID"), kind, values, tuple(dict.fromkeys(keywords)))
    return with_kept(record, notes)


def _others(native: Fields, variable: str) -> list[str]:
    return all_of(native, *_OTHER_TAGS.get(variable, ()))


def _set_texts(values: dict[str, Value], native: Fields, kind: str) -> None:
    for variable, tag in _TEXTS:
        if _stands_for(variable, tag, kind):
            text = first_of(native, tag) or next(iter(_others(native, variable)), "")
            if text:
                values[variable] = text
    if "DOI" in values:
        values["DOI"] = _DOI.sub("", str(values["DOI"]))
    numbers = all_of(native, "SN")
    for variable in ("ISSN", "ISBN"):
        is_issn = variable == "ISSN"
        own = [one for one in numbers if (_ISSN.fullmatch(one) is not None) == is_issn]
        if own:
            values[variable] = " ".join(own)
        else:
            values.pop(variable, None)


def _stands_for(variable: str, tag: str, kind: str) -> bool:
    """Tell which of the variables that share a tag a type has."""
    if tag == "IS":
        return (variable == "issue") == (kind in _SERIALS)
    if tag == "ET":
        return (variable == "version") == (kind in _WITH_VERSION)
    return True


def _set_pages(values: dict[str, Value], native: Fields, kind: str) -> None:
    first, last = first_of(native, "SP"), first_of(native, "EP")
    if not first:
        return
    if not last and first.isdecimal() and kind in _WITH_PAGE_COUNT:
        values["number-of-pages"] = first
    else:
        values["page"] = f"{first}-{last}" if last and "-" not in first else first


def _set_dates(values: dict[str, Value], native: Fields) -> None:
    for variable, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        written = [value for tag in tags for value in all_of(native, tag)]
        if written:
            values[variable] = next(filter(None, map(_date, written)), Date(literal=written[0]))


def _date(text: str) -> Date | None:
    match = _ISSUED.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.groups()[:3])
    try:
        return Date(Day(year, month, day if month else 0))
    except ValueError:
        return Date(Day(year))


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    fields = [("TY", TYPES.get(record.type, "GEN")), ("ID", record.key)]
    for variable, tag in _NAMES:
        fields += [(tag, one_line(inverted(name))) for name in record.names(variable)]
    for variable, tag in _TEXTS:
        if variable == "volume":
            fields += _dates(record)
        if _stands_for(variable, tag, record.type) or not record.plain(_SHARED[variable]):
            fields.append((tag, one_line(record.plain(variable))))
    fields += _pages(record)
    fields += [("KW", one_line(word)) for word in record.keywords]
    return tuple((tag, value) for tag, value in fields if value)


def _dates(record: Record) -> list[tuple[str, str]]:
    fields = []
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        fields = [("PY", f"{issued.start.year:04d}"), ("DA", _written(issued.start))]
    if accessed is not None and accessed.start is not None:
        fields.append(("Y2", _written(accessed.start)))
    return fields


def _written(day: Day) -> str:
    month, of_month = (f"{part:02d}" if part else "" for part in (day.month, day.day))
    return f"{day.year:04d}/{month}/{of_month}/"


def _pages(record: Record) -> list[tuple[str, str]]:
    page = record.plain("page")
    if not page and record.type in _WITH_PAGE_COUNT:
        return [("SP", record.plain("number-of-pages"))]
    first, dash, last = page.replace("–", "-").partition("-")
    if not dash or "-" in last or "," in page:
        return [("SP", page)]
    return [("SP", first.strip()), ("EP", last.strip())]


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `N1`, a line each."""
    return (*native, *(("N1", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8 with CR LF, as the specification has it."""
    return framed(map(_source, natives), b"", b"\r\n", b"")


def _source(fields: Fields) -> bytes:
    lines = [f"{tag}  - {value}" for tag, value in (*fields, ("ER", ""))]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
