"""The tagged format of EndNote (.enw), a child of refer.

Sources: EndNote's "EndNote Import" and "Refer/BibIX" filters, and how bibutils and Zotero use their
tags. A file is UTF-8; a blank line stands between two records.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange import endnote
from northbib.exchange.pages import pages_in_one, pages_of
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import Scheme, decoded, encoded
from northbib.exchange.tagged import Fields, Lines, all_of, first_of, numbered_lines, with_signs
from northbib.exchange.worded_dates import worded, worded_date, worded_or_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.findings import Finding
    from northbib.records import Date, Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

TYPES = endnote.TYPES

_READ_ON_A_DAY = frozenset({"Blog", "Web Page"})
"""Types in which `%N` and `%V` are the day and year of access."""

_ONCE = {"%0", "%T"}
"""Tags that a record has once."""

_READ_HERE = {
    "Blog": ("%N", "%V"),
    "Conference Proceedings": ("%2",),
    "Web Page": ("%N", "%V"),
}
"""Reference type -> tags that `decode` reads before all others."""

_SCHEME = Scheme(
    key="%F",
    keyword="%K",
    note="%Z",
    serial="%@",
    names={"author": "%A", "editor": "%E", "collection-editor": "%Y", "translator": "%?"},
    texts={
        "title": "%T",
        "title-short": "%!",
        "container-title": "%B",
        "collection-title": "%S",
        "original-title": "%(",
        "reviewed-title": "%*",
        "volume": "%V",
        "issue": "%N",
        "number": "%N",
        "edition": "%7",
        "version": "%7",
        "publisher": "%I",
        "publisher-place": "%C",
        "chapter-number": "%&",
        "number-of-volumes": "%6",
        "genre": "%9",
        "language": "%G",
        "DOI": "%R",
        "URL": "%U",
        "call-number": "%L",
        "archive": "%~",
        "source": "%W",
        "abstract": "%X",
        "note": "%Z",
    },
    by_type=endnote.BY_TYPE,
    others={"container-title": ("%J",), "note": ("%O", "%<"), "author": ("%Q",)},
    extras={
        "%1": "custom1",
        "%2": "custom2",
        "%3": "custom3",
        "%4": "custom4",
        "%#": "custom5",
        "%$": "custom6",
        "%]": "custom7",
        "%H": "translated-author",
        "%Q": "translated-title",
        "%M": "accession",
        "%+": "affiliation",
        "%^": "caption",
        "%>": "fulltext",
        "%)": "reprint",
        "%=": "modified",
        "%|": "access-year",
    },
    passed=frozenset({"%0", "%D", "%8", "%[", "%P"}),
    between="; ",
    prefix="enw-",
)

_LINE = re.compile(r"(?P<tag>%[0-9A-Za-z!@#$^&*()+?~\[\]<>=:|{},;'\"-])(?:[ \t]+(?P<value>.*))?")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    A record ends where, behind a blank line, a `%0` or another title begins, and before a `%0`
    behind its own type and title; where no `%0` is used, with any blank line. A line without a tag
    goes on with the value before it.

    Raises:
        InputError: No line of it has a tag.
    """
    lines = Lines()
    told: list[Finding] = []
    is_enw = typed = after_blank = False
    seen: set[str] = set()
    for _, line in numbered_lines(source, name, told):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            after_blank = after_blank or not line.strip()
            lines.go_on(line)
            continue
        tag = match["tag"].upper()
        is_enw, typed = True, typed or tag == "%0"
        is_another = after_blank and (tag == "%0" or not typed or (tag == "%T" and tag in seen))
        if lines and (is_another or (tag == "%0" and seen == _ONCE)):
            yield decode(lines.taken())
            seen.clear()
        seen.update({tag} & _ONCE if match["value"] else ())
        after_blank = False
        lines.begin(tag, match["value"] or "")
    if lines:
        yield decode(lines.taken())
    if not is_enw:
        raise InputError(
            "not EndNote's tagged format: no line begins with a tag such as %0", where=name
        )
    yield from told


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    native = with_signs(native)
    named, kind = endnote.types_of(all_of(native, "%0"))
    if not named:
        kind = _guessed(native)
    dates = {"issued": _issued(native, named), "accessed": _accessed(native, named)}
    more: dict[str, Value] = {name: date for name, date in dates.items() if date is not None}
    more |= pages_of(first_of(native, "%P"), kind)
    passed = _READ_HERE.get(named, ())
    left = tuple(field for field in native if field[0] not in passed)
    if named == "Journal Article" and not first_of(left, "%J"):
        left = tuple(("%J" if tag == "%B" else tag, value) for tag, value in left)
    return decoded(endnote.usual(left, named), (named, kind), _SCHEME, more)


def _guessed(native: Fields) -> str:
    """Give the type of a record that names none, as refer does it."""
    if first_of(native, "%J"):
        return "article-journal"
    if first_of(native, "%B"):
        return "chapter"
    if first_of(native, "%R") and not first_of(native, "%I"):
        return "report"
    return "book" if first_of(native, "%I") else "document"


def _issued(native: Fields, named: str) -> Date | None:
    # In proceedings the other year is that of the conference.
    year = first_of(native, *(("%2", "%D") if named == "Conference Proceedings" else ("%D",)))
    day = worded_date(first_of(native, "%8"), year)
    return day if day is not None and day.start and day.start.month else worded_or_literal(year)


def _accessed(native: Fields, named: str) -> Date | None:
    day = first_of(native, "%[")
    if not day and named in _READ_ON_A_DAY:
        return worded_date(first_of(native, "%N"), first_of(native, "%V"))
    return worded_or_literal(day)


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = endnote.type_named(record)
    fields = [("%0", named), *encoded(record, endnote.types_of([named]), _SCHEME)]
    fields += _dates(record, named)
    fields.append(("%P", pages_in_one(record)))
    lines = tuple((tag, value) for tag, value in fields if value)
    return endnote.as_meeting(lines) if named in endnote.MEETINGS else lines


def _dates(record: Record, named: str) -> Iterator[tuple[str, str]]:
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        yield "%D", f"{issued.start.year:04d}"
        if named == "Conference Proceedings":
            yield "%2", f"{issued.start.year:04d}"
        if issued.start.month:
            yield "%8", issued.start.edtf() if issued.start.day else worded(issued.start)
    if accessed is not None and accessed.start is not None:
        yield "%[", accessed.start.edtf()
        if named in _READ_ON_A_DAY:
            yield "%N", accessed.start.edtf()
            yield "%V", f"{accessed.start.year:04d}"


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `%Z`, a line each."""
    return (*native, *(("%Z", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8, a blank line between two records."""
    return framed(map(_source, natives), b"", b"\n", b"")


def _source(fields: Fields) -> bytes:
    return "".join(f"{tag} {value}\n" for tag, value in fields).encode("utf-8", "replace")
