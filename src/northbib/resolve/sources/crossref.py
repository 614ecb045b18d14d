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
    from collections.abc import Sequence
    from typing import Any

    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = [
    "MOST_LISTED",
    "NAME",
    "SURE",
    "address_of_list",
    "address_of_work",
    "claims_of_work",
    "read",
    "recognises",
    "requests",
    "works_in",
]

NAME = "crossref"
SURE = 0.98
AGENCY = "Crossref"
_SOURCE = "registry:crossref"

MOST_LISTED = 40
"""DOIs in one question: addresses of more than 8 kB are not taken everywhere."""


def recognises(identifier: Identifier) -> bool:
    """Take every DOI but short ones, which only the resolver knows."""
    return identifier.kind == "doi" and identifier.value.startswith("10.")


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the work of a DOI."""
    url = address_of_work(address_of(NAME), identifier.value)
    return (Request(url, accept="application/json", keep="record"),)


def address_of_work(base: str, name: str) -> str:
    """Give the address at which a work is asked for by its DOI."""
    return f"{base}works/{quote(name, safe='/')}"


def address_of_list(base: str, names: Sequence[str], by: str = "doi", rows: int = 0) -> str:
    """Give the address at which works are asked for together.

    Args:
        base: The address of the service.
        names: DOIs; a comma in one would part it.
        by: The filter whose values they are: `doi`, or `updates` for notices about them.
        rows: The most works in the answer; as many as there are names, if it is 0.
    """
    wanted = ",".join(f"{by}:{quote(name, safe='/')}" for name in names)
    return f"{base}works?filter={wanted}&rows={rows or len(names)}"


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
