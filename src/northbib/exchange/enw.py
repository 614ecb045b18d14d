"""The tagged format of EndNote (.enw), a child of refer.

Sources: EndNote's "EndNote Import" and "Refer/BibIX" filters, and how bibutils and Zotero use their
tags. A file is UTF-8; a blank line stands between two records.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import HAS_PAGE_COUNT, Scheme, date_of, decoded, encoded
from northbib.exchange.tagged import Fields, all_of, first_of, numbered_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Date, Record, Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "type_of", "write"]

TYPES: dict[str, str] = {
    "article": "Unpublished Work",
    "article-journal": "Journal Article",
    "article-magazine": "Magazine Article",
    "article-newspaper": "Newspaper Article",
    "bill": "Bill",
    "book": "Book",
    "broadcast": "Film or Broadcast",
    "chapter": "Book Section",
    "classic": "Classical Work",
    "collection": "Edited Book",
    "dataset": "Dataset",
    "document": "Generic",
    "entry": "Dictionary",
    "entry-dictionary": "Dictionary",
    "entry-encyclopedia": "Encyclopedia",
    "event": "Generic",
    "figure": "Figure",
    "graphic": "Artwork",
    "hearing": "Hearing",
    "interview": "Interview",
    "legal_case": "Case",
    "legislation": "Statute",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Film or Broadcast",
    "musical_score": "Music",
    "pamphlet": "Pamphlet",
    "paper-conference": "Conference Paper",
    "patent": "Patent",
    "performance": "Audiovisual Material",
    "periodical": "Serial",
    "personal_communication": "Personal Communication",
    "post": "Discussion Forum",
    "post-weblog": "Blog",
    "regulation": "Legal Rule or Regulation",
    "report": "Report",
    "review": "Journal Article",
    "review-book": "Journal Article",
    "software": "Computer Program",
    "song": "Music",
    "speech": "Generic",
    "standard": "Standard",
    "thesis": "Thesis",
    "treaty": "Legal Rule or Regulation",
    "webpage": "Web Page",
}
"""CSL type -> EndNote's reference type, the value of `%0`."""

_ALSO = {
    "aggregated database": "dataset",
    "ancient text": "classic",
    "artwork": "graphic",
    "audiovisual material": "motion_picture",
    "catalog": "book",
    "chart or table": "figure",
    "conference proceedings": "paper-conference",
    "dictionary": "entry-dictionary",
    "edited book": "book",
    "electronic article": "article-journal",
    "electronic book": "book",
    "electronic book section": "chapter",
    "electronic source": "webpage",
    "equation": "figure",
    "film or broadcast": "motion_picture",
    "generic": "document",
    "government document": "report",
    "grant": "document",
    "journal article": "article-journal",
    "legal rule or regulation": "regulation",
    "multimedia": "motion_picture",
    "music": "song",
    "online database": "dataset",
    "online multimedia": "webpage",
    "podcast": "broadcast",
    "press release": "article",
    "serial": "book",
    "social media": "post",
    "television episode": "broadcast",
    "unpublished work": "manuscript",
}
_TYPE_OF = {name.lower(): type_ for type_, name in TYPES.items()} | _ALSO

_IN_JOURNALS = frozenset("article-journal review review-book".split())

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
    others={"container-title": ("%J",), "note": ("%O",), "author": ("%Q",)},
)

_LINE = re.compile(r"(?P<tag>%[0-9A-Z!@#$^&*()+?~\[\]<>=:|{},;'\"-])(?:[ \t]+(?P<value>.*))?")
_WRITTEN_DAY = re.compile(r"(?:(?P<month>\d{1,2})/)?(?P<day>\d{1,2})/(?P<year>\d{4})")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    A record ends with a blank line that another `%0`, or the end of the file, follows; where no
    `%0` is used, with any blank line. A line without a tag goes on with the value before it.

    Raises:
        InputError: No line of it has a tag.
    """
    fields: list[tuple[str, str]] = []
    is_enw = typed = after_blank = False
    for _, line in numbered_lines(source, name):
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            after_blank = after_blank or not line.strip()
            if fields and line.strip():
                fields[-1] = (fields[-1][0], f"{fields[-1][1]}\n{line.strip()}".strip())
            continue
        tag = match["tag"]
        is_enw, typed = True, typed or tag == "%0"
        if fields and (tag == "%0" or (after_blank and not typed)):
            yield decode(tuple(fields))
            fields = []
        after_blank = False
        fields.append((tag, (match["value"] or "").strip()))
    if fields:
        yield decode(tuple(fields))
    if not is_enw:
        raise InputError(
            "not EndNote's tagged format: no line begins with a tag such as %0", where=name
        )


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    named = first_of(native, "%0")
    kind = type_of(named) if named else _guessed(native)
    dates = {"issued": _issued(native), "accessed": _date(all_of(native, "%["))}
    more: dict[str, Value] = {name: date for name, date in dates.items() if date is not None}
    if pages := first_of(native, "%P"):
        counts = pages.isdecimal() and kind in HAS_PAGE_COUNT
        more["number-of-pages" if counts else "page"] = pages
    return decoded(native, kind, _SCHEME, more)


def type_of(name: str) -> str:
    """Give the CSL type of one of EndNote's reference types."""
    return _TYPE_OF.get(name.lower(), "document")


def _guessed(native: Fields) -> str:
    """Give the type of a record that names none, as refer does it."""
    if first_of(native, "%J"):
        return "article-journal"
    if first_of(native, "%B"):
        return "chapter"
    if first_of(native, "%R") and not first_of(native, "%I"):
        return "report"
    return "book" if first_of(native, "%I") else "document"


def _issued(native: Fields) -> Date | None:
    day, year = _date(all_of(native, "%8")), _date(all_of(native, "%D"))
    return day if day is not None and not day.literal else year or day


def _date(texts: list[str]) -> Date | None:
    turned = [
        f"{match['year']}/{match['month'] or match['day']}"
        + (f"/{match['day']}" if match["month"] else "")
        if (match := _WRITTEN_DAY.fullmatch(text))
        else text
        for text in texts
    ]
    return date_of(turned)


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    fields = [("%0", TYPES.get(record.type, "Generic")), *encoded(record, _SCHEME)]
    fields += _dates(record)
    page = record.plain("page").replace("–", "-")
    count = "" if page or record.type not in HAS_PAGE_COUNT else record.plain("number-of-pages")
    fields.append(("%P", page or count))
    if record.type in _IN_JOURNALS:
        fields = [("%J" if tag == "%B" else tag, value) for tag, value in fields]
    return tuple((tag, value) for tag, value in fields if value)


def _dates(record: Record) -> Iterator[tuple[str, str]]:
    issued, accessed = record.date("issued"), record.date("accessed")
    if issued is not None and issued.start is not None and issued.start.year > 0:
        yield "%D", f"{issued.start.year:04d}"
        if issued.start.month:
            yield "%8", issued.start.edtf()
    if accessed is not None and accessed.start is not None:
        yield "%[", accessed.start.edtf()


def keep(native: Fields, lines: Sequence[str]) -> Fields:
    """Put notes into `%Z`, a line each."""
    return (*native, *(("%Z", line) for line in lines))


def write(natives: Iterable[Fields]) -> Iterator[bytes]:
    """Write a file in UTF-8, a blank line between two records."""
    return framed(map(_source, natives), b"", b"\n", b"")


def _source(fields: Fields) -> bytes:
    return "".join(f"{tag} {value}\n" for tag, value in fields).encode("utf-8", "replace")
