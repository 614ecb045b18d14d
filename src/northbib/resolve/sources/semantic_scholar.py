"""Semantic Scholar: articles by DOI, where no registry answered.

Source: https://api.semanticscholar.org/api-docs/graph.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import InputError
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.clean import rich
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import claims_of, day, json_object, members, named, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "semantic_scholar"
SURE = 0.8
_WANTED = "title,authors,year,venue,journal,externalIds,publicationDate"


def recognises(identifier: Identifier) -> bool:
    """Take every DOI."""
    return identifier.kind == "doi"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one paper."""
    name = quote(identifier.value, safe="/")
    url = f"{address_of(NAME)}graph/v1/paper/DOI:{name}?fields={_WANTED}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a paper."""
    paper = json_object(response.body, response.url, "Semantic Scholar")
    title = rich(text_in(paper, "title"))
    if not title:
        raise InputError("Semantic Scholar answered with an error", where=response.url)
    people = [text_in(each, "name") for each in members(paper, "authors")]
    fields = (
        ("title", title),
        ("author", named((each for each in people if each), is_person=True)),
        ("container-title", text_in(paper, "journal", "name") or text_in(paper, "venue")),
        ("volume", text_in(paper, "journal", "volume")),
        ("page", text_in(paper, "journal", "pages")),
        ("issued", day(text_in(paper, "publicationDate")) or day(text_in(paper, "year"))),
        ("DOI", doi(text_in(paper, "externalIds", "DOI")) or ""),
    )
    return Answer(claims_of(fields, "index:semantic-scholar"), response.url)
