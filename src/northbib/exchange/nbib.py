"""MEDLINE's tagged format (.nbib), which PubMed exports and reference managers read.

Source: "MEDLINE/PubMed Data Element (Field) Descriptions" of the National Library of Medicine. What
has no field is kept in `GN`, the general note.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange import pubmed
from northbib.exchange.languages import code_of, tag_of
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import Scheme, decoded, encoded
from northbib.exchange.tagged import (
    Fields,
    Lines,
    all_of,
    first_of,
    joined,
    numbered_lines,
    one_line,
    with_signs,
)
from northbib.exchange.worded_dates import worded_or_literal
from northbib.findings import Finding
from northbib.records import Date, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

TYPES = pubmed.TYPES

_ROLES = {"author": ("FAU", "AU"), "editor": ("FED", "ED"), "contributor": ("FIR", "IR")}
"""Role -> tag of the name in full, and with initials."""

_SCHEME = Scheme(
    key="",
    keyword="OT",
    note="GN",
    serial="IS",
    names={},
    texts={
        "PMID": "PMID",
        "title": "TI",
        "original-title": "TT",
        "container-title": "JT",
        "container-title-short": "TA",
        "collection-title": "CTI",
        "volume-title": "VTI",
        "volume": "VI",
        "issue": "IP",
        "number": "IP",
        "page": "PG",
        "edition": "EN",
        "publisher": "PB",
        "publisher-place": "PL",
        "DOI": "AID",
        "PMCID": "PMC",
        "language": "LA",
        "abstract": "AB",
        "note": "GN",
    },
    by_type={"book": {"title": "BTI"}, "part": {"title": "TI", "container-title": "BTI"}},
    others={"DOI": ("LID",)},
    extras={
        "AD": "affiliation",
        "CI": "copyright",
        "CN": "corporate-author",
        "COI": "conflict-of-interest",
        "COIS": "conflict-of-interest",
        "GR": "grant",
        "MID": "manuscript-id",
        "OAB": "other-abstract",
        "PII": "pii",
        "PS": "personal-name-as-subject",
        "PT": "publication-type",
        "RN": "substance",
        "SI": "databank",
        "bookaccession": "bookaccession",
        "sections": "sections",
    },
    passed=frozenset(
        """
        APR AUID BOK CDAT CIN CON CRDT CRF CRI CTDT DA DCOM DEP DP DRDT ED EDAT EFR EIN FED FIR FPS
        GS IR IRAD ISBN JID LR MHDA NM OABL OCI OID ORI OTO OWN PHST PMCR PRIN PROF PST PUBM RF RIN
        ROF RPF RPI SB SFM SPIN STAT UIN UOF FAU AU
        """.split()
    ),
    prefix="nbib-",
)
"""Tags in `passed` that are not read stand for the database's own keeping of its records."""

_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")
_IDENTIFIER = re.compile(r"(?P<value>.*\S)\s*\[(?P<kind>doi|pii)\]", re.IGNORECASE)
_SOURCE = re.compile(r"(?!v\d)(.+?)\.? (?:1[5-9]|20)\d\d\b")
"""The title of a journal in the line that says where an article stands."""

