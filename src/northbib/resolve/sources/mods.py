"""MODS records of library catalogues, as their SRU servers give them.

Source: the MODS User Guidelines, https://www.loc.gov/standards/mods/userguide/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError
from northbib.records import Name
from northbib.records.identifiers import isbn
from northbib.resolve.claims import Answer
from northbib.resolve.people import person_or_body
from northbib.resolve.sources.payload import asked, claims_of, day, local_name, text_of, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.records import Date, Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier

__all__ = ["read_mods"]

_EDITOR = re.compile(r"\b(?:editor|edt|ed\.|herausgeber|hrsg)", re.IGNORECASE)
_AUTHOR = re.compile(r"\b(?:author|aut|creator|cre|verfasser)", re.IGNORECASE)
_LIFE = re.compile(r",?\s*(?:\d{4}-(?:\d{4})?|active \d.*|born .*)\.?$")


def read_mods(response: Response, identifier: Identifier, catalogue: str, source: str) -> Answer:
    """Read the first record that has the ISBN that was asked for.

    Raises:
        NotFoundError: The catalogue has no such book.
        InputError: It answered with something else.
    """
    root = xml_root(response.body, response.url, catalogue)
    records = list(root.iter("{*}mods"))
    if not records:
        raise NotFoundError(f"{catalogue} has no {identifier.value}", where=response.url)
    for record in records:
        numbers = _numbers(record)
        if identifier.kind != "isbn" or identifier.value in numbers:
            claims = claims_of(_fields(record), source)
            if any(claim.field == "title" for claim in claims):
                return Answer((*claims, *asked(identifier)), response.url)
    raise InputError(f"{catalogue} answered with another book", where=response.url)


def _fields(record: _Element) -> Iterator[tuple[str, Value | None]]:
    yield "title", _title(record)
    yield "type", "book"
    authors, editors = _people(record)
    yield "author", authors
    yield "editor", editors
    yield "issued", _issued(record)
    yield "publisher", text_of(record.find(".//{*}originInfo/{*}publisher")).rstrip(" ,;:")
    yield "publisher-place", _place(record)
    yield "edition", text_of(record.find(".//{*}originInfo/{*}edition")).rstrip(" /,.")
    yield "collection-title", text_of(record.find("{*}relatedItem[@type='series']//{*}title"))


def _title(record: _Element) -> str:
    for info in record.iterfind("{*}titleInfo"):
        if info.get("type"):
            continue
        parts = {local_name(part): text_of(part).strip(" :/.,;") for part in info}
        article, title = parts.get("nonSort", ""), parts.get("title", "")
        subtitle = parts.get("subTitle", "")
        whole = f"{article} {title}".strip() if not article.endswith("'") else article + title
        return f"{whole}: {subtitle}" if subtitle else whole
    return ""


def _people(record: _Element) -> tuple[tuple[Name, ...], tuple[Name, ...]]:
    authors, editors = [], []
    for element in record.iterfind("{*}name"):
        roles = " ".join(text_of(term) for term in element.iter("{*}roleTerm"))
        name = _name(element)
        if name is None:
            continue
        if _EDITOR.search(roles) and not _AUTHOR.search(roles):
            editors.append(name)
        elif not roles or _AUTHOR.search(roles):
            authors.append(name)
    return tuple(dict.fromkeys(authors)), tuple(dict.fromkeys(editors))


def _name(element: _Element) -> Name | None:
    parts = {each.get("type", ""): text_of(each) for each in element.iterfind("{*}namePart")}
    if parts.get("family"):
        return Name(family=parts["family"], given=parts.get("given", ""))
    written = _LIFE.sub("", parts.get("", "")).strip(" ,")
    if not written:
        return None
    is_person = element.get("type") == "personal"
    return person_or_body(written.rstrip("."), is_person=is_person) or Name(literal=written)


def _issued(record: _Element) -> Date | None:
    dates = list(record.iterfind(".//{*}originInfo/{*}dateIssued"))
    dates.sort(key=lambda each: each.get("encoding") is None)
    for each in dates:
        if year := re.search(r"\d{4}", text_of(each)):
            return day(year.group())
    return None


def _place(record: _Element) -> str:
    for term in record.iterfind(".//{*}originInfo/{*}place/{*}placeTerm"):
        if term.get("type") == "text":
            return text_of(term).strip(" :,;[]")
    return ""


def _numbers(record: _Element) -> list[str]:
    found = (isbn(text_of(each).split(" ")[0]) for each in record.iterfind("{*}identifier"))
    return [number for number in found if number]
