"""DOI registration agencies, by content negotiation at the DOI resolver.

One request serves Crossref, DataCite, mEDRA and the others alike: the resolver redirects to the
agency of the DOI. Source: https://citation.doi.org/docs.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import InputError, NotFoundError
from northbib.findings import Finding
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.csl_json import read_csl_json
from northbib.resolve.fetch import require_success
from northbib.resolve.page import read_page

if TYPE_CHECKING:
    from northbib.resolve.fetch import Fetcher, Response
    from northbib.resolve.recognition import Identifier

__all__ = ["ask", "recognises"]

_CSL_JSON = "application/vnd.citationstyles.csl+json"
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_NOT_ACCEPTABLE = 406


def recognises(identifier: Identifier) -> bool:
    """Take every DOI."""
    return identifier.kind == "doi"


def ask(identifier: Identifier, fetcher: Fetcher) -> Answer:
    """Ask the resolver for CSL-JSON; an agency that has none leads to the publisher's page.

    Raises:
        NotFoundError: There is no such DOI.
        NetworkError: The resolver or the agency could not be reached, or answered with an error.
        InputError: The answer is neither CSL-JSON with a title nor the page of the work.
    """
    name = identifier.value
    url = fetcher.settings.doi_url + quote(name, safe="/")
    response = fetcher.get(url, f"{_CSL_JSON}, application/json;q=0.5")
    if response.status == _NOT_ACCEPTABLE:
        response = fetcher.get(url)
    if response.status in (400, 404, 410):
        raise NotFoundError(
            f"there is no such DOI: {name}", where=response.url, hint="check it for typing errors"
        )
    require_success(response)
    if response.content_type in _HTML_TYPES:
        return _from_page(response, name)
    claims = read_csl_json(response.body, response.url)
    return Answer((*claims, Claim("DOI", name, "asked")), response.url, _alias(claims, name))


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
