"""Repositories by OAI-PMH: works by the address of their record in Dublin Core.

Source: https://www.openarchives.org/OAI/openarchivesprotocol.html, 4.1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from northbib.errors import InputError, NotFoundError
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Answer
from northbib.resolve.clean import paragraph, rich
from northbib.resolve.http.results import Request
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import (
    claims_of,
    day,
    language,
    named,
    text_of,
    xml_root,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from northbib.records import Date, Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "oai"
SURE = 0.9
_SOURCE = "site:oai"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MISSING = frozenset({"idDoesNotExist", "noRecordsMatch"})
_DOI_ADDRESS = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|info:doi/)", re.IGNORECASE)


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of single records."""
    return identifier.kind == "url" and _is_record(identifier.value)


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:  # noqa: ARG001
    """Ask for the record."""
    return (Request(identifier.value, accept="text/xml, application/xml", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a record; the DOI among its identifiers is a lead.

    Raises:
        NotFoundError: The repository has no such record.
        InputError: It answered with an error, or with no Dublin Core.
    """
    root = xml_root(response.body, response.url, "the repository")
    error = root.find(".//{http://www.openarchives.org/OAI/2.0/}error")
    if error is not None and error.get("code") in _MISSING:
        raise NotFoundError("the repository has no such record", where=response.url)
    fields = list(_fields(root))
    if not any(name == "title" and value for name, value in fields):
        raise InputError("the repository did not answer with a record", where=response.url)
    names = [str(value) for name, value in fields if name == "DOI" and value]
    leads = tuple(Identifier("doi", name) for name in names[:1])
    return Answer(claims_of(fields, _SOURCE), response.url, (), leads)


def _fields(root: _Element) -> Iterator[tuple[str, Value | None]]:
    titles = _texts(root, "title")
    yield "title", rich(titles[0]) if titles else ""
    yield "type", _type(_texts(root, "type"))
    yield "author", named(_texts(root, "creator"))
    yield "issued", _issued(_texts(root, "date"))
    yield "publisher", next(iter(_texts(root, "publisher")), "")
    yield (
        "language",
        next((tag for each in _texts(root, "language") if (tag := language(each))), ""),
    )
    identifiers = _texts(root, "identifier")
    addresses = [each for each in identifiers if web_address(each)]
    yield "DOI", next(_found(doi(each) for each in identifiers if _DOI_ADDRESS.match(each)), "")
    yield "ISBN", next(_found(isbn(each) for each in identifiers if each not in addresses), "")
    yield "URL", next((each for each in addresses if not _DOI_ADDRESS.match(each)), "")
    yield "abstract", paragraph(max(_texts(root, "description"), key=len, default=""))


def _texts(root: _Element, name: str) -> list[str]:
    return [text for each in root.iter(f"{_DC}{name}") if (text := text_of(each))]


def _found(values: Iterable[str | None]) -> Iterator[str]:
    return (value for value in values if value)


def _type(words: Iterable[str]) -> str:
    kinds = [kind for word in words if (kind := csl_type(word.rpartition("/")[2]))]
    telling = [kind for kind in kinds if kind != GENERIC]
    return telling[0] if telling else "article" if kinds else "document"


def _issued(texts: Iterable[str]) -> Date | None:
    # The days on which a repository took it in stand beside that of issue, to the second.
    known = [(text, read) for text in texts if (read := day(text[:10])) is not None]
    plain = [read for text, read in known if len(text) < len("2004-01-01T")]
    found = plain or [read for _, read in known]
    return min(found, key=lambda each: (len(each.edtf()), each.edtf()), default=None)


def _is_record(address: str) -> bool:
    asked = parse_qs(urlsplit(address).query)
    return asked.get("verb") == ["GetRecord"] and "metadataPrefix" in asked
