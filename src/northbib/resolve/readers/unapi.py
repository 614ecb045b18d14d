"""unAPI: the identifier of a record, and the server that gives it in other formats.

Source: unAPI, version 1 (http://unapi.info/specs/).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.records.identifiers import doi
from northbib.resolve.claims import Claim
from northbib.resolve.html import selector

if TYPE_CHECKING:
    from northbib.resolve.readers.parts import Page

__all__ = ["SOURCE", "read_unapi"]

SOURCE = "page:unapi"
_IDENTIFIERS = selector(".//abbr[contains(@class, 'unapi-id')][@title]")
_LONGEST = 500


def read_unapi(page: Page) -> list[Claim]:
    """Give the address of the one record that the page offers, and its DOI if it is named by it."""
    server = next((link.url for link in page.links if "unapi-server" in link.relations), "")
    found = _IDENTIFIERS(page.tree) if server else []
    identifiers = [str(element.get("title")).strip() for element in found]
    if len(identifiers) != 1 or len(identifiers[0]) > _LONGEST:
        return []
    name = identifiers[0]
    address = f"{server}{'&' if '?' in server else '?'}id={quote(name, safe='')}"
    claims = [Claim("alternate", address, SOURCE, "unapi-id")]
    if name.lower().startswith(("doi:", "info:doi/", "10.", "https://doi.org/")):
        stated = doi(name)
        claims += [Claim("DOI", stated, SOURCE, "unapi-id")] if stated else []
    return claims
