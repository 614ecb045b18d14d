"""PubMed XML: articles and books as PubMed and Europe PMC give them out, read only.

Source: "MEDLINE/PubMed XML Element Descriptions" of the National Library of Medicine. The same data
stands in MEDLINE's tagged format, so an element is turned into its tags (`northbib.exchange.nbib`),
with the italics, bold, raised and lowered letters that titles and abstracts have here.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from northbib.exchange import nbib, xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.exchange.protocol import Read

__all__ = ["TYPES", "decode", "read"]

TYPES = nbib.TYPES

decode = nbib.decode

_TEXTS: tuple[tuple[str, str], ...] = (
    ("Journal/JournalIssue/Volume", "VI"),
    ("Journal/JournalIssue/Issue", "IP"),
    ("Journal/Title", "JT"),
    ("Journal/ISOAbbreviation", "TA"),
    ("Journal/ISSN", "IS"),
    ("ArticleTitle", "TI"),
    ("VernacularTitle", "TT"),
    ("Language", "LA"),
    ("PublicationTypeList/PublicationType", "PT"),
    ("GrantList/Grant", "GR"),
    ("Abstract/CopyrightInformation", "CI"),
)
"""Path in `Article` -> tag."""

_AROUND: tuple[tuple[str, str], ...] = (
    ("MedlineJournalInfo/MedlineTA", "TA"),
    ("MedlineJournalInfo/Country", "PL"),
    ("ChemicalList/Chemical/NameOfSubstance", "RN"),
    ("KeywordList/Keyword", "OT"),
    ("CoiStatement", "COIS"),
    ("GeneralNote", "GN"),
)
"""Path in `MedlineCitation` -> tag."""

_IN_BOOK: tuple[tuple[str, str], ...] = (
    ("Book/BookTitle", "BTI"),
    ("Book/CollectionTitle", "CTI"),
    ("Book/Publisher/PublisherName", "PB"),
    ("Book/Publisher/PublisherLocation", "PL"),
    ("Book/Volume", "VI"),
    ("Book/VolumeTitle", "VTI"),
    ("Book/Edition", "EN"),
    ("Book/Isbn", "ISBN"),
    ("ArticleTitle", "TI"),
    ("VernacularTitle", "TT"),
    ("Language", "LA"),
    ("PublicationType", "PT"),
    ("GrantList/Grant", "GR"),
    ("KeywordList/Keyword", "OT"),
    ("Abstract/CopyrightInformation", "CI"),
    ("Sections/Section/SectionTitle", "sections"),
)
"""Path in `BookDocument` -> tag."""

_RICH = frozenset({"ArticleTitle", "VernacularTitle", "BookTitle", "AbstractText"})
_STYLES = frozenset({"i", "b", "sub", "sup"})
_IDENTIFIERS = {"doi": "{} [doi]", "pii": "{} [pii]"}


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the articles and books of a file.

    Raises:
        InputError: It is not well-formed XML, or holds no record of PubMed.
    """
    buffered = io.BufferedReader(cast("io.RawIOBase", source), 1 << 16)
    wrapped = b"<Pubmed" in buffered.peek(1 << 16)
    tags = ("PubmedArticle", "PubmedBookArticle") if wrapped else ("MedlineCitation",)
    return xml.records(
        cast("BinaryIO", buffered),
        name,
        tags,
        lambda element: decode(tuple(filter(all, _fields(element)))),
        "not PubMed XML: there is no PubmedArticle",
    )


def _fields(element: _Element) -> Iterator[tuple[str, str]]:
    book = element.find("BookDocument")
    citation = element if element.tag == "MedlineCitation" else element.find("MedlineCitation")
    if book is not None:
        yield from _book(book)
    elif citation is not None:
        yield from _citation(citation)
    for path in ("PubmedData", "PubmedBookData"):
        yield from _identifiers(element, f"{path}/ArticleIdList/ArticleId", "IdType")


