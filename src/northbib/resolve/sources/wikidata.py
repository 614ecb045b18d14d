"""Wikidata: works by their item; the DOI that an item states is asked at its registry as well.

Source: https://www.wikidata.org/wiki/Wikidata:List_of_properties.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.errors import InputError, NotFoundError
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
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

NAME = "wikidata"
SURE = 0.85
_SOURCE = "index:wikidata"

# What an item is an instance of (P31) -> CSL type.
_TYPES = {
    "Q13442814": "article-journal",
    "Q18918145": "article-journal",
    "Q571": "book",
    "Q3331189": "book",
    "Q47461344": "book",
    "Q7725634": "book",
    "Q1980247": "chapter",
    "Q23927052": "paper-conference",
    "Q10870555": "report",
    "Q1266946": "thesis",
    "Q187685": "thesis",
    "Q820655": "legislation",
    "Q4677783": "legislation",
    "Q5707594": "article-newspaper",
    "Q17928402": "post-weblog",
    "Q1172284": "dataset",
    "Q7397": "software",
    "Q5633421": "periodical",
    "Q1002697": "periodical",
}


def recognises(identifier: Identifier) -> bool:
    """Take Wikidata ids."""
    return identifier.kind == "wikidata"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one item."""
    path = "w/api.php?action=wbgetentities&props=labels%7Cclaims&languages=en&format=json&ids="
    url = f"{address_of(NAME)}{path}{identifier.value}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read an item; its DOI is a lead."""
    answer = json_object(response.body, response.url, "Wikidata")
    item = under(answer, "entities", identifier.value)
    if item is None or "missing" in item:
        raise NotFoundError(f"Wikidata has no {identifier.value}", where=response.url)
    title = _text(item, "P1476") or text_in(item, "labels", "en", "value")
    kinds = [_TYPES[kind] for kind in _items(item, "P31") if kind in _TYPES]
    if not title or not kinds:
        raise InputError(f"{identifier.value} is no work that can be cited", where=response.url)
    name = doi(_text(item, "P356")) or ""
    claims = claims_of(_fields(item, title, kinds[0], name), _SOURCE)
    return Answer(claims, response.url, (), (Identifier("doi", name),) if name else ())


def _fields(item: Any, title: str, kind: str, name: str) -> tuple[tuple[str, Any], ...]:
    return (
        ("title", title),
        ("type", kind),
        ("author", named(_texts(item, "P2093"), is_person=True)),
        ("issued", _day(item)),
        ("volume", _text(item, "P478")),
        ("issue", _text(item, "P433")),
        ("page", _text(item, "P304")),
        ("DOI", name),
        ("ISBN", isbn(_text(item, "P212") or _text(item, "P957")) or ""),
        ("URL", web_address(_text(item, "P953") or _text(item, "P856")) or ""),
    )


def _values(item: Any, name: str) -> list[Any]:
    statements = members(item, "claims", name)
    statements = [each for each in statements if text_in(each, "rank") != "deprecated"]
    return [under(each, "mainsnak", "datavalue", "value") for each in statements]


def _texts(item: Any, name: str) -> list[str]:
    found = (text_in([value], 0) or text_in(value, "text") for value in _values(item, name))
    return [text for text in found if text]


def _text(item: Any, name: str) -> str:
    return next(iter(_texts(item, name)), "")


def _items(item: Any, name: str) -> list[str]:
    return [text_in(value, "id") for value in _values(item, name)]


def _day(item: Any) -> Any:
    for value in _values(item, "P577"):
        precision = under(value, "precision")
        length = {9: 4, 10: 7, 11: 10}.get(precision if isinstance(precision, int) else 0)
        if length:
            return day(text_in(value, "time").removeprefix("+")[:length])
    return None