_TITLES = frozenset({"TI", "BTI", "TT"})
_ADDRESS = re.compile(r"https?://")
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    A record begins where there is another `PMID`, with what stands before it up to a blank line;
    in a file without any, behind each blank line. A line that is indented goes on with the value
    before it; one that is not, and has no tag, is told and left out.

    Raises:
        InputError: No line of it has a tag.
    """
    told: list[Finding] = []
    is_nbib = False
    for found in joined(_runs(source, name, told), "PMID", _TITLES):
        is_nbib = True
        yield found if isinstance(found, Finding) else decode(found)
    if not is_nbib:
        raise InputError(
            "not MEDLINE's format: no line begins with a tag such as PMID-", where=name
        )
    yield from told


def _runs(source: BinaryIO, name: str, told: list[Finding]) -> Iterator[Fields | Finding]:
    """Give the tags between blank lines, of one record at most."""
    lines = Lines()
    is_begun = is_named = after_blank = False
    for number, line in numbered_lines(source, name, told):
        match = _LINE.fullmatch(line)
        if match is not None:
            is_id = match["tag"] == "PMID"
            if lines and (after_blank or (is_id and is_named)):
                yield lines.taken(" ")
                is_named = False
            is_begun, is_named = True, is_named or is_id
            lines.begin(match["tag"], match["value"])
        elif line.strip() and is_begun:
            if line[:1].isspace():
                lines.go_on(line)
            else:
                yield _untagged(name, number)
        after_blank = not line.strip()
    if lines:
        yield lines.taken(" ")


def _untagged(name: str, line: int) -> Finding:
    return Finding(
        code="untagged-line",
        severity="warning",
        message="a line has no tag and is not indented; it was left out",
        file=name,
        line=line,
    )


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    native = with_signs(native)
    here = {tag for tag, value in native if value}
    shape = ("part" if "TI" in here else "book") if "BTI" in here else ""
    kind = pubmed.type_of(
        all_of(native, "PT"),
        in_journal=bool(here & {"JT", "TA"}) and not shape,
        in_book=shape == "part",
        is_book=shape == "book",
    )
    more: dict[str, Value] = {}
    for role, tags in _ROLES.items():
        if names := _names(native, *tags, bodies=role == "author"):
            more[role] = names
    if issued := _issued(native):
        more["issued"] = issued
    if numbers := all_of(native, "ISBN"):
        more["ISBN"] = " ".join(map(_bare, numbers))
    if address := next(filter(_ADDRESS.match, all_of(native, "AID", "LID")), ""):
        more["URL"] = address
    if "TT" in here and not here & {"TI", "BTI"}:
        native = tuple(("TI" if tag == "TT" else tag, value) for tag, value in native)
    return decoded(tuple(_usual(native, kind)), (shape, kind), _SCHEME, more)


def _names(native: Fields, full: str, short: str, *, bodies: bool) -> tuple[Name, ...]:
    families = tuple(pubmed.person(value).family.lower() for value in all_of(native, full))
    names = []
    for tag, value in native:
        if value and tag == "CN" and bodies:
            names.append(Name(literal=value))
        elif value and tag in (full, short):
            name = pubmed.person(value)
            # With initials stand those again that are there in full.
            is_again = name.literal or value.lower().startswith(families)
            if tag == full or not families or not is_again:
                names.append(name)
    return tuple(names)


def _issued(native: Fields) -> Date | None:
    text = first_of(native, "DP") or first_of(native, "DEP", "CDAT")
    return worded_or_literal(text)


def _usual(native: Fields, kind: str) -> Iterator[tuple[str, str]]:
    """Give the lines as records have what they say."""
    for tag, value in native:
        identifier = _IDENTIFIER.fullmatch(value) if tag in ("AID", "LID") else None
        if identifier is not None:
            is_doi = identifier["kind"].lower() == "doi"
            yield (tag if is_doi else "PII"), identifier["value"]
        elif tag in ("TI", "BTI", "TT"):
            yield tag, pubmed.untranslated(value)
        elif tag == "SO" and (source := _SOURCE.match(value)):
            if not first_of(native, "TA"):
                yield "TA", source[1]
        elif tag == "PG":
            yield tag, pubmed.whole_pages(value)
        elif tag == "LA":
            yield tag, tag_of(value)
        elif tag == "MH":
            yield "OT", value.replace("*", "").strip()
        elif tag == "OT":
            yield tag, value.lstrip("*").strip()
        elif not _is_read_elsewhere(tag, value, kind):
            yield tag, value


def _is_read_elsewhere(tag: str, value: str, kind: str) -> bool:
    if tag in ("AID", "LID"):
        return _ADDRESS.match(value) is not None
    return tag == "CN" or (tag == "PT" and TYPES.get(kind) == value)


def _bare(number: str) -> str:
    return number.partition(" (")[0].removeprefix("ISBN-").removeprefix("ISBN ")


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = TYPES.get(record.type, "")
    shape = "book" if named == "Book" else "part" if named == "Book Chapter" else ""
    fields = encoded(record, (shape, record.type), _SCHEME)
    fields += _people(record)
    fields += [("PT", named), ("DP", _day(record.date()))]
    return tuple(_as_written(field, record) for field in fields if field[0] and field[1])


def _as_written(field: tuple[str, str], record: Record) -> tuple[str, str]:
    tag, value = field
    if tag == "AID":
        return tag, f"{value} [doi]"
    if tag == "LA":
        return tag, code_of(value) or value
    is_isbn = tag == "IS" and value == record.plain("ISBN")
    return ("ISBN", value) if is_isbn else field


def _people(record: Record) -> Iterator[tuple[str, str]]:
    for role, (full, short) in _ROLES.items():
        for name in record.names(role):
            if name.literal:
                yield ("CN" if role == "author" else full), one_line(name.literal)
                continue
            particles = (name.dropping_particle, name.non_dropping_particle, name.family)
            given = " ".join(part for part in (name.given, name.suffix) if part)
            yield full, f"{' '.join(part for part in particles if part)}, {given}"
            yield short, pubmed.initials(name)


def _day(date: Date | None) -> str:
    if date is None or date.start is None or date.start.year < 1:
        return ""
    day = date.start
    parts = [f"{day.year:04d}", _MONTHS[day.month - 1] if day.month else ""]
    return " ".join(filter(None, [*parts, str(day.day) if day.day else ""]))


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `GN`, a line each."""
    return (*native, *(("GN", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8, a blank line between two records."""
    return framed(map(_source, natives), b"", b"\n", b"")


def _source(fields: Fields) -> bytes:
    lines = (f"{tag:<4}- {value}\n" for tag, value in fields)
    return "".join(lines).encode("utf-8", "replace")
