"""PMIDs and PMCIDs to DOIs, by the converter of PubMed Central; the DOI is asked at its registry.

Source: https://pmc.ncbi.nlm.nih.gov/tools/id-converter-api/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import NotFoundError
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import claims_of, json_object, members, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "pmc"
SURE = 0.97


def recognises(identifier: Identifier) -> bool:
    """Take PMIDs and PMCIDs."""
    return identifier.kind in ("pmid", "pmcid")


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the other identifiers of one article."""
    path = f"tools/idconv/api/v1/articles/?format=json&ids={identifier.value}"
    return (Request(f"{address_of(NAME)}{path}", accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the identifiers; the DOI is a lead.

    Raises:
        NotFoundError: The article is not in PubMed Central, or has no DOI.
    """
    answer = json_object(response.body, response.url, "PubMed Central")
    for record in members(answer, "records"):
        if name := doi(text_in(record, "doi")):
            fields = (
                ("DOI", name),
                ("PMID", text_in(record, "pmid")),
                ("PMCID", text_in(record, "pmcid")),
            )
            lead = Identifier("doi", name)
            return Answer(claims_of(fields, "registry:pmc"), response.url, (), (lead,))
    raise NotFoundError(f"PubMed Central has no {identifier.value}", where=response.url)
