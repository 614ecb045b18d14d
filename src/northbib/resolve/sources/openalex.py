"""OpenAlex: works by its ids; the DOI that it knows is asked at its registry as well.

Its names are those of display, so that a registry goes before it. Source:
https://developers.openalex.org/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.findings import Finding
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.clean import rich
from northbib.resolve.http.results import Request
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import (
    claims_of,
    day,
    json_object,
    members,
    named,
    text_in,
    under,
)

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "openalex"
SURE = 0.9
_SOURCE = "index:openalex"


def recognises(identifier: Identifier) -> bool:
    """Take ids of works."""
    return identifier.kind == "openalex"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one work."""
    url = f"{address_of(NAME)}works/{identifier.value}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a work; its DOI is a lead."""
    work = json_object(response.body, response.url, "OpenAlex")
    title = rich(text_in(work, "title") or text_in(work, "display_name"))
    if not title:
        raise InputError("OpenAlex has no title for it", where=response.url)
    name = doi(text_in(work, "doi")) or ""
    fields = (("title", title), ("DOI", name), *_fields(work))
    leads = (Identifier("doi", name),) if name else ()
    return Answer(claims_of(fields, _SOURCE), response.url, _retracted(work), leads)


def _fields(work: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    source, biblio = under(work, "primary_location", "source"), under(work, "biblio")
    people = [text_in(each, "author", "display_name") for each in members(work, "authorships")]
    first, last = text_in(biblio, "first_page"), text_in(biblio, "last_page")
    return (
        ("type", _type(work)),
        ("author", named((each for each in people if each), is_person=True)),
        ("issued", day(text_in(work, "publication_date"))),
        ("container-title", text_in(source, "display_name")),
        ("publisher", text_in(source, "host_organization_name")),
        ("volume", text_in(biblio, "volume")),
        ("issue", text_in(biblio, "issue")),
        ("page", f"{first}-{last}" if last and last != first else first),
        ("ISSN", text_in(source, "issn_l")),
        ("PMID", text_in(work, "ids", "pmid").rpartition("/")[2]),
        ("language", text_in(work, "language")),
    )


def _type(work: dict[str, Any]) -> str:
    if text_in(work, "type") == "article":
        journal = text_in(work, "primary_location", "source", "type") == "journal"
        return "article-journal" if journal else "article"
    kind = csl_type(text_in(work, "type")) or "document"
    return "article" if kind == GENERIC else kind


def _retracted(work: dict[str, Any]) -> tuple[Finding, ...]:
    if work.get("is_retracted") is not True:
        return ()
    return (Finding(code="retracted", severity="warning", message="it has been retracted"),)
