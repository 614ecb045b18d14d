"""The identifiers by which a record is known outside of the library, each in one spelling.

Sources: the arXiv identifier scheme; PMID and PMCID as the NLM writes them. What DOI and ISBN are
is in `northbib.records.identifiers`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from northbib.records.identifiers import doi, isbn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Record

__all__ = ["identifiers", "page_address"]

_ARXIV = re.compile(
    r"(?:arxiv[:.]|arxiv\.org/(?:abs|pdf|html)/)\s*"
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})",
    re.IGNORECASE,
)
_BARE_ARXIV = re.compile(
    r"(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
_PUBMED = re.compile(r"(?:ncbi\.nlm\.nih\.gov/pubmed|pubmed\.ncbi\.nlm\.nih\.gov)/(\d+)")
_PMC = re.compile(r"\bPMC(\d+)", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|_hs(?:enc|mi)|ref_?src|cmpid|s_cid|yclid",
    re.IGNORECASE,
)
_PREFIXES = ("www.", "m.", "amp.")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_WHOLE_BOOKS = frozenset("book collection classic pamphlet report thesis map software".split())


def identifiers(record: Record) -> frozenset[tuple[str, str]]:
    """Give the identifiers of a record, as pairs of kind and value.

    The kinds are `DOI`, `arXiv`, `PMID`, `PMCID`, `ISBN` and `URL`. An ISBN is one of a whole book
    only: for a chapter it says where it stands.
    """
    return frozenset(_found(record))


def _found(record: Record) -> Iterator[tuple[str, str]]:
    values, extra = record.values, record.extra
    url = record.plain("URL") if "URL" in values else ""
    found = doi(record.plain("DOI")) if "DOI" in values else None
    if found is None and "doi.org/" in url:
        found = doi(url)
    if found is not None:
        yield "DOI", found
    if extra or "arxiv" in url or (found and "arxiv" in found):
        yield from _eprint(extra.get("eprint", ""), extra.get("eprinttype", ""), url, found or "")
    yield from _pubmed(record, url)
    if "ISBN" in values and record.type in _WHOLE_BOOKS:
        for text in re.split(r"[,;/]|(?<=[\dXx])\s+(?=97[89])", record.plain("ISBN")):
            number = isbn(text)
            if number:
                yield "ISBN", number
    address = page_address(url)
    if address and "doi.org/" not in url:
        yield "URL", address


def _eprint(eprint: str, kind: str, url: str, known_doi: str) -> Iterator[tuple[str, str]]:
    match = _ARXIV.search(eprint) or _ARXIV.search(url) or _ARXIV.search(known_doi)
    if match is None and kind.lower() == "arxiv":
        match = _BARE_ARXIV.match(eprint)
    if match is not None:
        yield "arXiv", match["id"].lower()


def _pubmed(record: Record, url: str) -> Iterator[tuple[str, str]]:
    number = record.plain("PMID") if "PMID" in record.values else record.extra.get("pmid", "")
    if record.extra.get("eprinttype", "").lower() == "pubmed":
        number = number or record.extra.get("eprint", "")
    match = _FIGURES.search(number) if number else None
    if match is None and "pubmed" in url:
        found = _PUBMED.search(url)
        number = found[1] if found else ""
    else:
        number = match[0] if match else ""
    if number:
        yield "PMID", number
    central = record.plain("PMCID") if "PMCID" in record.values else record.extra.get("pmcid", "")
    found = _PMC.search(central) if central else None
    if found:
        yield "PMCID", found[1]


def page_address(url: str) -> str:
    """Give a web address in the form in which two are compared, "" if it leads to a whole site.

    Scheme, `www.`, case of the host, what counts visits, the place in the page and the last slash
    make no difference.

    >>> page_address("http://WWW.bbc.co.uk/news/technology-29737066/?utm_source=x#top")
    'bbc.co.uk/news/technology-29737066'
    """
    if "://" not in url:
        return ""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    path = _INDEX.sub("", parts.path).rstrip("/")
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode(sorted(pair for pair in pairs if not _TRACKING.fullmatch(pair[0])))
    if not host or not (path or query):
        return ""
    return f"{host}{path}?{query}" if query else f"{host}{path}"
