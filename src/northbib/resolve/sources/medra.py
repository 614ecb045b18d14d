"""mEDRA: articles and books by DOI, from its ONIX records.

Source: https://www.medra.org/en/metadata_td.htm; ONIX for DOI, lists 15, 17 and 55.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import InputError
from northbib.records import Name
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Answer
from northbib.resolve.clean import rich
from northbib.resolve.http.results import Request
from northbib.resolve.people import person_or_body
from northbib.resolve.sources.payload import (
    asked,
    claims_of,
    day,
    language,
    local_name,
    text_of,
    xml_root,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.records import Date, Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "medra"
SURE = 0.95
AGENCY = "mEDRA"
_SOURCE = "registry:medra"
_ROLES = {"A01": "author", "A02": "author", "B01": "editor", "B06": "translator"}
_ISSN, _ISBN = "07", "15"


def recognises(identifier: Identifier) -> bool:
    """Take every DOI but short ones, which only the resolver knows."""
    return identifier.kind == "doi" and identifier.value.startswith("10.")


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the ONIX record of a DOI."""
    url = f"{address_of(NAME)}{quote(identifier.value, safe='/')}"
    return (Request(url, accept="application/vnd.medra.onixdoi+xml", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the one registration in a message."""
    root = xml_root(response.body, response.url, "mEDRA")
    work = next((e for e in root if local_name(e).startswith("DOI") and len(e)), None)
    if work is None:
        raise InputError("mEDRA answered with an error", where=response.url)
    item = _first(work, "ContentItem")
    content = work if item is None else item
    title = _title(content)
    if not title:
        raise InputError("mEDRA has no title for it", where=response.url)
    claims = claims_of(_fields(work, content, title), _SOURCE)
    return Answer((*claims, *asked(identifier)), response.url)


def _fields(work: _Element, content: _Element, title: str) -> Iterator[tuple[str, Value | None]]:
    serial, issue = _first(work, "SerialWork"), _first(work, "JournalIssue")
    yield "title", title
    yield "type", _type(work)
    for role in ("author", "editor", "translator"):
        yield role, tuple(_people(content, role))
    yield "container-title", "" if serial is None else _title(serial)
    yield "publisher", text_of(_first(work, "PublisherName"))
    yield "volume", "" if issue is None else text_of(_first(issue, "JournalVolumeNumber"))
    yield "issue", "" if issue is None else text_of(_first(issue, "JournalIssueNumber"))
    yield "page", _pages(content)
    yield "issued", _issued(work, content)
    yield "DOI", doi(text_of(_first(work, "DOI"))) or ""
    yield "ISSN", _numbered(work, _ISSN)
    yield "ISBN", isbn(_numbered(work, _ISBN)) or ""
    yield "URL", web_address(text_of(_first(work, "DOIWebsiteLink"))) or ""
    yield "language", language(text_of(_first(content, "LanguageCode")))


def _first(element: _Element, name: str) -> _Element | None:
    return element.find(f".//{{*}}{name}")


def _title(element: _Element) -> str:
    for title in element.iterfind("{*}Title"):
        main = text_of(_first(title, "TitleText")) or text_of(_first(title, "TitleWithoutPrefix"))
        subtitle = text_of(_first(title, "Subtitle"))
        return rich(f"{main}: {subtitle}" if subtitle else main)
    return ""


def _type(work: _Element) -> str:
    name = local_name(work)
    if "SerialArticle" in name:
        return "article-journal"
    return "chapter" if "Chapter" in name else "book" if "Monograph" in name else "document"


def _people(content: _Element, role: str) -> Iterator[Name]:
    for person in content.iterfind("{*}Contributor"):
        if _ROLES.get(text_of(_first(person, "ContributorRole"))) != role:
            continue
        before, keys = (
            text_of(_first(person, "NamesBeforeKey")),
            text_of(_first(person, "KeyNames")),
        )
        inverted, whole = _first(person, "PersonNameInverted"), _first(person, "PersonName")
        body = text_of(_first(person, "CorporateName"))
        if body:
            yield Name(literal=body)
        elif before and keys:
            yield Name(family=keys, given=before)
        elif name := person_or_body(text_of(inverted) or text_of(whole) or keys, is_person=True):
            yield name


def _issued(work: _Element, content: _Element) -> Date | None:
    for written in (
        _first(content, "PublicationDate"),
        work.find(".//{*}JournalIssueDate/{*}Date"),
    ):
        text = text_of(written)
        parts = [text[:4], text[4:6], text[6:8]] if text.isdigit() else [text]
        if found := day("-".join(part for part in parts if part)):
            return found
    return None


def _pages(content: _Element) -> str:
    first, last = (
        text_of(_first(content, "FirstPageNumber")),
        text_of(_first(content, "LastPageNumber")),
    )
    return f"{first}-{last}" if first and last and first != last else first


def _numbered(work: _Element, kind: str) -> str:
    for each in work.iter("{*}ProductIdentifier"):
        if text_of(_first(each, "ProductIDType")) == kind:
            return text_of(_first(each, "IDValue"))
    return ""
