"""K10plus, the union catalogue of German and other libraries: books by ISBN, from its SRU server.

Source: https://wiki.k10plus.de/display/K10PLUS/SRU.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.http.results import Request
from northbib.resolve.sources.mods import read_mods

if TYPE_CHECKING:
    from northbib.resolve.claims import Answer
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "k10plus"
SURE = 0.95
_QUERY = (
    "opac-de-627?version=1.1&operation=searchRetrieve&recordSchem"
    "a=mods36&maximumRecords=3&query=pica.isb="
)


def recognises(identifier: Identifier) -> bool:
    """Take ISBNs."""
    return identifier.kind == "isbn"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the records of an ISBN."""
    url = f"{address_of(NAME)}{_QUERY}{identifier.value}"
    return (Request(url, accept="application/xml", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read a MODS record."""
    return read_mods(response, identifier, "K10plus", "registry:k10plus")
