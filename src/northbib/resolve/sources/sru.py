"""Library catalogues with an SRU server: books by ISBN, as MODS records.

Sources: https://www.loc.gov/standards/sru/; https://wiki.k10plus.de/display/K10PLUS/SRU.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.resolve.http.results import Request
from northbib.resolve.sources.mods import read_mods

if TYPE_CHECKING:
    from northbib.resolve.claims import Answer
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["K10PLUS", "LOC", "Catalogue"]

_SEARCH = "version=1.1&operation=searchRetrieve&maximumRecords=3"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A catalogue, as a source.

    Attributes:
        NAME: Its name among the services.
        path: The path of its database, below its base address.
        schema: What it calls MODS.
        index: What it calls the index of ISBNs, with the sign that an ISBN begins with.
        called: What people call it.
        SURE: How often what it says is right.
    """

    NAME: str
    path: str
    schema: str
    index: str
    called: str
    SURE: float = 0.95

    def recognises(self, identifier: Identifier) -> bool:
        """Take ISBNs."""
        return identifier.kind == "isbn"

    def requests(self, identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
        """Ask for the records of an ISBN."""
        query = f"{_SEARCH}&recordSchema={self.schema}&query={self.index}{identifier.value}"
        url = f"{address_of(self.NAME)}{self.path}?{query}"
        return (Request(url, accept="application/xml", keep="record"),)

    def read(self, response: Response, identifier: Identifier) -> Answer:
        """Read a MODS record."""
        return read_mods(response, identifier, self.called, f"registry:{self.NAME}")


LOC = Catalogue("loc", "sru/lcdb", "mods", "bath.ISBN=^", "the Library of Congress")
K10PLUS = Catalogue("k10plus", "opac-de-627", "mods36", "pica.isb=", "K10plus")
