"""Any web page, by what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.fetch import require_success
from northbib.resolve.merge import PRECEDENCE
from northbib.resolve.page import read_page
from northbib.resolve.recognition import Identifier, clean_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.fetch import Fetcher

__all__ = ["ask", "read", "recognises"]

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/xml", "text/xml", ""})


def recognises(identifier: Identifier) -> bool:
    """Take every web address."""
    return identifier.kind == "url"


def ask(identifier: Identifier, fetcher: Fetcher) -> Answer:
    """Fetch a page and read it.

    Raises:
        NotFoundError: There is no such page.
        NetworkError: The host could not be reached, or answered with an error.
        InputError: The answer is not the page of a work.
    """
    response = require_success(fetcher.get(identifier.value))
    if response.content_type not in _HTML_TYPES:
        raise InputError(
            f"this is no web page but {response.content_type[:60]}",
            where=response.url,
            hint="give the address of the page that leads to it",
        )
    return read(response.body, response.headers, response.url)


def read(data: bytes, headers: Mapping[str, str], url: str) -> Answer:
    """Read a page that was fetched or saved; the DOI that it states for its work is a lead."""
    claims = (*read_page(data, headers, url), Claim("URL", clean_address(url), "page:final"))
    order = PRECEDENCE["DOI"]
    stated = sorted(
        (claim for claim in claims if claim.field == "DOI"),
        key=lambda claim: order.index(claim.source) if claim.source in order else len(order),
    )
    leads = tuple(Identifier("doi", str(claim.value)) for claim in stated[:1])
    return Answer(claims, url, (), leads)