def _citation(citation: _Element) -> Iterator[tuple[str, str]]:
    yield "PMID", xml.child_text(citation, "PMID")
    article = citation.find("Article")
    if article is None:
        return
    yield from _texts(article, _TEXTS)
    yield "PG", _pages(article)
    yield "DP", _day(article.find("Journal/JournalIssue/PubDate"))
    yield "DEP", _day(article.find("ArticleDate"))
    yield from _identifiers(article, "ELocationID", "EIdType")
    for people in article.iterfind("AuthorList"):
        yield from _people(people, "FED" if people.get("Type") == "editors" else "FAU")
    yield "AB", _abstract(article)
    yield from _texts(citation, _AROUND)
    for people in citation.iterfind("InvestigatorList"):
        yield from _people(people, "FIR")
    for heading in citation.iterfind("MeshHeadingList/MeshHeading"):
        yield "MH", "/".join(map(xml.text_of, heading))


def _book(book: _Element) -> Iterator[tuple[str, str]]:
    yield "PMID", xml.child_text(book, "PMID")
    yield from _texts(book, _IN_BOOK)
    yield "PG", _pages(book)
    yield "DP", _day(book.find("Book/PubDate"))
    yield "DEP", _day(book.find("ContributionDate"))
    yield "AB", _abstract(book)
    own = list(book.iterfind("AuthorList"))
    for people in own:
        yield from _people(people, "FED" if people.get("Type") == "editors" else "FAU")
    for people in book.iterfind("Book/AuthorList"):
        is_theirs = people.get("Type") != "editors" and not own
        yield from _people(people, "FAU" if is_theirs else "FED")
    yield from _identifiers(book, "ArticleIdList/ArticleId", "IdType")
    yield from _identifiers(book, "Book/ELocationID", "EIdType")


def _texts(element: _Element, paths: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for path, tag in paths:
        is_rich = path.rpartition("/")[2] in _RICH
        for found in element.iterfind(path):
            yield tag, _rich(found) if is_rich else xml.text_of(found)


def _rich(element: _Element) -> str:
    """Give the text of an element, with the styles that a record's text can have."""
    pieces = [element.text or ""]
    for child in element:
        tag = xml.local_name(child)
        inside = _rich(child)
        pieces += [f"<{tag}>{inside}</{tag}>" if tag in _STYLES and inside else inside]
        pieces.append(child.tail or "")
    return " ".join("".join(pieces).split())


def _abstract(element: _Element) -> str:
    """Give an abstract, each of its parts in a line behind its label."""
    parts = []
    for part in element.iterfind("Abstract/AbstractText"):
        label, text = part.get("Label") or "", _rich(part)
        parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return "\n".join(filter(None, parts))


def _pages(element: _Element) -> str:
    pages = xml.child_text(element, "Pagination/MedlinePgn")
    start, end = (xml.child_text(element, f"Pagination/{end}Page") for end in ("Start", "End"))
    return pages or "-".join(filter(None, (start, end)))


def _day(date: _Element | None) -> str:
    if date is None:
        return ""
    parts = ("MedlineDate", "Year", "Season", "Month", "Day")
    return " ".join(filter(None, (xml.child_text(date, part) for part in parts)))


def _identifiers(element: _Element, path: str, kind: str) -> Iterator[tuple[str, str]]:
    for identifier in element.iterfind(path):
        text, named = xml.text_of(identifier), identifier.get(kind, "")
        if identifier.get("ValidYN", "Y") == "N" or not text:
            continue
        if named in _IDENTIFIERS:
            yield "AID", _IDENTIFIERS[named].format(text)
        elif named == "pmc":
            yield "PMC", text
        elif named == "bookaccession":
            yield "bookaccession", text


def _people(people: _Element, tag: str) -> Iterator[tuple[str, str]]:
    for one in people:
        if one.get("ValidYN", "Y") == "N":
            continue
        body, family = xml.child_text(one, "CollectiveName"), xml.child_text(one, "LastName")
        given = xml.child_text(one, "ForeName") or xml.child_text(one, "Initials")
        suffix = xml.child_text(one, "Suffix")
        if body:
            yield ("CN" if tag == "FAU" else tag), body
        elif family:
            yield tag, f"{family}, {' '.join(filter(None, (given, suffix)))}"
        for place in one.iterfind("AffiliationInfo/Affiliation"):
            yield "AD", xml.text_of(place)
