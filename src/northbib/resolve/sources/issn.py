"""Journals by ISSN, from Crossref's list of them.

Source: https://www.crossref.org/documentation/retrieve-metadata/rest-api/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import claims_of, json_object, members, text_in, under

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "crossref"
SURE = 0.95
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")


def recognises(identifier: Identifier) -> bool:
    """Take ISSNs."""
    return identifier.kind == "issn"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the journal."""
    url = f"{address_of(NAME)}journals/{identifier.value}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read a journal."""
    answer = json_object(response.body, response.url, "Crossref")
    journal = under(answer, "message")
    title = text_in(journal, "title")
    if answer.get("status") != "ok" or not title:
        raise InputError("Crossref answered with an error", where=response.url)
    numbers = [str(each) for each in members(journal, "ISSN") if _ISSN.fullmatch(str(each))]
    asked = identifier.value if identifier.kind == "issn" else ""
    fields = (
        ("title", title),
        ("type", "periodical"),
        ("publisher", text_in(journal, "publisher")),
        ("ISSN", asked or (numbers[0] if numbers else "")),
    )
    return Answer(claims_of(fields, "registry:crossref"), response.url)
