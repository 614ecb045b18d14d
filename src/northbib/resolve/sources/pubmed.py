"""PubMed, from the XML of its E-utilities, where the citation exporter has nothing.

Source: "The PubMed DTD", https://dtd.nlm.nih.gov/ncbi/pubmed/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import NotFoundError
from northbib.records import Name
from northbib.records.identifiers import doi
from northbib.resolve.claims import Answer
from northbib.resolve.clean import paragraph, rich
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import claims_of, day, local_name, text_of, xml_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.records import Date
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

NAME = "pubmed"
SURE = 0.96
_SOURCE = "registry:pubmed"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def recognises(identifier: Identifier) -> bool:
    """Take PMIDs."""
    return identifier.kind == "pmid"


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for one article."""
    path = "entrez/eutils/efetch.fcgi?db=pubmed&retmode=xml&id="
    return (Request(f"{address_of('eutils')}{path}{identifier.value}", "text/xml", "record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read the first article; its DOI is a lead."""
    root = xml_root(response.body, response.url, "PubMed")
    article = root if local_name(root) == "PubmedArticle" else root.find(".//PubmedArticle")
    title = "" if article is None else rich(text_of(article.find(".//ArticleTitle")))
    if article is None or not title:
        raise NotFoundError(f"PubMed has no article {identifier.value}", where=response.url)
    name = _doi(article)
    claims = claims_of(
        (
            ("title", title.removesuffix(".").removeprefix("[").removesuffix("]")),
            ("type", "article-journal"),
            ("author", tuple(_people(article))),
            ("container-title", text_of(article.find(".//Journal/Title"))),
            ("container-title-short", text_of(article.find(".//Journal/ISOAbbreviation"))),
            ("issued", _issued(article)),
            ("volume", text_of(article.find(".//JournalIssue/Volume"))),
            ("issue", text_of(article.find(".//JournalIssue/Issue"))),
            ("page", _pages(text_of(article.find(".//Pagination/MedlinePgn")))),
            ("ISSN", text_of(article.find(".//Journal/ISSN"))),
            ("DOI", name),
            ("PMID", text_of(article.find(".//MedlineCitation/PMID"))),
            ("abstract", paragraph(" ".join(map(text_of, article.iter("AbstractText"))))),
        ),
        _SOURCE,
    )
    return Answer(claims, response.url, (), (Identifier("doi", name),) if name else ())


def _people(article: _Element) -> Iterator[Name]:
    for author in article.iterfind(".//AuthorList/Author"):
        family, body = text_of(author.find("LastName")), text_of(author.find("CollectiveName"))
        given = text_of(author.find("ForeName")) or text_of(author.find("Initials"))
        if family and given:
            yield Name(family=family, given=given, suffix=text_of(author.find("Suffix")))
        elif body or family:
            yield Name(literal=body or family)


def _issued(article: _Element) -> Date | None:
    date = article.find(".//JournalIssue/PubDate")
    if date is None:
        return None
    # "1998 Dec-1999 Jan", "2000 Spring": the year is what is sure.
    medline = re.search(r"\d{4}", text_of(date.find("MedlineDate")))
    year = text_of(date.find("Year")) or (medline.group() if medline else "")
    month = text_of(date.find("Month")).lower()[:3]
    number = month if month.isdigit() else str(_MONTHS.index(month) + 1) if month in _MONTHS else ""
    parts = [year, number.zfill(2) if number else "", text_of(date.find("Day")).zfill(2)]
    written = "-".join(parts[: parts.index("") if "" in parts else 3]).removesuffix("-00")
    return day(written)


def _pages(written: str) -> str:
    # MEDLINE leaves out the digits that the last page shares with the first: 478-89.
    first, hyphen, last = written.partition("-")
    if hyphen and first.isdigit() and last.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}{hyphen}{last}"


def _doi(article: _Element) -> str:
    for path in (".//ELocationID[@EIdType='doi']", "./PubmedData/ArticleIdList/ArticleId"):
        for element in article.iterfind(path):
            if element.get("IdType", "doi") == "doi" and (found := doi(text_of(element))):
                return found
    return ""
