"""The tagged format of EndNote (.enw), a child of refer.

Sources: EndNote's "EndNote Import" and "Refer/BibIX" filters, and how bibutils and Zotero use their
tags. A file is UTF-8; a blank line stands between two records.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.exchange.protocol import framed
from northbib.exchange.scheme import HAS_PAGE_COUNT, Scheme, decoded, encoded, type_written
from northbib.exchange.tagged import Fields, Lines, all_of, first_of, numbered_lines
from northbib.exchange.worded_dates import worded, worded_date
from northbib.records import Date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Record, Value

__all__ = [
    "BY_TYPE",
    "MEETINGS",
    "TYPES",
    "as_meeting",
    "decode",
    "encode",
    "keep",
    "read",
    "type_named",
    "types_of",
    "usual",
    "write",
]

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
_READ_ON_A_DAY = frozenset({"Blog", "Web Page"})
"""Types in which `%N` and `%V` are the day and year of access."""

_READ_HERE = {
    "Blog": ("%N", "%V"),
    "Conference Proceedings": ("%2",),
    "Journal Article": ("%]",),
    "Web Page": ("%N", "%V"),
}
"""Reference type -> tags that `decode` reads before all others."""

MEETINGS = frozenset({"Conference Paper", "Conference Proceedings"})

_SERIES = {"collection-title": "%B %S", "collection-editor": "%E"}
_VOLUME_OF_SERIES = {"collection-number": "%N"}
_BOOK = {**_SERIES, **_VOLUME_OF_SERIES, "editor": "%Y"}
_PART = {"chapter-number": "%&", **_VOLUME_OF_SERIES}
_ARTICLE = {"container-title": "%J", "PMCID": "%2"}
_ON_THE_WEB = {"volume": "", "issue": "", "number": ""}
_MEETING = {"event-place": "%C", "publisher-place": "%1"}
_FILM = {"director": "%E", "producer": "%Y", "performer": "%?"}

BY_TYPE: dict[str, dict[str, str]] = {
    "Artwork": {"dimensions": "%3"},
    "Audiovisual Material": {**_SERIES, "performer": "%?"},
    "Blog": _ON_THE_WEB,
    "Book": _BOOK,
    "Book Section": _PART,
    "Case": {"authority": "%I", "publisher": "%I"},
    "Catalog": _BOOK,
    "Classical Work": _SERIES | _VOLUME_OF_SERIES,
    "Computer Program": _SERIES,
    "Conference Paper": _MEETING,
    "Conference Proceedings": {
        **_MEETING,
        **_VOLUME_OF_SERIES,
        "event-title": "%B",
        "container-title": "%3",
    },
    "Edited Book": {**_SERIES, **_VOLUME_OF_SERIES, "editor": "%A", "author": ""},
    "Film or Broadcast": {**_FILM, "collection-title": "%B %S"},
    "Journal Article": _ARTICLE,
    "Map": {**_SERIES, "scale": "%1", "dimensions": "%3"},
    "Patent": {
        "number": "%@",
        "jurisdiction": "%C",
        "publisher-place": "%C",
        "status": "%$",
        "references": "%#",
    },
    "Personal Communication": {"recipient": "%E"},
    "Report": {**_SERIES, "number": "%@ %N"},
    "Standard": {"number": "%@"},
    "Statute": {"number": "%6 %N"},
    "Web Page": _ON_THE_WEB,
}
"""EndNote's reference type -> what its tags mean there and nowhere else."""

TAGS = {tag: tag for tag in "%A %E %Y %? %B %S %C %1 %3".split()}
"""The tags that a type turns into others."""

_NAMES = {name: name.capitalize() for name in _ALSO} | {
    name.lower(): name for name in (*TYPES.values(), *BY_TYPE)
}

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
    by_type=BY_TYPE,
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

