"""schema.org: a work as a node of linked data, for JSON-LD.

Source: schema.org 29, CreativeWork and the types below it. A CSL type without a type of its own
there is a CreativeWork; a thesis, a report and a chapter are what schema.org calls so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from northbib.exchange.iso_dates import iso_date
from northbib.records.identifiers import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.records import Name, Record

__all__ = ["ALSO", "CONTAINERS", "MEMBERS", "NUMBERS", "PEOPLE", "TYPES", "node", "node_text"]

TYPES: dict[str, str] = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "broadcast": "Episode",
    "chapter": "Chapter",
    "classic": "Book",
    "collection": "Collection",
    "dataset": "Dataset",
    "document": "DigitalDocument",
    "entry": "Article",
    "entry-dictionary": "Article",
    "entry-encyclopedia": "Article",
    "figure": "ImageObject",
    "graphic": "VisualArtwork",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Movie",
    "musical_score": "SheetMusic",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "personal_communication": "Message",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "regulation": "Legislation",
    "report": "Report",
    "review": "Review",
    "review-book": "Review",
    "software": "SoftwareApplication",
    "song": "MusicRecording",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}
"""CSL type -> type of schema.org; `CreativeWork` for what is not here."""

CONTAINERS: dict[str, str] = {
    "article": "Periodical",
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "chapter": "Book",
    "entry": "Book",
    "entry-dictionary": "Book",
    "entry-encyclopedia": "Book",
    "figure": "Book",
    "paper-conference": "Book",
    "post": "WebSite",
    "post-weblog": "Blog",
    "review": "Periodical",
    "review-book": "Periodical",
    "webpage": "WebSite",
}
"""CSL type of a work -> type of what it is in; `CreativeWork` for what is not here."""

MEMBERS: dict[str, str] = {
    "title": "name",
    "title-short": "alternateName",
    "edition": "bookEdition",
    "number-of-pages": "numberOfPages",
    "page": "pagination",
    "version": "version",
    "license": "license",
    "language": "inLanguage",
    "abstract": "abstract",
}
"""CSL variable -> member that holds it as text."""

PEOPLE: dict[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "illustrator": "illustrator",
    "director": "director",
    "composer": "composer",
    "contributor": "contributor",
}
"""CSL name variable -> member."""

NUMBERS: dict[str, str] = {"Report": "reportNumber", "Legislation": "legislationIdentifier"}
"""Type of schema.org -> member that holds the number of such a work."""

ALSO: dict[str, str] = {
    "Article": "article-magazine",
    "AudioObject": "song",
    "Book": "book",
    "CreativeWork": "document",
    "DiscussionForumPosting": "post",
    "Legislation": "legislation",
    "MedicalScholarlyArticle": "article-journal",
    "Photograph": "graphic",
    "PodcastEpisode": "broadcast",
    "PresentationDigitalDocument": "speech",
    "Review": "review",
    "ScholarlyArticle": "article-journal",
    "SoftwareApplication": "software",
    "SoftwareSourceCode": "software",
    "TVEpisode": "broadcast",
    "TechArticle": "article-magazine",
    "VideoObject": "motion_picture",
    "WebApplication": "software",
}
"""Type of schema.org -> the CSL type that it is read as, where several are written as it."""

_ARTICLES = ("Article", "BlogPosting", "NewsArticle", "ScholarlyArticle", "SocialMediaPosting")


def node_text(record: Record) -> str:
    """Give a work as JSON on one line, with its members in a set order."""
    return json.dumps(node(record), ensure_ascii=False, separators=(",", ":"))


def node(record: Record) -> dict[str, Any]:
    """Give a work as a node: what schema.org has a member for, and nothing that is empty.

    >>> from northbib.records import Record
    >>> node(Record("a", "book", {"title": "A <i>title</i>"}))
    {'@type': 'Book', 'name': 'A title'}
    """
    kind = TYPES.get(record.type, "CreativeWork")
    texts = {member: record.plain(variable) for variable, member in MEMBERS.items()}
    members: dict[str, Any] = {
        "@type": kind,
        **texts,
        "headline": texts["name"] if kind in _ARTICLES else "",
        "genre": record.plain("genre"),
        **{member: _people(record.names(variable)) for variable, member in PEOPLE.items()},
        "datePublished": iso_date(record.date("issued")),
        "publisher": _body(record.plain("publisher"), record.plain("publisher-place")),
        "isPartOf": _container(record),
        "isbn": "" if _is_part_of_a_book(record) else record.plain("ISBN"),
        "keywords": list(record.keywords),
        "identifier": _identifiers(record),
        "sameAs": f"https://doi.org/{record.plain('DOI')}" if record.plain("DOI") else "",
        "url": web_address(record.url) or "",
    }
    if _is_part_of_a_book(record):
        members["editor"] = []
    if kind in NUMBERS:
        members[NUMBERS[kind]] = record.plain("number")
    if kind == "Thesis":
        members["inSupportOf"] = members.pop("genre")
    return _set(members)


def _set(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value}


def _people(names: Iterable[Name]) -> list[dict[str, str]]:
    return [_body(name.literal) if name.literal else _person(name) for name in names]


def _person(name: Name) -> dict[str, str]:
    family = " ".join(filter(None, (name.non_dropping_particle, name.family)))
    given = " ".join(filter(None, (name.given, name.dropping_particle)))
    return _set(
        {
            "@type": "Person",
            "name": str(name),
            "givenName": given,
            "familyName": family,
            "honorificSuffix": name.suffix,
        }
    )


def _body(name: str, place: str = "") -> dict[str, str]:
    return _set({"@type": "Organization", "name": name, "location": place}) if name else {}


def _is_part_of_a_book(record: Record) -> bool:
    """Tell whether a work is in a book, to which its editors and its ISBN belong."""
    in_book = CONTAINERS.get(record.type) == "Book"
    return in_book and bool(record.plain("container-title"))


def _container(record: Record) -> dict[str, Any]:
    """Give what a work is in: an issue of a volume of a periodical, a book, a site, a series."""
    name = record.plain("container-title")
    if not name:
        return _series(record)
    kind = CONTAINERS.get(record.type, "CreativeWork")
    whole: dict[str, Any] = {"@type": kind, "name": name}
    if kind == "Book":
        whole |= {
            "isbn": record.plain("ISBN"),
            "editor": _people(record.names("editor")),
            "isPartOf": _series(record),
        }
        return _set(whole)
    if kind == "Periodical":
        whole |= {
            "alternateName": record.plain("container-title-short"),
            "issn": record.plain("ISSN"),
        }
        return _in_issue(record, _set(whole))
    return whole


def _series(record: Record) -> dict[str, Any]:
    name = record.plain("collection-title")
    members = {"@type": "CreativeWorkSeries", "name": name, "issn": record.plain("ISSN")}
    return _set(members) if name else {}


def _in_issue(record: Record, whole: dict[str, Any]) -> dict[str, Any]:
    numbers = (
        ("PublicationVolume", "volumeNumber", record.plain("volume")),
        ("PublicationIssue", "issueNumber", record.plain("issue")),
    )
    for kind, member, number in numbers:
        if number:
            whole = {"@type": kind, member: number, "isPartOf": whole}
    return whole


def _identifiers(record: Record) -> list[dict[str, str]]:
    names = {"DOI": "DOI", "PMID": "PMID", "PMCID": "PMCID"}
    return [
        {"@type": "PropertyValue", "propertyID": label, "value": record.plain(variable)}
        for variable, label in names.items()
        if record.plain(variable)
    ]
