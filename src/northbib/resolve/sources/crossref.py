"""Crossref: articles, books and reports by DOI, over its REST interface.

It says more than content negotiation does: print and online dates apart, and updates. Source:
https://www.crossref.org/documentation/retrieve-metadata/rest-api/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import InputError
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.csl_json import claims_of_item
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import asked, json_object, members

if TYPE_CHECKING:
    from typing import Any

    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "claims_of_work", "read", "recognises", "requests", "works_in"]

NAME = "crossref"
SURE = 0.98
AGENCY = "Crossref"
_SOURCE = "registry:crossref"


def recognises(identifier: Identifier) -> bool:
    """Take every DOI but short ones, which only the resolver knows."""
    return identifier.kind == "doi" and identifier.value.startswith("10.")


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the work of a DOI."""
    url = f"{address_of(NAME)}works/{quote(identifier.value, safe='/')}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read a work, or a list with one."""
    works = works_in(response)
    if len(works) != 1:
        raise InputError("Crossref did not answer with one work", where=response.url)
    claims = claims_of_work(works[0], response.url)
    return Answer((*claims, *asked(identifier)), response.url)


def works_in(response: Response) -> list[dict[str, Any]]:
    """Give the works of an answer, of one or of a list."""
    answer = json_object(response.body, response.url, "Crossref")
    message = answer.get("message")
    if answer.get("status") != "ok" or not isinstance(message, dict):
        raise InputError("Crossref answered with an error", where=response.url)
    items = members(message, "items") if "items" in message else [message]
    return [item for item in items if isinstance(item, dict)]


def claims_of_work(work: dict[str, Any], url: str) -> tuple[Claim, ...]:
    """Give the claims of a work in Crossref's JSON."""
    if not members(work, "title") and members(work, "container-title"):
        # A journal volume or a proceedings has its name as that of the container only.
        work = {**work, "title": work["container-title"], "container-title": []}
    return claims_of_item(work, url, _SOURCE)
