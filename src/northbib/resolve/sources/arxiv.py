"""arXiv: preprints by their id, from its Atom feed.

Source: the arXiv API User's Manual, https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError
from northbib.findings import Finding
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.clean import paragraph, rich
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import claims_of, day, named, text_of, xml_root

if TYPE_CHECKING:
    from lxml.etree import _Element

    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "arxiv"
SURE = 0.97
_SOURCE = "registry:arxiv"
_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ABS = re.compile(r"https?://(?:export\.)?arxiv\.org/abs/(?P<name>\S+?)(?P<version>v\d+)?")


def recognises(identifier: Identifier) -> bool:
    """Take arXiv ids."""
    return identifier.kind == "arxiv"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one entry."""
    url = f"{address_of(NAME)}api/query?id_list={identifier.value}&max_results=1"
    return (Request(url, accept="application/atom+xml", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the first entry of a feed; one that is called "Error" is none."""
    root = xml_root(response.body, response.url, "arXiv")
    entry = root.find(f"{_ATOM}entry")
    if entry is None:
        raise NotFoundError(f"arXiv has no {identifier.value}", where=response.url)
    match = _ABS.fullmatch(text_of(entry.find(f"{_ATOM}id")))
    title = rich(text_of(entry.find(f"{_ATOM}title")))
    if match is None or not title:
        raise InputError("arXiv answered with an error", where=response.url)
    people = [text_of(each.find(f"{_ATOM}name")) for each in entry.findall(f"{_ATOM}author")]
    published = doi(text_of(entry.find(f"{_ARXIV}doi")))
    claims = claims_of(
        (
            ("title", title),
            ("type", "article"),
            ("author", named(people)),
            ("issued", day(text_of(entry.find(f"{_ATOM}published"))[:10])),
            ("modified", day(text_of(entry.find(f"{_ATOM}updated"))[:10])),
            ("number", f"arXiv:{match['name']}"),
            ("version", (match["version"] or "").removeprefix("v")),
            ("publisher", "arXiv"),
            ("genre", "Preprint"),
            ("DOI", f"10.48550/arxiv.{match['name']}"),
            ("DOI", published),
            ("URL", f"https://arxiv.org/abs/{match['name']}"),
            ("abstract", paragraph(text_of(entry.find(f"{_ATOM}summary")))),
        ),
        _SOURCE,
    )
    return Answer(claims, response.url, _published(published, entry))


def _published(name: str | None, entry: _Element) -> tuple[Finding, ...]:
    where = text_of(entry.find(f"{_ARXIV}journal_ref"))
    if name is None:
        return ()
    return (
        Finding(
            code="preprint-published",
            severity="info",
            message=f"the preprint has been published{f' in {where}' if where else ''} as {name}",
            fix=f"northbib add {name} adds what was published",
        ),
    )
