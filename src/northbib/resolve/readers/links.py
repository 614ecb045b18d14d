"""The links of a page's head and header: where it stands, how it is cited, in which other formats.

Sources: HTML Living Standard, 4.6.7 (link types); RFC 8574 (`cite-as`); Signposting
(https://signposting.org/), "describedby".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.records.identifiers import doi
from northbib.resolve.claims import Claim
from northbib.resolve.people import read_byline
from northbib.resolve.recognition import clean_address
from northbib.resolve.sites import doi_at, domain_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.resolve.readers.parts import Page

__all__ = ["SOURCE", "read_links"]

SOURCE = "page:link"
_RESOLVER = re.compile(r"https?://(?:dx\.|www\.)?doi\.org/10\.", re.IGNORECASE)
_FORMATS = frozenset(
    """
    application/x-bibtex text/x-bibtex application/bibtex application/x-research-info-systems
    application/vnd.citationstyles.csl+json application/vnd.datacite.datacite+json
    application/vnd.datacite.datacite+xml application/vnd.schemaorg.ld+json
    application/mods+xml application/rdf+xml application/atom+xml;type=entry
    """.split()
)


def read_links(page: Page) -> list[Claim]:
    """Give the claims of a page's links."""
    return list(_claims(page))


def _claims(page: Page) -> Iterator[Claim]:
    for link in page.links:
        if "cite-as" in link.relations and (found := doi(link.url)):
            yield Claim("DOI", found, SOURCE, "cite-as")
        if "canonical" in link.relations:
            yield from _canonical(link.url, page)
        if "author" in link.relations and link.title and (names := read_byline(link.title)):
            yield Claim("author", names, "page:author-link", "author")
        if set(link.relations) & {"alternate", "describedby"} and link.type in _FORMATS:
            yield Claim("alternate", link.url, SOURCE, link.type)
        if "license" in link.relations and link.url.startswith("http"):
            yield Claim("license", link.url, SOURCE, "license")
    shared = page.meta("og:url")
    if found := doi(shared) if _RESOLVER.match(shared) else doi_at(shared):
        yield Claim("DOI", found, "page:og", "og:url")


def _canonical(url: str, page: Page) -> Iterator[Claim]:
    address = _address(url)
    # A canonical address at another host is a syndicated page, or a mistake; one that leads to the
    # front page is a mistake.
    if address and domain_of(address) == domain_of(page.url) and not _is_front(address, page.url):
        yield Claim("URL", address, SOURCE, "canonical")
    if _RESOLVER.match(url) and (found := doi(url)):
        yield Claim("DOI", found, SOURCE, "canonical")
    elif address and (found := doi_at(address)):
        yield Claim("DOI", found, "page:url", "canonical")


def _is_front(address: str, url: str) -> bool:
    front = re.compile(r"https?://[^/?#]+/?$")
    return bool(front.match(address)) and not front.match(url)


def _address(text: str) -> str:
    try:
        return clean_address(text)
    except UsageError:
        return ""
