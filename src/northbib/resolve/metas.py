"""What `<meta>` elements claim.

Sources: Google Scholar's inclusion guidelines (`citation_*`, known as Highwire Press tags), the
DCMI Metadata Terms as HTML has them (`DC.*`, `DCTERMS.*`), PRISM 3, the tags of EPrints and of
bepress, the Open Graph protocol, and the tags that the analytics services Parse.ly, Sailthru and
Chartbeat ask of publishers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.records.identifiers import doi, isbn
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, paragraph, rich
from northbib.resolve.days import read_date
from northbib.resolve.kinds import csl_type, eprints_type
from northbib.resolve.people import person_or_body, read_byline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lxml.html import HtmlElement

    from northbib.records import Name, Value

__all__ = ["metas_of", "read_metas"]

Metas = list[tuple[str, str]]

HIGHWIRE, DC, PRISM, EPRINTS = "page:highwire", "page:dc", "page:prism", "page:eprints"
OPEN_GRAPH, META = "page:og", "page:meta"

# Name of the meta element, without bepress_ and with dots -> who says so, and which field.
_FIELDS: Mapping[str, tuple[str, str]] = {
    "citation_title": (HIGHWIRE, "title"),
    "citation_author": (HIGHWIRE, "author"),
    "citation_authors": (HIGHWIRE, "author"),
    "citation_editor": (HIGHWIRE, "editor"),
    "citation_publication_date": (HIGHWIRE, "issued"),
    "citation_date": (HIGHWIRE, "issued"),
    "citation_cover_date": (HIGHWIRE, "issued"),
    "citation_year": (HIGHWIRE, "issued"),
    "citation_online_date": ("page:online", "issued"),
    "citation_journal_title": (HIGHWIRE, "container-title"),
    "citation_journal_abbrev": (HIGHWIRE, "container-title-short"),
    "citation_conference_title": (HIGHWIRE, "container-title"),
    "citation_conference": (HIGHWIRE, "container-title"),
    "citation_inbook_title": (HIGHWIRE, "container-title"),
    "citation_book_title": (HIGHWIRE, "container-title"),
    "citation_publisher": (HIGHWIRE, "publisher"),
    "citation_dissertation_institution": (HIGHWIRE, "publisher"),
    "citation_technical_report_institution": (HIGHWIRE, "publisher"),
    "citation_technical_report_number": (HIGHWIRE, "number"),
    "citation_volume": (HIGHWIRE, "volume"),
    "citation_issue": (HIGHWIRE, "issue"),
    "citation_firstpage": (HIGHWIRE, "first-page"),
    "citation_lastpage": (HIGHWIRE, "last-page"),
    "citation_doi": (HIGHWIRE, "DOI"),
    "citation_arxiv_id": ("page:arxiv", "DOI"),
    "citation_isbn": (HIGHWIRE, "ISBN"),
    "citation_issn": (HIGHWIRE, "ISSN"),
    "citation_language": (HIGHWIRE, "language"),
    "citation_abstract": (HIGHWIRE, "abstract"),
    "dc.title": (DC, "title"),
    "dc.creator": (DC, "author"),
    "dc.contributor.author": (DC, "author"),
    "dc.date.issued": (DC, "issued"),
    "dc.issued": (DC, "issued"),
    "dc.date": (DC, "issued"),
    "dc.publisher": (DC, "publisher"),
    "dc.identifier": (DC, "DOI"),
    "dc.identifier.doi": (DC, "DOI"),
    "dc.identifier.isbn": (DC, "ISBN"),
    "dc.ispartof": (DC, "container-title"),
    "dc.relation.ispartof": (DC, "container-title"),
    "dc.language": (DC, "language"),
    "dc.type": (DC, "type"),
    "dc.abstract": (DC, "abstract"),
    "prism.publicationname": (PRISM, "container-title"),
    "prism.publicationdate": (PRISM, "issued"),
    "prism.volume": (PRISM, "volume"),
    "prism.number": (PRISM, "issue"),
    "prism.startingpage": (PRISM, "first-page"),
    "prism.endingpage": (PRISM, "last-page"),
    "prism.doi": (PRISM, "DOI"),
    "prism.issn": (PRISM, "ISSN"),
    "eprints.title": (EPRINTS, "title"),
    "eprints.creators_name": (EPRINTS, "author"),
    "eprints.editors_name": (EPRINTS, "editor"),
    "eprints.date": (EPRINTS, "issued"),
    "eprints.publication": (EPRINTS, "container-title"),
    "eprints.book_title": (EPRINTS, "container-title"),
    "eprints.publisher": (EPRINTS, "publisher"),
    "eprints.institution": (EPRINTS, "publisher"),
    "eprints.volume": (EPRINTS, "volume"),
    "eprints.number": (EPRINTS, "issue"),
    "eprints.id_number": (EPRINTS, "DOI"),
    "eprints.isbn": (EPRINTS, "ISBN"),
    "eprints.issn": (EPRINTS, "ISSN"),
    "eprints.type": (EPRINTS, "type"),
    "eprints.abstract": (EPRINTS, "abstract"),
    "og:title": (OPEN_GRAPH, "title"),
    "og:site_name": (OPEN_GRAPH, "site"),
    "og:type": (OPEN_GRAPH, "type"),
    "og:locale": (OPEN_GRAPH, "language"),
    "article:published_time": (OPEN_GRAPH, "issued"),
    "article:published": (OPEN_GRAPH, "issued"),
    "og:article:published_time": (OPEN_GRAPH, "issued"),
    "article:modified_time": (OPEN_GRAPH, "modified"),
    "og:updated_time": (OPEN_GRAPH, "modified"),
    "article:author": (OPEN_GRAPH, "author"),
    "og:article:author": (OPEN_GRAPH, "author"),
    "twitter:title": (META, "title"),
    "parsely-title": (META, "title"),
    "parsely-author": (META, "author"),
    "parsely-pub-date": (META, "issued"),
    "sailthru.title": (META, "title"),
    "sailthru.author": (META, "author"),
    "sailthru.date": (META, "issued"),
    "author": (META, "author"),
    "doi": (META, "DOI"),
    "publication_doi": (META, "DOI"),
    "byl": (META, "author"),
    "article.author": (META, "author"),
    "pubdate": (META, "issued"),
    "publish-date": (META, "issued"),
    "publication-date": (META, "issued"),
    "publication_date": (META, "issued"),
    "article.published": (META, "issued"),
    "date.issued": (META, "issued"),
    "date": (META, "issued"),
    "cxenseparse:recs:publishtime": (META, "issued"),
    "govuk:first-published-at": ("site:gov.uk", "issued"),
    "govuk:public-updated-at": (META, "modified"),
    "application-name": (META, "site"),
    "generator": (META, "generator"),
    "language": (META, "language"),
}
_SPELLINGS = re.compile(r"^(?:bepress_|dcterms[.:]|dct[.:]|dc:|prism:|dcsext\.|og:citation_)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")
_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?")
_IS_DOI = re.compile(r"(?:https?://\S*?/|info:doi/|doi:?\s*)?10\.\d", re.IGNORECASE)
_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_LONGEST = {"abstract": 10_000, "title": 1000}


def metas_of(tree: HtmlElement) -> Metas:
    """List the name and content of all meta elements, in order; names in lower case."""
    found = []
    for element in tree.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("id") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.append((name.strip().lower(), content))
    return found


def read_metas(metas: Metas) -> list[Claim]:
    """Give the claims of a page's meta elements."""
    claims = []
    for name, content in metas:
        source, field = _FIELDS.get(_spelling(name), ("", ""))
        value = _value(field, content, source) if field else None
        if value:
            claims.append(Claim(field, value, source, name))
    return _joined(claims)


