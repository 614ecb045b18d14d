"""Handles: the address that a handle stands for; the page there is read in its turn.

Source: RFC 3651; https://www.handle.net/proxy_servlet.html (the proxy's JSON interface).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import InputError, NotFoundError
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier, clean_address
from northbib.resolve.sources.payload import json_object, members, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "handle"
SURE = 0.99
_FOUND = 1


def recognises(identifier: Identifier) -> bool:
    """Take handles."""
    return identifier.kind == "handle"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for its address."""
    url = f"{address_of(NAME)}api/handles/{quote(identifier.value, safe='/')}?type=URL"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the address, which is a lead."""
    answer = json_object(response.body, response.url, "the handle system")
    if answer.get("responseCode") != _FOUND:
        raise NotFoundError(f"there is no such handle: {identifier.value}", where=response.url)
    for value in members(answer, "values"):
        if text_in(value, "type") == "URL":
            address = clean_address(text_in(value, "data", "value"))
            return Answer((), response.url, (), (Identifier("url", address),))
    raise InputError("the handle has no address", where=response.url)
