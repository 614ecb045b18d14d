"""PubMed and PubMed Central: articles by PMID and PMCID, from NCBI's citation exporter.

Source: https://api.ncbi.nlm.nih.gov/lit/ctxp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.resolve.claims import Answer
from northbib.resolve.csl_json import claims_of_item
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import json_value, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "ncbi"
SURE = 0.96
_SOURCE = "registry:ncbi"
_DATABASES = {"pmid": "pubmed", "pmcid": "pmc"}


def recognises(identifier: Identifier) -> bool:
    """Take PMIDs and PMCIDs."""
    return identifier.kind in _DATABASES


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one citation."""
    database = _DATABASES[identifier.kind]
    number = identifier.value.removeprefix("PMC")
    url = f"{address_of(NAME)}lit/ctxp/v1/{database}/?format=csl&id={number}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a citation; its DOI is a lead."""
    item = json_value(response.body, response.url, "NCBI")
    if isinstance(item, list) and len(item) == 1:
        item = item[0]
    if not isinstance(item, dict):
        raise InputError("NCBI did not answer with one citation", where=response.url)
    # NCBI writes the full stop of its display format behind each title.
    item = {**item, "title": text_in(item, "title").removesuffix(".")}
    known = claims_of_item(item, response.url, _SOURCE)
    leads = tuple(Identifier("doi", str(c.value)) for c in known if c.field == "DOI")
    return Answer(known, response.url, (), leads[:1])
