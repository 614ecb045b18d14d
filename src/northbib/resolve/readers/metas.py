"""What the `<meta>` elements of a page claim: one table for each vocabulary, read in one pass."""

from __future__ import annotations

import collections
import re
from typing import TYPE_CHECKING

from northbib.records.identifiers import doi, isbn
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, paragraph, rich
from northbib.resolve.days import read_date
from northbib.resolve.kinds import csl_type, eprints_type, genre_of
from northbib.resolve.people import person_or_body, read_byline
from northbib.resolve.readers import (
    analytics,
    bepress,
    dublin_core,
    eprints,
    highwire,
    opengraph,
    plain,
    prism,
    twitter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from northbib.records import Name, Value
    from northbib.resolve.readers.parts import Page

__all__ = ["read_metas"]

# Name of a meta element -> who says so, and which field it claims.
_FIELDS: Mapping[str, tuple[str, str]] = {
    name: (source, field)
    for table in (
        highwire,
        bepress,
        dublin_core,
        prism,
        eprints,
        opengraph,
        twitter,
        analytics,
        plain,
    )
    for source, fields in table.FIELDS.items()
    for field, names in fields.items()
    for name in names.split()
}

# The vocabularies whose names stand one an element, family name first.
_ONE_NAME_EACH = frozenset({highwire.SOURCE, bepress.SOURCE, dublin_core.SOURCE, eprints.SOURCE})
_SEVERAL = re.compile(r";|,[^,]*,")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")
_ARXIV = re.compile(
    r"(?:arxiv:)?(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
_IS_DOI = re.compile(r"(?:https?://\S*?/|info:doi/|urn:doi:|doi:?\s*)?10\.\d", re.IGNORECASE)
_ISSN = re.compile(r"(?:urn:)?(?:issn[:\s]*)?(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_IS_ISBN = re.compile(r"(?:urn:)?(?:isbn[:\s]*)?[\d][\d\s-]{8,16}[\dXx]", re.IGNORECASE)
_MOST, _MOST_NAMES = 20, 20_000
_LONGEST = {"abstract": 10_000, "title": 1000, "author": 20_000}


def read_metas(page: Page) -> list[Claim]:
    """Give the claims of a page's meta elements."""
    claims = []
    counts: collections.Counter[str] = collections.Counter()
    for written, content in page.metas:
        name = dublin_core.spelling(written)
        source, field = _FIELDS.get(name, ("", ""))
        if not field or len(content) > _LONGEST.get(field, 2000) or counts[name] > _most(field):
            continue
        counts[name] += 1
        if value := _value(field, content, source, page):
            claims.append(Claim(field, value, source, name, raw=content[:200]))
        if field == "type" and (genre := genre_of(content)):
            claims.append(Claim("genre", genre, source, name))
    return _joined(claims)


def _most(field: str) -> int:
    return _MOST_NAMES if field in ("author", "editor") else _MOST


def _value(field: str, content: str, source: str, page: Page) -> Value | None:
    if field in ("author", "editor"):
        return _names(content, source)
    if field in ("issued", "modified"):
        return read_date(content, page.language, page.host)
    if field == "type":
        return _type(content, source)
    return _READERS.get(field, line)(content)


def _names(content: str, source: str) -> tuple[Name, ...] | None:
    if source in _ONE_NAME_EACH and not _SEVERAL.search(content):
        name = person_or_body(content, is_person=source == highwire.SOURCE)
        return (name,) if name else None
    return read_byline(content, is_scholarly=source in _ONE_NAME_EACH) or None


def _type(content: str, source: str) -> str | None:
    if source == eprints.SOURCE:
        return eprints_type(content)
    kind = csl_type(content)
    # Dublin Core calls all that can be read a text.
    return None if kind in ("document", "periodical") else kind


def _doi(content: str) -> str | None:
    if match := _ARXIV.fullmatch(content.strip()):
        # Every paper of arXiv has a DOI made from its identifier, which names no version:
        # https://info.arxiv.org/help/doi.html.
        return f"10.48550/arxiv.{match[1].lower()}"
    return doi(content) if _IS_DOI.match(content.strip()) else None


def _isbn(content: str) -> str | None:
    return isbn(content.strip()) if _IS_ISBN.fullmatch(content.strip()) else None


def _language(content: str) -> str | None:
    return content.replace("_", "-") if _LANGUAGE.fullmatch(content) else None


def _issn(content: str) -> str | None:
    match = _ISSN.fullmatch(content.strip())
    if match is None:
        return None
    digits = match[1].replace("-", "").upper()
    return f"{digits[:4]}-{digits[4:]}"


def _pages(content: str) -> str | None:
    text = re.sub(r"\s*(?:--?|[–—])\s*", "-", line(content))
    return re.sub(r"^pp?\.?\s*", "", text) or None


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    "DOI": _doi,
    "ISBN": _isbn,
    "ISSN": _issn,
    "abstract": paragraph,
    "genre": lambda content: genre_of(content) or line(content),
    "container-title": rich,
    "language": _language,
    "page": _pages,
    "title": rich,
    "type": csl_type,
}


def _joined(claims: Iterable[Claim]) -> list[Claim]:
    """Make one claim of the names that a source gives in several elements, and of a page range."""
    joined: dict[tuple[str, str, str], list[Name]] = {}
    ends: dict[tuple[str, str], Claim] = {}
    rest: list[Claim] = []
    for claim in claims:
        slot = (claim.field, claim.source, claim.locator.removesuffix("s"))
        if isinstance(claim.value, tuple):
            joined.setdefault(slot, []).extend(claim.value)
        elif claim.field in ("first-page", "last-page"):
            ends.setdefault((claim.source, claim.field), claim)
        else:
            rest.append(claim)
    people = [
        Claim(field, tuple(dict.fromkeys(names)), source, locator)
        for (field, source, locator), names in joined.items()
    ]
    return [*rest, *people, *_ranges(ends)]


def _ranges(ends: Mapping[tuple[str, str], Claim]) -> list[Claim]:
    pages = []
    for (source, field), first in ends.items():
        if field == "first-page":
            last = ends.get((source, "last-page"))
            values = [str(c.value) for c in (first, last) if c is not None]
            value = values[0] if "-" in values[0] else "-".join(dict.fromkeys(values))
            pages.append(Claim("page", value, source, first.locator))
    return pages
