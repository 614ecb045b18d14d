"""Reports and evidence of committees of the UK Parliament, from its committees API.

Source: https://committees-api.parliament.uk/index.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from northbib.errors import InputError
from northbib.records import Name
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import claims_of, day, json_object, members, text_in, under

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "committees"
SURE = 0.93
_KINDS = {"publications": "Publications", "oralevidence": "OralEvidence"}
_KINDS["writtenevidence"] = "WrittenEvidence"
_PATH = re.compile(r"/(publications|oralevidence|writtenevidence)/(\d+)(?:/.*)?", re.IGNORECASE)
# Where the session stands; the interface and its description do not agree.
_SESSIONS = (
    ("session", "name"),
    ("hcNumber", "session"),
    ("hcNumber", "session", "name"),
    ("hcNumber", "sessionDescription"),
)


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of publications and evidence."""
    return identifier.kind == "url" and _place(identifier.value) is not None


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one publication."""
    place = _place(identifier.value)
    if place is None:
        return ()
    url = f"{address_of(NAME)}api/{_KINDS[place[1].lower()]}/{place[2]}"
    return (Request(url, accept="application/json", keep="page"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read a publication or evidence."""
    found = json_object(response.body, response.url, "the committees API")
    title = text_in(found, "description") or text_in(found, "title")
    if not title:
        raise InputError("the committees API answered with an error", where=response.url)
    fields = (
        ("title", title),
        ("type", "hearing" if "Evidence/" in response.url else "report"),
        ("author", _committees(found)),
        ("issued", _issued(found)),
        ("number", _number(found)),
        ("genre", text_in(found, "type", "name")),
        ("site", "UK Parliament"),
        ("URL", identifier.value if identifier.kind == "url" else ""),
    )
    return Answer(claims_of(fields, "site:parliament.uk"), response.url)


def _committees(found: dict[str, Any]) -> tuple[Name, ...]:
    entries = [under(found, "committee"), *members(found, "committees")]
    return tuple(dict.fromkeys(Name(literal=n) for e in entries if (n := text_in(e, "name"))))


def _issued(found: dict[str, Any]) -> Any:
    for member in ("publicationStartDate", "meetingDate", "activityStartDate", "publicationDate"):
        if date := day(text_in(found, member)[:10]):
            return date
    return None


def _number(found: dict[str, Any]) -> str:
    number = text_in(found, "hcNumber") or text_in(found, "hcNumber", "number")
    session = next((text for path in _SESSIONS if (text := text_in(found, *path))), "")
    if not number:
        return ""
    number = number if number.upper().startswith(("HC", "HL")) else f"HC {number}"
    return f"{number} ({session})" if session else number


def _place(address: str) -> re.Match[str] | None:
    parts = urlsplit(address)
    is_ours = parts.hostname == "committees.parliament.uk"
    return _PATH.fullmatch(parts.path) if is_ours else None
