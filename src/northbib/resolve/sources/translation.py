"""A Zotero translation-server, if a base address of one is set.

Source: https://github.com/zotero/translation-server.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.http.results import Request
from northbib.resolve.sources.zotero import read_items

if TYPE_CHECKING:
    from northbib.resolve.claims import Answer
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "translation"
SURE = 0.88
_SEARCHED = frozenset({"isbn", "doi", "pmid", "arxiv"})


def recognises(identifier: Identifier) -> bool:
    """Take addresses and the identifiers that it searches for."""
    return identifier.kind == "url" or identifier.kind in _SEARCHED


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Post an address or identifier, if there is a server to ask."""
    base = address_of(NAME)
    if not base:
        return ()
    path = "web?single=1" if identifier.kind == "url" else "search"
    body = identifier.value.encode()
    return (Request(f"{base}{path}", "application/json", "never", body, "text/plain"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read an item of Zotero."""
    return read_items(response, "the translation server", "plugin:zotero")
