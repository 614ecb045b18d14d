"""Unpaywall: articles by DOI, where no registry answered; it knows where they can be read freely.

Source: https://unpaywall.org/products/api.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from northbib.errors import InputError
from northbib.records import Name
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.clean import rich
from northbib.resolve.http.results import Request
from northbib.resolve.kinds import csl_type
from northbib.resolve.sources.payload import claims_of, day, json_object, members, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "unpaywall"
SURE = 0.85


def recognises(identifier: Identifier) -> bool:
    """Take every DOI."""
    return identifier.kind == "doi"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one article; it wants an e-mail address, which the fetcher adds."""
    url = f"{address_of(NAME)}v2/{quote(identifier.value, safe='/')}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read an article."""
    found = json_object(response.body, response.url, "Unpaywall")
    title = rich(text_in(found, "title"))
    if not title:
        raise InputError("Unpaywall answered with an error", where=response.url)
    fields = (
        ("title", title),
        ("type", csl_type(text_in(found, "genre")) or "document"),
        ("author", _people(found)),
        ("container-title", text_in(found, "journal_name")),
        ("publisher", text_in(found, "publisher")),
        ("issued", day(text_in(found, "published_date")) or day(text_in(found, "year"))),
        ("ISSN", text_in(found, "journal_issn_l")),
        ("DOI", doi(text_in(found, "doi")) or ""),
    )
    return Answer(claims_of(fields, "index:unpaywall"), response.url)


def _people(found: dict[str, Any]) -> tuple[Name, ...]:
    names = []
    for each in members(found, "z_authors"):
        family, given = text_in(each, "family"), text_in(each, "given")
        if family:
            names.append(Name(family=family, given=given) if given else Name(literal=family))
    return tuple(dict.fromkeys(names))
