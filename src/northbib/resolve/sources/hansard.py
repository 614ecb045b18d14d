"""Hansard: debates of both Houses, from their address and from the API or the archive's XML.

Sources: https://hansard-api.parliament.uk/swagger; hansard_v8.xsd of the archive of 1803 to 2005.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from northbib.errors import InputError
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import (
    claims_of,
    day,
    json_object,
    local_name,
    text_in,
    text_of,
    under,
    xml_root,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.records import Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "hansard"
SURE = 0.95
_SOURCE = "site:parliament.uk"
_PATH = re.compile(
    r"/(?P<house>commons|lords)/(?P<day>\d{4}-\d\d-\d\d)/(?:debates|\w+)/(?P<id>[0-9a-f-]{20,})"
    r"(?:/(?P<slug>[^/]+))?/?",
    re.IGNORECASE,
)
_HOUSES = {"housecommons": "House of Commons", "houselords": "House of Lords"}
_HOUSES["westminsterhall"] = "House of Commons"


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of debates."""
    return identifier.kind == "url" and _place(identifier.value) is not None


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one debate."""
    place = _place(identifier.value)
    if place is None:
        return ()
    url = f"{address_of(NAME)}debates/debate/{place['id']}.json"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read a debate as JSON, or a sitting as XML."""
    if response.body.lstrip()[:1] == b"<":
        fields = _of_archive(xml_root(response.body, response.url, "Hansard"))
    else:
        overview = under(json_object(response.body, response.url, "Hansard"), "Overview")
        fields = _of_debate(overview, identifier)
    claims = claims_of(fields, _SOURCE)
    if not any(claim.field == "title" for claim in claims):
        raise InputError("Hansard answered with an error", where=response.url)
    return Answer(claims, response.url)


def _of_debate(overview: Any, identifier: Identifier) -> Iterator[tuple[str, Value | None]]:
    place = _place(identifier.value) if identifier.kind == "url" else None
    house = text_in(overview, "House") or (place["house"].title() if place else "")
    yield "title", text_in(overview, "Title")
    yield "type", "hearing"
    yield "genre", "Debate"
    yield "authority", f"House of {house}" if house in ("Commons", "Lords") else house
    yield "issued", day(text_in(overview, "Date")[:10]) or (day(place["day"]) if place else None)
    yield "volume", text_in(overview, "VolumeNo")
    yield "page", text_in(overview, "StartColumn") or text_in(overview, "ColumnNumber")
    yield "container-title", "Hansard"
    yield "URL", identifier.value if place else ""


def _of_archive(root: _Element) -> Iterator[tuple[str, Value | None]]:
    """Read a sitting; the title page of a volume has no sitting and gives nothing."""
    house = _HOUSES.get(local_name(root))
    sitting = root if house else next((e for e in root if local_name(e) in _HOUSES), None)
    if sitting is None:
        return
    date = sitting.find("date")
    yield "title", text_of(sitting.find("title")).rstrip(".")
    yield "type", "hearing"
    yield "authority", _HOUSES[local_name(sitting)]
    yield "issued", None if date is None else day(date.get("format") or text_of(date))
    yield "page", text_of(sitting.find("col"))
    yield "container-title", "Hansard"


def _place(address: str) -> re.Match[str] | None:
    parts = urlsplit(address)
    is_ours = parts.hostname == "hansard.parliament.uk"
    return _PATH.fullmatch(unquote(parts.path)) if is_ours else None
