"""COinS: a work as the query string of an OpenURL ContextObject, for the title of an empty span.

Sources: ANSI/NISO Z39.88-2004, the KEV metadata formats journal, book, dissertation, patent and
dc; "OpenURL ContextObject in SPAN (COinS)", 1.0. Three things go beyond their letter, since
Zotero writes and reads them and nothing else would be understood: in dc the `type` is the name of
a Zotero item type, a body that wrote the work is `aucorp` everywhere, and so is `language`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from northbib.exchange.iso_dates import iso_date
from northbib.exchange.zotero import terms as zotero_terms
from northbib.records.identifiers import web_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Record

__all__ = ["DC_TYPES", "GENRES", "KEYS", "context_object", "keys_and_values", "keys_of", "type_of"]

GENRES: dict[str, tuple[str, str]] = {
    "article-journal": ("journal", "article"),
    "book": ("book", "book"),
    "chapter": ("book", "bookitem"),
    "classic": ("book", "book"),
    "collection": ("book", "book"),
    "entry": ("book", "bookitem"),
    "pamphlet": ("book", "document"),
    "paper-conference": ("book", "proceeding"),
    "patent": ("patent", ""),
    "periodical": ("journal", "journal"),
    "report": ("book", "report"),
    "review": ("journal", "article"),
    "review-book": ("journal", "article"),
    "thesis": ("dissertation", ""),
}
"""CSL type -> KEV format and its genre. All other types are written in the format dc."""

DC_TYPES: dict[str, str] = {
    kind: name
    for kind, name in zotero_terms.TYPES.items()
    if kind not in GENRES and kind not in ("document", "musical_score", "performance")
}
"""CSL type -> `rft.type` in the format dc; `document` for what is not here."""

_ALSO = {
    "article": "article-journal",
    "book": "book",
    "bookitem": "chapter",
    "conference": "paper-conference",
    "dissertation": "thesis",
    "issue": "periodical",
    "journal": "periodical",
    "preprint": "article",
    "proceeding": "paper-conference",
    "report": "report",
}
_FORMATS = {
    "book": "book",
    "dissertation": "thesis",
    "journal": "article-journal",
    "patent": "patent",
}
_DC_ALSO = {name: kind for kind, name in reversed(DC_TYPES.items())} | {
    "audioRecording": "song",
    "book": "book",
    "bookSection": "chapter",
    "conferencePaper": "paper-conference",
    "document": "document",
    "email": "personal_communication",
    "journalArticle": "article-journal",
    "podcast": "broadcast",
    "radioBroadcast": "broadcast",
    "report": "report",
    "thesis": "thesis",
    "videoRecording": "motion_picture",
}

_IN_BOOK = {
    "publisher-place": "place",
    "publisher": "pub",
    "edition": "edition",
    "number-of-pages": "tpages",
    "collection-title": "series",
    "ISBN": "isbn",
    "ISSN": "issn",
    "language": "language",
}
KEYS: dict[str, dict[str, str]] = {
    "journal": {
        "title": "atitle",
        "container-title": "jtitle",
        "container-title-short": "stitle",
        "volume": "volume",
        "issue": "issue",
        "number": "artnum",
        "ISSN": "issn",
        "language": "language",
    },
    "book": {"title": "btitle", **_IN_BOOK},
    "part of book": {"title": "atitle", "container-title": "btitle", **_IN_BOOK},
    "dissertation": {
        "title": "title",
        "publisher": "inst",
        "genre": "degree",
        "number-of-pages": "tpages",
        "ISBN": "isbn",
        "language": "language",
    },
    "patent": {"title": "title", "number": "number", "jurisdiction": "co"},
    "dc": {
        "title": "title",
        "container-title": "source",
        "publisher": "publisher",
        "license": "rights",
        "language": "language",
    },
}
"""KEV format -> CSL variable -> key, without its `rft.`."""


def keys_of(variable: str) -> tuple[str, ...]:
    """Give the keys that hold a variable in any of the formats, with their `rft.`."""
    found = (keys[variable] for keys in KEYS.values() if variable in keys)
    return tuple(f"rft.{key}" for key in dict.fromkeys(found))


_PARTS_OF_BOOKS = frozenset({"bookitem", "proceeding"})
_SEASONS = ("spring", "summer", "fall", "winter")


def type_of(form: str, genre: str, named: str = "") -> str:
    """Give the CSL type for a KEV format, its genre and, in dc, its type; "" if they tell none."""
    if form == "dc":
        return _DC_ALSO.get(named, "")
    return _ALSO.get(genre.lower(), "") or _FORMATS.get(form, "")


def context_object(record: Record) -> str:
    """Give a work as a ContextObject: keys and values in a query string, percent-encoded.

    "" for a work without a title, with which no reader of COinS can do anything.
    """
    return urlencode(keys_and_values(record), quote_via=quote) if record.title else ""


def keys_and_values(record: Record) -> list[tuple[str, str]]:
    """Give the keys and values of a ContextObject."""
    form, genre = GENRES.get(record.type, ("dc", ""))
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        *(("rft_id", identifier) for identifier in _identifiers(record)),
        *((f"rft.{key}", value) for key, value in _entity(record, form, genre)),
    ]
    return [(key, value) for key, value in pairs if value]


def _identifiers(record: Record) -> Iterator[str]:
    if doi := record.plain("DOI"):
        yield f"info:doi/{doi}"
    if isbn := record.plain("ISBN"):
        yield f"urn:isbn:{isbn}"
    if pmid := record.plain("PMID"):
        yield f"info:pmid/{pmid}"
    if url := web_address(record.plain("URL")):
        yield url


def _entity(record: Record, form: str, genre: str) -> Iterator[tuple[str, str]]:
    yield "genre", genre
    if form == "dc":
        yield "type", DC_TYPES.get(record.type, "document")
    keys = KEYS["part of book" if genre in _PARTS_OF_BOOKS else form]
    if record.type == "periodical":
        keys = {**keys, "title": "jtitle"}
    for variable, key in keys.items():
        yield key, record.plain(variable)
    yield from _people(record, form)
    yield from _dates(record, form)
    if form in ("journal", "book"):
        yield from _pages(record)


def _people(record: Record, form: str) -> Iterator[tuple[str, str]]:
    """Give who wrote the work, and who else had a part in it and must not pass for its author."""
    authors = record.names("author")
    persons = [name.sort_form for name in authors if not name.literal]
    first = authors[0] if authors else None
    if form == "patent":
        yield from (("inventor", person) for person in persons)
        return
    if first is not None and first.family and first.given and form != "dc":
        yield "aulast", " ".join(filter(None, (first.non_dropping_particle, first.family)))
        yield "aufirst", first.given
        yield "ausuffix", first.suffix
    yield from (("creator" if form == "dc" else "au", person) for person in persons)
    yield from (("aucorp", name.literal) for name in authors if name.literal)
    if not authors:
        yield from (("contributor", name.sort_form) for name in record.names("editor"))


def _dates(record: Record, form: str) -> Iterator[tuple[str, str]]:
    issued = record.date("issued")
    yield "date", iso_date(issued)
    if form == "journal" and issued and issued.start and issued.start.season:
        yield "ssn", _SEASONS[issued.start.season - 1]
    if form == "patent":
        yield "appldate", iso_date(record.date("submitted"))


def _pages(record: Record) -> Iterator[tuple[str, str]]:
    pages = record.plain("page").replace("–", "-")
    yield "pages", pages
    ends = pages.split("-")
    if len(ends) == 2 and "," not in pages:
        yield "spage", ends[0].strip()
        yield "epage", ends[1].strip()
