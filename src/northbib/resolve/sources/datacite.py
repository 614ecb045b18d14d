"""DataCite: data sets, software, preprints and grey literature by DOI.

Source: https://support.datacite.org/docs/api; the DataCite Metadata Schema 4.6.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from northbib.errors import InputError
from northbib.records import Name
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Answer, Claim
from northbib.resolve.clean import line, paragraph, rich
from northbib.resolve.http.results import Request
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.people import is_body, person_or_body
from northbib.resolve.sources.payload import (
    asked,
    day,
    json_object,
    language,
    members,
    text_in,
    under,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.resolve.http.results import Response
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "datacite"
SURE = 0.97
AGENCY = "DataCite"
_SOURCE = "registry:datacite"

# The dates of a resource, the one that counts first.
_DATES = ("Issued", "Available", "Created")


def recognises(identifier: Identifier) -> bool:
    """Take every DOI but short ones, which only the resolver knows."""
    return identifier.kind == "doi" and identifier.value.startswith("10.")


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the resource of a DOI."""
    url = f"{address_of(NAME)}dois/{quote(identifier.value, safe='/')}"
    return (Request(url, accept="application/vnd.api+json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read a resource, with or without the envelope of JSON:API."""
    answer = json_object(response.body, response.url, "DataCite")
    found = under(answer, "data", "attributes")
    if not isinstance(found, dict):
        found = under(answer, "attributes")
    if not isinstance(found, dict):
        raise InputError("DataCite answered with an error", where=response.url)
    title = _title(found)
    if not title:
        raise InputError("DataCite has no title for it", where=response.url)
    claims = (Claim(field, value, _SOURCE, field) for field, value in _fields(found, title))
    kept = tuple(claim for claim in claims if claim.value)
    return Answer((*kept, *asked(identifier)), response.url)


def _fields(found: dict[str, Any], title: str) -> Iterator[tuple[str, Any]]:
    container = found.get("container")
    yield "title", title
    yield "type", _type(found)
    yield "genre", _genre(found)
    yield "author", _people(members(found, "creators"))
    editors = [c for c in members(found, "contributors") if _role(c) == "Editor"]
    yield "editor", _people(editors)
    yield "issued", _issued(found)
    yield "publisher", text_in(found, "publisher") or text_in(found, "publisher", "name")
    yield "version", text_in(found, "version")
    yield "DOI", doi(text_in(found, "doi")) or ""
    yield "URL", web_address(text_in(found, "url")) or ""
    yield "language", language(text_in(found, "language"))
    yield "container-title", text_in(container, "title")
    yield "volume", text_in(container, "volume")
    yield "issue", text_in(container, "issue")
    yield "page", _pages(container)
    yield "ISBN", _isbn(container)
    yield "abstract", paragraph(_described(found))


def _title(found: dict[str, Any]) -> str:
    titles = [t for t in members(found, "titles") if isinstance(t, dict)]
    main = next((t for t in titles if not t.get("titleType")), titles[0] if titles else {})
    title = rich(str(main.get("title") or ""))
    sub = next((t for t in titles if t.get("titleType") == "Subtitle"), {})
    subtitle = rich(str(sub.get("title") or ""))
    return f"{title}: {subtitle}" if subtitle and subtitle not in title else title


def _type(found: dict[str, Any]) -> str:
    types = found.get("types")
    if kind := csl_type(text_in(types, "citeproc")):
        return "article" if kind == GENERIC else kind
    for member in ("resourceType", "resourceTypeGeneral"):
        if kind := csl_type(text_in(types, member)):
            return "article" if kind == GENERIC else kind
    return "document"


def _genre(found: dict[str, Any]) -> str:
    general = text_in(found, "types", "resourceTypeGeneral")
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", general).capitalize()


def _role(contributor: Any) -> str:
    return text_in(contributor, "contributorType")


def _people(entries: list[Any]) -> tuple[Name, ...]:
    found = (_name(entry) for entry in entries if isinstance(entry, dict))
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _name(entry: dict[str, Any]) -> Name | None:
    family, given = text_in(entry, "familyName"), text_in(entry, "givenName")
    if family and given:
        return Name(family=family, given=given)
    name = text_in(entry, "name") or family or given
    if not name:
        return None
    if text_in(entry, "nameType") == "Organizational" or is_body(name):
        return Name(literal=name)
    return person_or_body(name) or Name(literal=name)


def _issued(found: dict[str, Any]) -> Any:
    year = text_in(found, "publicationYear")
    dates = [d for d in members(found, "dates") if isinstance(d, dict)]
    for kind in _DATES:
        for date in dates:
            read_day = day(text_in(date, "date")) if date.get("dateType") == kind else None
            if read_day and (kind == "Issued" or not year or str(read_day.year) == year):
                return read_day
    return day(year)


def _pages(container: Any) -> str:
    first, last = text_in(container, "firstPage"), text_in(container, "lastPage")
    return f"{first}-{last}" if first and last and first != last else first


def _isbn(container: Any) -> str:
    kind = text_in(container, "identifierType").upper()
    return isbn(text_in(container, "identifier")) or "" if kind == "ISBN" else ""


def _described(found: dict[str, Any]) -> str:
    entries = (d for d in members(found, "descriptions") if isinstance(d, dict))
    abstract = next((d for d in entries if d.get("descriptionType") == "Abstract"), {})
    return line(str(abstract.get("description") or "")[:20_000])
