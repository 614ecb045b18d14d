"""Zenodo: deposits by the address of their page.

Source: https://developers.zenodo.org/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from northbib.errors import InputError
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.clean import paragraph, rich
from northbib.resolve.http.results import Request
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
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "zenodo"
SURE = 0.96
_SOURCE = "registry:zenodo"
_PATH = re.compile(r"/records?/(\d+)(?:/.*)?")
_TYPES = {
    "publication": "document",
    "article": "article-journal",
    "book": "book",
    "section": "chapter",
    "conferencepaper": "paper-conference",
    "preprint": "article",
    "workingpaper": "report",
    "report": "report",
    "technicalnote": "report",
    "deliverable": "report",
    "thesis": "thesis",
    "dataset": "dataset",
    "software": "software",
    "image": "graphic",
    "figure": "figure",
    "poster": "graphic",
    "presentation": "speech",
    "lesson": "document",
    "video": "motion_picture",
}


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of deposits."""
    return bool(identifier.kind == "url" and _number(identifier.value))


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the deposit."""
    url = f"{address_of(NAME)}api/records/{_number(identifier.value)}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a deposit."""
    answer = json_object(response.body, response.url, "Zenodo")
    deposit = under(answer, "metadata")
    title = rich(text_in(deposit, "title"))
    if not title:
        raise InputError("Zenodo answered with an error", where=response.url)
    return Answer(claims_of(_fields(answer, deposit, title), _SOURCE), response.url)


def _fields(answer: Any, deposit: Any, title: str) -> tuple[tuple[str, Any], ...]:
    kind = under(deposit, "resource_type")
    people = [text_in(each, "name") for each in members(deposit, "creators")]
    return (
        ("title", title),
        ("type", _TYPES.get(text_in(kind, "subtype")) or _TYPES.get(text_in(kind, "type"), "")),
        ("genre", text_in(kind, "title")),
        ("author", named(each for each in people if each)),
        ("issued", day(text_in(deposit, "publication_date"))),
        ("publisher", "Zenodo"),
        ("version", text_in(deposit, "version")),
        ("DOI", doi(text_in(deposit, "doi") or text_in(answer, "doi")) or ""),
        ("container-title", text_in(deposit, "journal", "title")),
        ("volume", text_in(deposit, "journal", "volume")),
        ("issue", text_in(deposit, "journal", "issue")),
        ("page", text_in(deposit, "journal", "pages")),
        ("event-title", text_in(deposit, "meeting", "title")),
        ("abstract", paragraph(text_in(deposit, "description"))),
    )


def _number(address: str) -> str:
    parts = urlsplit(address)
    match = _PATH.fullmatch(parts.path)
    is_ours = (parts.hostname or "").removeprefix("www.") == "zenodo.org"
    return match[1] if match and is_ours else ""
