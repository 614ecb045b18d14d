"""What EndNote's formats share: its reference types, and what its tags mean in each.

The tags are those of its tagged format; EndNote XML has an element for each (`endnote_xml`).
Source: the reference types of EndNote, and how bibutils, citation.js and Zotero read and write
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange.scheme import type_written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.exchange.tagged import Fields
    from northbib.records import Record

__all__ = [
    "BY_TYPE",
    "MEETINGS",
    "NUMBERS",
    "TYPES",
    "as_meeting",
    "type_named",
    "types_of",
    "usual",
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

NUMBERS: dict[str, int] = {
    "Aggregated Database": 55,
    "Ancient Text": 51,
    "Artwork": 2,
    "Audiovisual Material": 3,
    "Bill": 4,
    "Blog": 56,
    "Book": 6,
    "Book Section": 5,
    "Case": 7,
    "Catalog": 8,
    "Chart or Table": 38,
    "Classical Work": 49,
    "Computer Program": 9,
    "Conference Paper": 47,
    "Conference Proceedings": 10,
    "Dataset": 59,
    "Dictionary": 52,
    "Edited Book": 28,
    "Electronic Article": 43,
    "Electronic Book": 44,
    "Encyclopedia": 53,
    "Equation": 39,
    "Figure": 37,
    "Film or Broadcast": 21,
    "Generic": 13,
    "Government Document": 46,
    "Grant": 54,
    "Hearing": 14,
    "Journal Article": 17,
    "Legal Rule or Regulation": 50,
    "Magazine Article": 19,
    "Manuscript": 36,
    "Map": 20,
    "Music": 61,
    "Newspaper Article": 23,
    "Online Database": 45,
    "Online Multimedia": 48,
    "Pamphlet": 24,
    "Patent": 25,
    "Personal Communication": 26,
    "Report": 27,
    "Serial": 57,
    "Standard": 58,
    "Statute": 31,
    "Thesis": 32,
    "Unpublished Work": 34,
    "Web Page": 12,
}
"""EndNote's reference type -> its number; one without a number is written as Generic."""

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
    "Journal Article": {**_ARTICLE, "number": "%]"},
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


def type_named(record: Record) -> str:
    """Give EndNote's reference type for a record.

    A paper that names its conference and its proceedings needs the type that has tags for both.
    """
    named = type_written(record, TYPES.get(record.type, "Generic"), "Book", "Edited Book")
    is_both = record.text("event-title") and record.text("container-title")
    return "Conference Proceedings" if named == "Conference Paper" and is_both else named