_LINE = re.compile(r"(?P<tag>%[0-9A-Z!@#$^&*()+?~\[\]<>=:|{},;'\"-])(?:[ \t]+(?P<value>.*))?")


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the records of a file.

    A record ends with a blank line that another `%0`, or the end of the file, follows; where no
    `%0` is used, with any blank line. A line without a tag goes on with the value before it.

    Raises:
        InputError: No line of it has a tag.
    """
    lines = Lines()
    is_enw = typed = after_blank = False
    for _, line in numbered_lines(source, name):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            after_blank = after_blank or not line.strip()
            lines.go_on(line)
            continue
        tag = match["tag"]
        is_enw, typed = True, typed or tag == "%0"
        if lines and ((tag == "%0" and after_blank) or (after_blank and not typed)):
            yield decode(lines.taken())
        after_blank = False
        lines.begin(tag, match["value"] or "")
    if lines:
        yield decode(lines.taken())
    if not is_enw:
        raise InputError(
            "not EndNote's tagged format: no line begins with a tag such as %0", where=name
        )


def decode(native: Fields) -> Record:
    """Give the record of tagged lines."""
    named, kind = types_of(all_of(native, "%0"))
    if not named:
        kind = _guessed(native)
    dates = {"issued": _issued(native, named), "accessed": _accessed(native, named)}
    more: dict[str, Value] = {name: date for name, date in dates.items() if date is not None}
    if pages := first_of(native, "%P"):
        counts = pages.isdecimal() and kind in HAS_PAGE_COUNT
        more["number-of-pages" if counts else "page"] = pages
    if named == "Journal Article" and (number := first_of(native, "%]")):
        more["number"] = number
    passed = _READ_HERE.get(named, ())
    left = tuple(field for field in native if field[0] not in passed)
    return decoded(usual(left, named), (named, kind), _SCHEME, more)


def types_of(names: list[str]) -> tuple[str, str]:
    """Give EndNote's name of a reference type and the CSL type, of the last one that is known."""
    known = [name for name in names if name.lower() in _TYPE_OF]
    name = (known or names or [""])[-1].lower()
    return _NAMES.get(name, ""), _TYPE_OF.get(name, "document")


def usual(native: Fields, named: str, tags: Mapping[str, str] = TAGS) -> Fields:
    """Give the lines with the tags that EndNote has, where refer and others have others.

    In a book without a series, `%E` is who edited it, and `%Y` beside it who translated it. Where
    a paper has no line for its proceedings or their place, those of its conference stand for them.

    Args:
        native: The lines.
        named: EndNote's reference type.
        tags: Tag -> what stands for it in these lines.
    """
    here = _here(native, tags)
    turned: dict[str, str] = {}
    if named == "Book" and "%E" in here and not here & {"%B", "%S"}:
        turned = {"%E": "%Y", "%Y": "%?"}
    elif named == "Edited Book" and "%A" not in here and "%E" in here:
        turned = {"%E": "%A"}
    elif named == "Conference Proceedings" and "%3" not in here:
        turned = {"%B": "%3"}
    if named in MEETINGS and "%1" not in here and not {"%B", "%3"} <= here:
        turned["%C"] = "%1"
    return _turned(native, turned, tags)


def as_meeting(native: Fields, tags: Mapping[str, str] = TAGS) -> Fields:
    """Give the lines of a conference paper with its place where most programs look for it."""
    here = _here(native, tags)
    is_told = "%C" in here or {"%B", "%3"} <= here
    return native if is_told else _turned(native, {"%1": "%C"}, tags)


def _here(native: Fields, tags: Mapping[str, str]) -> set[str]:
    present = {name for name, value in native if value}
    return {tag for tag, own in tags.items() if own in present}


def _turned(native: Fields, turned: Mapping[str, str], tags: Mapping[str, str]) -> Fields:
    if not turned:
        return native
    own = {tags[tag]: tags[to] for tag, to in turned.items()}
    return tuple((own.get(tag, tag), value) for tag, value in native)


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
    return day if day is not None and day.start and day.start.month else _date(year)


def _accessed(native: Fields, named: str) -> Date | None:
    day = first_of(native, "%[")
    if not day and named in _READ_ON_A_DAY:
        return worded_date(first_of(native, "%N"), first_of(native, "%V"))
    return _date(day)


def _date(text: str) -> Date | None:
    return (worded_date(text) or Date(literal=text)) if text else None


def encode(record: Record) -> Fields:
    """Give the tagged lines of a record."""
    named = type_named(record)
    fields = [("%0", named), *encoded(record, types_of([named]), _SCHEME)]
    fields += _dates(record, named)
    page = record.plain("page").replace("–", "-")
    count = "" if page or record.type not in HAS_PAGE_COUNT else record.plain("number-of-pages")
    fields.append(("%P", page or count))
    lines = tuple((tag, value) for tag, value in fields if value)
    return as_meeting(lines) if named in MEETINGS else lines


def type_named(record: Record) -> str:
    """Give EndNote's reference type for a record.

    A paper that names its conference and its proceedings needs the type that has tags for both.
    """
    named = type_written(record, TYPES.get(record.type, "Generic"), "Book", "Edited Book")
    is_both = record.text("event-title") and record.text("container-title")
    return "Conference Proceedings" if named == "Conference Paper" and is_both else named


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