def _spelling(name: str) -> str:
    match = _SPELLINGS.match(name)
    if match is None:
        return name
    prefix = match.group()
    rest = name[len(prefix) :]
    if prefix in {"bepress_", "dcsext."}:
        return rest
    if prefix == "og:citation_":
        return f"citation_{rest}"
    return f"prism.{rest}" if prefix == "prism:" else f"dc.{rest}"


def _value(field: str, content: str, source: str) -> Value | None:
    if len(content) > _LONGEST.get(field, 2000):
        return None
    if source == "page:arxiv":
        return _arxiv_doi(content)
    if source == EPRINTS and field == "type":
        return eprints_type(content)
    reader = _READERS.get(field, line)
    if field in ("author", "editor"):
        return _names(content, source)
    return reader(content)


def _names(content: str, source: str) -> tuple[Name, ...] | None:
    # Repositories write one name an element, family name first; others write bylines.
    if source in (HIGHWIRE, DC, EPRINTS) and not re.search(r";|,.*,", content):
        name = person_or_body(content, is_person=source == HIGHWIRE)
        return (name,) if name else None
    return read_byline(content) or None


def _doi(content: str) -> str | None:
    return doi(content) if _IS_DOI.match(content) else None


def _arxiv_doi(content: str) -> str | None:
    # Every paper of arXiv has a DOI made from its identifier, which names no version:
    # https://info.arxiv.org/help/doi.html.
    match = _ARXIV.fullmatch(content.removeprefix("arXiv:"))
    return f"10.48550/arxiv.{match[1].lower()}" if match else None


def _language(content: str) -> str | None:
    return content.replace("_", "-") if _LANGUAGE.fullmatch(content) else None


def _issn(content: str) -> str | None:
    return content.upper() if _ISSN.fullmatch(content) else None


_READERS: Mapping[str, Callable[[str], Value | None]] = {
    "DOI": _doi,
    "ISBN": isbn,
    "ISSN": _issn,
    "abstract": paragraph,
    "issued": read_date,
    "language": _language,
    "modified": read_date,
    "title": rich,
    "type": csl_type,
}


def _joined(claims: Iterable[Claim]) -> list[Claim]:
    """Make one claim of the names that a source gives in several elements, and of a page range."""
    joined: dict[tuple[str, str, str], Claim] = {}
    rest: list[Claim] = []
    for claim in claims:
        slot = (claim.field, claim.source, claim.locator.removesuffix("s"))
        if isinstance(claim.value, tuple) and slot in joined:
            names = tuple(dict.fromkeys((*_names_in(joined[slot]), *claim.value)))
            joined[slot] = Claim(claim.field, names, claim.source, claim.locator)
        elif isinstance(claim.value, tuple) or claim.field in ("first-page", "last-page"):
            joined.setdefault(slot, claim)
        else:
            rest.append(claim)
    named = [claim for claim in joined.values() if isinstance(claim.value, tuple)]
    return rest + named + _pages(joined.values())


def _names_in(claim: Claim) -> tuple[Name, ...]:
    return claim.value if isinstance(claim.value, tuple) else ()


def _pages(claims: Iterable[Claim]) -> list[Claim]:
    ends = {(claim.source, claim.field): claim for claim in claims}
    pages = []
    for (source, field), first in ends.items():
        if field == "first-page":
            last = ends.get((source, "last-page"))
            values = [str(c.value) for c in (first, last) if c is not None]
            page = "-".join(dict.fromkeys(values))
            pages.append(Claim("page", page, source, first.locator))
    return pages
