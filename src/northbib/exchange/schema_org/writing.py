"""schema.org: a work as a node of linked data, for JSON-LD.

A CSL type without a type of its own there is a CreativeWork.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from northbib.exchange.iso_dates import iso_date
from northbib.exchange.schema_org.terms import (
    CONTAINERS,
    ISSUED,
    ISSUES,
    MEMBERS,
    NUMBERS,
    PEOPLE,
    TYPES,
)
from northbib.records.identifiers import web_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.records import Name, Record

__all__ = ["node", "node_text"]

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
        ISSUED[0]: iso_date(record.date("issued")),
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
    for variable, (kind, member) in ISSUES.items():
        if number := record.plain(variable):
            whole = {"@type": kind, member: number, "isPartOf": whole}
    return whole


def _identifiers(record: Record) -> list[dict[str, str]]:
    names = {"DOI": "DOI", "PMID": "PMID", "PMCID": "PMCID"}
    return [
        {"@type": "PropertyValue", "propertyID": label, "value": record.plain(variable)}
        for variable, label in names.items()
        if record.plain(variable)
    ]
