"""GOV.UK: publications, news, speeches and guidance, from its content API.

Source: https://content-api.publishing.service.gov.uk/; alphagov/publishing-api, "content_schemas".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote, urljoin, urlsplit

from northbib.errors import InputError, NotFoundError, UsageError
from northbib.findings import Finding
from northbib.records import Name
from northbib.records.identifiers import isbn
from northbib.resolve.claims import Answer
from northbib.resolve.clean import line
from northbib.resolve.http.results import Request
from northbib.resolve.people import person_or_body
from northbib.resolve.recognition import Identifier, clean_address
from northbib.resolve.sources.payload import (
    claims_of,
    day,
    json_object,
    members,
    text_in,
    under,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Date, Value
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "govuk"
SURE = 0.98
_SOURCE = "site:gov.uk"

# What a document is called there -> its CSL type; everything else is a web page.
_TYPES = {
    kind: csl
    for csl, kinds in {
        "article": "press_release news_story world_news_story government_response authored_article",
        "report": (
            "policy_paper independent_report corporate_report research impact_assessment guidance"
            " statutory_guidance regulation international_treaty html_publication decision map"
            " open_consultation closed_consultation consultation_outcome call_for_evidence"
            " national_statistics official_statistics statistics transparency foi_release"
            " transparency_data aaib_report maib_report raib_report annual_report promotional"
            " correspondence research_for_development_output"
        ),
        "speech": "speech oral_statement written_statement",
        "dataset": "statistical_data_set",
    }.items()
    for kind in kinds.split()
}
_GENRES = {"foi_release": "FOI release", "html_publication": "HTML publication"}
_ELSEWHERE = frozenset({"redirect", "gone", "vanish"})
_STYLE = re.compile(
    r"^(?:the )?(?:rt\.? hon\.?|right honourable)\s+|\s+(?:MP|MSP|MS|CBE|OBE|MBE|KCB|QC|KC)\b",
    re.IGNORECASE,
)
_PEER = re.compile(r"(?:Lord|Lady|Baroness|Viscount|Earl|Baron)\b")


def recognises(identifier: Identifier) -> bool:
    """Take the addresses of GOV.UK."""
    return identifier.kind == "url" and _path(identifier.value) not in ("", "/")


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the content item behind a page."""
    path = quote(_path(identifier.value).removeprefix("/api/content"), safe="/")
    url = f"{address_of(NAME)}api/content{path.rstrip('/')}"
    return (Request(url, accept="application/json", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:  # noqa: ARG001
    """Read a content item; where it has moved to is a lead."""
    item = json_object(response.body, response.url, "GOV.UK")
    kind = text_in(item, "document_type")
    if kind in _ELSEWHERE:
        return _moved(item, kind, response.url)
    title = text_in(item, "title")
    if not title:
        raise InputError("GOV.UK answered with an error", where=response.url)
    claims = claims_of(_fields(item, title, kind), _SOURCE)
    return Answer(claims, response.url, _withdrawn(item))


def _fields(item: dict[str, Any], title: str, kind: str) -> Iterator[tuple[str, Value | None]]:
    details, attachment = item.get("details"), _main_attachment(item)
    bodies, speakers = _bodies(item), _speakers(item)
    is_speech = text_in(item, "schema_name") == "speech"
    yield "title", title
    yield "type", _TYPES.get(kind, "webpage")
    yield "genre", _GENRES.get(kind) or kind.replace("_", " ").capitalize()
    if is_speech and speakers:
        yield "author", speakers
    yield "author", bodies
    yield "issued", _first_published(item)
    yield "modified", day(text_in(item, "public_updated_at")[:10])
    if is_speech:
        yield "event-date", day(text_in(details, "delivered_on")[:10])
        yield "event-place", text_in(details, "location")
    yield "site", "GOV.UK"
    yield "number", _number(attachment)
    yield "ISBN", isbn(text_in(attachment, "isbn") or text_in(details, "isbn")) or ""
    yield "URL", "https://www.gov.uk" + text_in(item, "base_path")
    yield "language", text_in(item, "locale")
    yield "abstract", text_in(item, "description")


def _first_published(item: dict[str, Any]) -> Date | None:
    # `public_updated_at` is the day of an edit, which is worse than none.
    first = text_in(item, "first_published_at") or text_in(item, "details", "first_public_at")
    return day(first[:10])


def _bodies(item: dict[str, Any]) -> tuple[Name, ...]:
    leading = [text_in(item, "links", "primary_publishing_organisation", 0, "title")]
    titles = [text_in(each, "title") for each in members(item, "links", "organisations")]
    lead = [title for title in leading if title in titles]
    return tuple(Name(literal=title) for title in dict.fromkeys([*lead, *titles]) if title)


def _speakers(item: dict[str, Any]) -> tuple[Name, ...]:
    entries = members(item, "links", "speaker") or members(item, "links", "people")
    names = [text_in(each, "title") for each in entries]
    names = names or [text_in(item, "details", "speaker_without_profile")]
    return tuple(_person(name) for name in names if name)


def _person(title: str) -> Name:
    bare = line(_STYLE.sub("", title))
    if _PEER.match(bare):
        return Name(literal=bare)
    return person_or_body(bare, is_person=True) or Name(literal=bare)


def _main_attachment(item: dict[str, Any]) -> Any:
    entries = members(item, "details", "attachments")
    numbered = [each for each in entries if _number(each)]
    return numbered[0] if len(numbered) == 1 else entries[0] if len(entries) == 1 else None


def _number(attachment: Any) -> str:
    paper = text_in(attachment, "command_paper_number")
    house = text_in(attachment, "hoc_paper_number")
    if not paper and house:
        session = text_in(attachment, "parliamentary_session")
        return f"HC {house}" + (f" ({session})" if session else "")
    return paper or text_in(attachment, "unique_reference")


def _moved(item: dict[str, Any], kind: str, url: str) -> Answer:
    destination = text_in(item, "redirects", 0, "destination")
    destination = destination or text_in(item, "details", "alternative_path")
    if not destination:
        raise NotFoundError("the page is gone", where=url)
    try:
        address = clean_address(urljoin("https://www.gov.uk/", destination))
    except UsageError as error:
        raise NotFoundError("the page is gone", where=url) from error
    if kind != "redirect":
        hint = f"GOV.UK names {address} in its place"
        raise NotFoundError("the page is gone", where=url, hint=hint)
    return Answer((), url, (), (Identifier("url", address),))


def _withdrawn(item: dict[str, Any]) -> tuple[Finding, ...]:
    when = text_in(under(item, "withdrawn_notice"), "withdrawn_at")[:10]
    if not when:
        return ()
    return (Finding(code="withdrawn", severity="warning", message=f"it was withdrawn on {when}"),)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return unquote(parts.path) if parts.hostname in ("www.gov.uk", "gov.uk") else ""
