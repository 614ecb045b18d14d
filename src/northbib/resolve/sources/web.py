"""Any web page, by what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.http.results import HTML, Request
from northbib.resolve.merge import PRECEDENCE
from northbib.resolve.page import read_page
from northbib.resolve.recognition import Identifier, clean_address

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "web"
SURE = 0.9
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})


def recognises(identifier: Identifier) -> bool:
    """Take every web address."""
    return identifier.kind == "url"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:  # noqa: ARG001
    """Ask for the page."""
    return (Request(identifier.value, accept=HTML, keep="page"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a page that was fetched or saved; the DOI that it states for its work is a lead.

    Raises:
        InputError: It is not the page of a work.
    """
    if response.content_type not in _HTML_TYPES:
        raise InputError(
            f"this is no web page but {response.content_type[:60]}",
            where=response.url,
            hint="give the address of the page that leads to it",
        )
    page = read_page(response.body, response.headers, response.url)
    claims = (*page, Claim("URL", clean_address(response.url), "page:final"))
    order = PRECEDENCE["DOI"]
    stated = sorted(
        (claim for claim in claims if claim.field == "DOI"),
        key=lambda claim: order.index(claim.source) if claim.source in order else len(order),
    )
    leads = tuple(Identifier("doi", str(claim.value)) for claim in stated[:1])
    return Answer(claims, response.url, (), leads)
