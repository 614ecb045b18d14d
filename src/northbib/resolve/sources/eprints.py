"""EPrints repositories: works by the address of their export in XML.

Source: https://wiki.eprints.org/w/XML_Export_Format; the page of a work leads to its exports.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from northbib.errors import InputError
from northbib.records import Name
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Answer
from northbib.resolve.clean import paragraph, rich
from northbib.resolve.http.results import Request
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import claims_of, day, text_of, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.records import Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "eprints"
SURE = 0.95
_SOURCE = "site:eprints"
_PATH = re.compile(r"/cgi/export/(?:eprint/)?\d+/XML/.*")
_TYPES = {
    "article": "article-journal",
    "book_section": "chapter",
    "conference_item": "paper-conference",
    "monograph": "report",
    "thesis": "thesis",
    "book": "book",
    "dataset": "dataset",
    "patent": "patent",
}


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of exports in XML."""
    is_url = identifier.kind == "url"
    return is_url and bool(_PATH.fullmatch(urlsplit(identifier.value).path))


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:  # noqa: ARG001
    """Ask for the export."""
    return (Request(identifier.value, accept="text/xml, application/xml", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read the first work; its DOI is a lead.

    Raises:
        InputError: There is none with a title.
    """
    root = xml_root(response.body, response.url, "the repository")
    work = next(root.iter("{http://eprints.org/ep2/data/2.0}eprint"), None)
    title = "" if work is None else rich(_text(work, "title"))
    if work is None or not title:
        raise InputError("the repository did not answer with a work", where=response.url)
    name = next((each for t in ("doi", "id_number") if (each := doi(_text(work, t)))), "")
    claims = claims_of([("title", title), ("DOI", name), *_fields(work)], _SOURCE)
    leads = (Identifier("doi", name),) if name else ()
    return Answer(claims, response.url, (), leads)


def _fields(work: _Element) -> Iterator[tuple[str, Value | None]]:
    kind = csl_type(_text(work, "type")) or ""
    yield "type", _TYPES.get(_text(work, "type")) or ("document" if kind in ("", GENERIC) else kind)
    yield "genre", _text(work, "thesis_type") or _text(work, "monograph_type").replace("_", " ")
    yield "author", (*_people(work, "creators"), *_bodies(work))
    yield "editor", _people(work, "editors")
    yield "issued", day(_text(work, "date"))
    yield "container-title", rich(_text(work, "publication") or _text(work, "book_title"))
    yield "publisher", _text(work, "publisher") or _text(work, "institution")
    yield "publisher-place", _text(work, "place_of_pub")
    yield "volume", _text(work, "volume")
    yield "issue", _text(work, "number")
    yield "page", _text(work, "pagerange")
    yield "event-title", _text(work, "event_title")
    yield "ISBN", isbn(_text(work, "isbn")) or ""
    yield "ISSN", _text(work, "issn")
    yield "URL", web_address(_text(work, "uri")) or web_address(work.get("id") or "") or ""
    yield "abstract", paragraph(_text(work, "abstract"))


def _text(work: _Element, name: str) -> str:
    return text_of(work.find(f"{{*}}{name}"))


def _people(work: _Element, role: str) -> tuple[Name, ...]:
    names = work.iterfind(f"{{*}}{role}/{{*}}item/{{*}}name")
    found = (_name(_text(each, "family"), _text(each, "given")) for each in names)
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _name(family: str, given: str) -> Name | None:
    if family and given:
        return Name(family=family, given=given)
    return Name(literal=family or given) if family or given else None


def _bodies(work: _Element) -> tuple[Name, ...]:
    items = work.iterfind("{*}corp_creators/{*}item")
    return tuple(Name(literal=text) for each in items if (text := text_of(each)))
