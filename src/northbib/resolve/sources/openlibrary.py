"""Open Library: books by ISBN.

Source: https://openlibrary.org/dev/docs/api/books.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.errors import InputError, NotFoundError
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
)

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "openlibrary"
SURE = 0.92
_SOURCE = "registry:openlibrary"


def recognises(identifier: Identifier) -> bool:
    """Take ISBNs."""
    return identifier.kind == "isbn"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one edition with the names of its authors."""
    path = f"api/books?bibkeys=ISBN:{identifier.value}&jscmd=data&format=json"
    return (Request(f"{address_of(NAME)}{path}", accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read an edition, as the Books API gives it or as it is stored."""
    answer = json_object(response.body, response.url, "Open Library")
    keyed = [value for key, value in answer.items() if key.startswith("ISBN:")]
    if not answer:
        raise NotFoundError(f"Open Library has no {identifier.value}", where=response.url)
    book = keyed[0] if keyed and isinstance(keyed[0], dict) else answer
    title = rich(text_in(book, "title"))
    if not title:
        raise InputError("Open Library answered with an error", where=response.url)
    numbers = _numbers(book)
    if identifier.kind == "isbn" and numbers and identifier.value not in numbers:
        raise InputError("Open Library answered with another book", where=response.url)
    claims = claims_of(_fields(book, title, numbers), _SOURCE)
    return Answer((*claims, *asked(identifier)), response.url)


def _fields(book: dict[str, Any], title: str, numbers: list[str]) -> tuple[tuple[str, Any], ...]:
    subtitle = rich(text_in(book, "subtitle"))
    people = [text_in(each, "name") for each in members(book, "authors")]
    return (
        ("title", f"{title}: {subtitle}" if subtitle and subtitle not in title else title),
        ("type", "book"),
        ("author", named(each for each in people if each)),
        ("issued", day(text_in(book, "publish_date").removeprefix("c"))),
        ("publisher", _first(book, "publishers")),
        ("publisher-place", _first(book, "publish_places")),
        ("edition", text_in(book, "edition_name")),
        ("number-of-pages", text_in(book, "number_of_pages")),
        ("ISBN", numbers[0] if numbers else ""),
    )


def _first(book: dict[str, Any], member: str) -> str:
    return text_in(book, member, 0) or text_in(book, member, 0, "name")


def _numbers(book: dict[str, Any]) -> list[str]:
    found = []
    for member in ("isbn_13", "isbn_10"):
        written = [*members(book, member), *members(book, "identifiers", member)]
        found += [number for each in written if (number := isbn(str(each)))]
    return list(dict.fromkeys(found))
