"""Any registration agency of DOIs, by content negotiation at the DOI resolver.

One request serves all of them: the resolver redirects to the agency of the DOI. It is asked where
an agency has no source of its own, or that source did not answer. Source:
https://citation.doi.org/docs.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import InputError
from northbib.findings import Finding
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.csl_json import read_csl_json
from northbib.resolve.http.results import HTML, Request
from northbib.resolve.page import read_page
from northbib.resolve.sources.payload import asked

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "doi"
SURE = 0.97
_CSL_JSON = "application/vnd.citationstyles.csl+json"
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def recognises(identifier: Identifier) -> bool:
    """Take every DOI."""
    return identifier.kind == "doi"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for CSL-JSON, and then for the publisher's page."""
    url = address_of(NAME) + quote(identifier.value, safe="/")
    return (
        Request(url, accept=f"{_CSL_JSON}, application/json;q=0.5", keep="record"),
        Request(url, accept=HTML, keep="page"),
    )


def read(response: Response, identifier: Identifier) -> Answer:
    """Read CSL-JSON; or the page of the work, to which an agency without any leads."""
    name = identifier.value
    if response.content_type in _HTML_TYPES:
        return _from_page(response, name)
    claims = read_csl_json(response.body, response.url)
    return Answer((*claims, *asked(identifier)), response.url, _alias(claims, name))


def _alias(claims: tuple[Claim, ...], name: str) -> tuple[Finding, ...]:
    given = next((str(claim.value) for claim in claims if claim.field == "DOI"), name)
    if given == name:
        return ()
    message = f"the registry describes {name} under another DOI, {given}"
    return (Finding(code="doi-alias", severity="info", message=message),)


def _from_page(response: Response, name: str) -> Answer:
    claims = read_page(response.body, response.headers, response.url)
    stated = [str(c.value) for c in claims if c.field == "DOI" and c.source == "page:highwire"]
    if stated and _bare(name) not in map(_bare, stated):
        raise InputError(
            f"the DOI {name} led to the page of another work, {stated[0]}", where=response.url
        )
    finding = Finding(
        code="no-registry-record",
        severity="warning",
        message=f"the registry has no machine-readable record of {name}; the page is read instead",
        file=response.url,
    )
    own = (Claim("DOI", name, "asked"), Claim("URL", response.url, "page:final"))
    return Answer((*claims, *own), response.url, (finding,))


def _bare(name: str) -> str:
    # Versions of a preprint have names of their own at some hosts.
    return re.sub(r"[./]?v\d+$", "", name.lower())
