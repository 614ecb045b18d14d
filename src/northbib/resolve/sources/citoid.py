"""Citoid, if a base address of one is set: Wikimedia's citation service, asked last.

Source: https://www.mediawiki.org/wiki/Citoid/API.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.resolve.http.results import Request
from northbib.resolve.sources.zotero import read_items

if TYPE_CHECKING:
    from northbib.resolve.claims import Answer
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "citoid"
SURE = 0.85
_KINDS = frozenset({"url", "isbn", "doi", "pmid"})


def recognises(identifier: Identifier) -> bool:
    """Take addresses and the identifiers that it knows."""
    return identifier.kind in _KINDS


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for a citation, if there is a server to ask."""
    base = address_of(NAME)
    if not base:
        return ()
    url = f"{base}api/rest_v1/data/citation/zotero/{quote(identifier.value, safe='')}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read an item of Zotero."""
    return read_items(response, "Citoid", "plugin:citoid")
