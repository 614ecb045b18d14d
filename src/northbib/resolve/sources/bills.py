"""Bills before the UK Parliament, from its bills API.

Source: https://bills-api.parliament.uk/index.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from northbib.errors import InputError
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import claims_of, day, json_object, members, named, text_in

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "bills"
SURE = 0.95
_HOUSES = {"Commons": "House of Commons", "Lords": "House of Lords"}
_PATH = re.compile(r"/bills/(\d+)(?:/.*)?")


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of bills."""
    return identifier.kind == "url" and bool(_number(identifier.value))


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one bill."""
    url = f"{address_of(NAME)}api/v1/Bills/{_number(identifier.value)}"
    return (Request(url, accept="application/json", keep="page"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a bill."""
    bill = json_object(response.body, response.url, "the bills API")
    title = text_in(bill, "shortTitle")
    if not title:
        raise InputError("the bills API answered with an error", where=response.url)
    fields = (
        ("title", title),
        ("type", "bill"),
        ("author", named(_sponsors(bill), is_person=True)),
        ("authority", _HOUSES.get(text_in(bill, "originatingHouse"), "")),
        ("issued", _introduced(bill)),
        ("jurisdiction", "GB"),
        ("site", "UK Parliament"),
        ("URL", f"https://bills.parliament.uk/bills/{text_in(bill, 'billId')}"),
        ("abstract", text_in(bill, "longTitle")),
    )
    return Answer(claims_of(fields, "site:parliament.uk"), response.url)


def _sponsors(bill: dict[str, Any]) -> list[str]:
    names = [text_in(each, "member", "name") for each in members(bill, "sponsors")]
    return [name for name in names if name]


def _introduced(bill: dict[str, Any]) -> Any:
    # A bill has no date of its own: that of its first sitting, if it is told.
    sittings = members(bill, "currentStage", "stageSittings")
    days = sorted(text_in(each, "date")[:10] for each in sittings)
    return day(days[0]) if days else None


def _number(address: str) -> str:
    parts = urlsplit(address)
    match = _PATH.fullmatch(parts.path)
    return match[1] if match and parts.hostname == "bills.parliament.uk" else ""
