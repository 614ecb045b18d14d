"""The CSL-JSON that registration agencies give for a DOI -> claims.

What Crossref, DataCite and mEDRA call CSL-JSON has each agency's own types, lists in place of text,
HTML and JATS in titles, and dates with parts that are null; see "Content negotiation",
https://citation.doi.org/docs.html, and the Crossref REST API's `/works`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.records import Date, Name
from northbib.records.identifiers import doi, isbn, web_address
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, paragraph, rich
from northbib.resolve.days import is_plausible
from northbib.resolve.kinds import GENERIC, csl_type
from northbib.resolve.people import is_body, person_or_body

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from northbib.records import Value

__all__ = ["Item", "claims_of_item", "read_csl_json"]

SOURCE = "registry:doi"
Item = dict[str, Any]

_LONGEST = 20_000
_NAMES = ("author", "editor", "translator")
_ISSN = re.compile(r"\d{4}-\d{3}[\dX]")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/", re.IGNORECASE)

# The day on which a volume came out goes with that volume; `issued` is often the first one online.
_DATES = ("published-print", "issued", "published", "published-online")


def read_csl_json(data: bytes, url: str) -> tuple[Claim, ...]:
    """Read an answer of content negotiation.

    Args:
        data: The answer: a JSON object, or a list of one.
        url: Where it came from, for errors.

    Returns:
        One claim for each field that CSL knows, junk left out; a title is always among them.

    Raises:
        InputError: It is not JSON, or not of this shape, or has no title.
    """
    try:
        item = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("the registry did not answer in JSON", where=url) from error
    if isinstance(item, list) and len(item) == 1:
        item = item[0]
    if not isinstance(item, dict):
        raise InputError("the registry answered with JSON of another kind", where=url)
    return claims_of_item(item, url)


def claims_of_item(item: Item, url: str, source: str = SOURCE) -> tuple[Claim, ...]:
    """Give the claims of one item of CSL-JSON, or of Crossref's dialect of it.

    Args:
        item: The item, as JSON has it.
        url: Where it came from, for errors.
        source: Who says so.

    Raises:
        InputError: It has no title.
    """
    title = _title(item)
    if not title:
        raise InputError("the registry has no title for it", where=url)
    claims = [Claim("title", title, source, "title"), Claim("type", _type(item), source, "type")]
    claims += [Claim(field, _names(item, field), source, field) for field in _NAMES]
    claims += [Claim("issued", date, source, member) for member, date in _issued(item)]
    claims += [Claim(variable, read(item), source, variable) for variable, read in _READERS]
    return tuple(claim for claim in claims if claim.value)


def _title(item: Item) -> str:
    title, subtitle = rich(_first(item, "title")), rich(_first(item, "subtitle"))
    if not subtitle or subtitle.lower() in title.lower():
        return title
    colon = "" if not title or title[-1] in "?!:" else ":"
    return f"{title}{colon} {subtitle}".strip()


def _type(item: Item) -> str:
    kind = csl_type(_first(item, "type"))
    if kind is None or kind == GENERIC:
        stands_in = _first(item, "container-title") and _first(item, "volume")
        return "article-journal" if stands_in else "document" if kind is None else "article"
    return kind


def _names(item: Item, field: str) -> tuple[Name, ...]:
    members = item.get(field)
    entries = members if isinstance(members, list) else []
    found = (_name(entry) for entry in entries if isinstance(entry, dict))
    return tuple(dict.fromkeys(name for name in found if name is not None))


def _name(member: Item) -> Name | None:
    family, given = _text(member, "family"), _text(member, "given")
    if family and given:
        return Name(
            family=family,
            given=given,
            dropping_particle=_text(member, "dropping-particle"),
            non_dropping_particle=_text(member, "non-dropping-particle"),
            suffix=_text(member, "suffix"),
        )
    literal = _text(member, "literal") or _text(member, "name") or family or given
    if not literal:
        return None
    if member.get("literal") and not is_body(literal):
        # Some agencies give people as literals, "Given Family" or "Family, Given".
        return person_or_body(literal) or Name(literal=literal)
    return Name(literal=literal)


def _text(member: Item, part: str) -> str:
    value = member.get(part)
    return line(value) if isinstance(value, str) and len(value) < 500 else ""


def _issued(item: Item) -> Iterator[tuple[str, Date]]:
    for member in _DATES:
        date = _date(item.get(member))
        if date and date.start and is_plausible(date):
            yield member, date


def _date(value: object) -> Date | None:
    if not isinstance(value, dict):
        return None
    written = value.get("date-parts")
    if written is None:
        raw = value.get("raw") or value.get("literal")
        return Date.parse(raw[:40]) if isinstance(raw, str) else None
    if not isinstance(written, list) or not all(isinstance(part, list) for part in written):
        return None
    parts = [[p for p in part if isinstance(p, int) or str(p).isdigit()] for part in written[:2]]
    return Date.from_csl({**value, "date-parts": [part for part in parts if part]})


def _first(item: Item, member: str) -> str:
    value = item.get(member)
    if isinstance(value, list):
        value = next((part for part in value if part), "")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    return str(value)[:_LONGEST]


def _plain(*members: str) -> Callable[[Item], Value]:
    return lambda item: line(_any(item, members))


def _rich(*members: str) -> Callable[[Item], Value]:
    return lambda item: rich(_any(item, members))


def _any(item: Item, members: tuple[str, ...]) -> str:
    return next((text for member in members if (text := _first(item, member))), "")


def _isbn(item: Item) -> str:
    value = item.get("ISBN")
    members = value if isinstance(value, list) else [value]
    # Old deposits hold them as addresses: http://id.crossref.org/isbn/978…
    found = (isbn(str(member).rpartition("/")[2]) for member in members)
    return next((number for number in found if number), "")


def _issn(item: Item) -> str:
    value = item.get("ISSN")
    found = _ISSN.search(" ".join(map(str, value)) if isinstance(value, list) else str(value or ""))
    return found.group() if found else ""


def _url(item: Item) -> str:
    url = web_address(_first(item, "URL")) or ""
    return "" if _DOI_ADDRESS.match(url) else line(url)


def _language(item: Item) -> str:
    code = _first(item, "language").replace("_", "-")
    return code if re.fullmatch(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?", code) else ""


_READERS: tuple[tuple[str, Callable[[Item], Value]], ...] = (
    ("container-title", _rich("container-title")),
    ("container-title-short", _rich("container-title-short", "short-container-title")),
    ("collection-title", _rich("collection-title")),
    ("publisher", _plain("publisher")),
    ("publisher-place", _plain("publisher-place", "publisher-location")),
    ("volume", _plain("volume")),
    ("issue", _plain("issue")),
    ("page", _plain("page", "article-number")),
    ("number", _plain("number")),
    ("edition", _plain("edition")),
    ("version", _plain("version")),
    ("event-title", _plain("event-title")),
    ("DOI", lambda item: doi(_first(item, "DOI")) or ""),
    ("ISBN", _isbn),
    ("ISSN", _issn),
    ("PMID", _plain("PMID")),
    ("PMCID", _plain("PMCID")),
    ("URL", _url),
    ("language", _language),
    ("abstract", lambda item: paragraph(_first(item, "abstract"))),
)
