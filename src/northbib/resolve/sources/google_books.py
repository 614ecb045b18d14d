"""Google Books: books by ISBN, where no library has them.

Source: https://developers.google.com/books/docs/v1/reference/volumes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.errors import NotFoundError
from northbib.records.identifiers import isbn
from northbib.resolve.claims import Answer
from northbib.resolve.clean import rich
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import (
    asked,
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

NAME = "google_books"
SURE = 0.85
_SOURCE = "index:google-books"


def recognises(identifier: Identifier) -> bool:
    """Take ISBNs."""
    return identifier.kind == "isbn"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the volumes of an ISBN."""
    url = f"{address_of(NAME)}books/v1/volumes?q=isbn:{identifier.value}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the volume that has the ISBN that was asked for; others come along at times."""
    answer = json_object(response.body, response.url, "Google Books")
    for item in members(answer, "items"):
        volume = under(item, "volumeInfo")
        title = rich(text_in(volume, "title"))
        if title and identifier.value in _numbers(volume):
            claims = claims_of(_fields(volume, title), _SOURCE)
            return Answer((*claims, *asked(identifier)), response.url)
    raise NotFoundError(f"Google Books has no {identifier.value}", where=response.url)


def _fields(volume: Any, title: str) -> tuple[tuple[str, Any], ...]:
    subtitle = rich(text_in(volume, "subtitle"))
    return (
        ("title", f"{title}: {subtitle}" if subtitle else title),
        ("type", "book"),
        ("author", named(str(each) for each in members(volume, "authors"))),
        ("issued", day(text_in(volume, "publishedDate"))),
        ("publisher", text_in(volume, "publisher")),
        ("language", text_in(volume, "language")),
    )


def _numbers(volume: Any) -> list[str]:
    entries = members(volume, "industryIdentifiers")
    found = (isbn(text_in(each, "identifier")) for each in entries)
    return [number for number in found if number]
