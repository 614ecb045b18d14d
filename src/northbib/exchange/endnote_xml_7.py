"""EndNote XML as EndNote wrote it before version 8: elements in capitals, types by other numbers.

Source: the XML export of EndNote 7, as programs that still take it read it. Numbers of types that
are not sure are told from what a record has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange import xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["RECORD", "fields"]

RECORD = "RECORD"
"""The name of a record."""

_TYPES = {
    "0": "Journal Article",
    "1": "Book",
    "2": "Thesis",
    "3": "Conference Proceedings",
    "7": "Book Section",
    "8": "Magazine Article",
    "9": "Edited Book",
    "10": "Report",
    "16": "Web Page",
}

_PATHS = {
    "ABSTRACT": "abstract",
    "ACCESSION_NUMBER": "accession-num",
    "ALTERNATE_TITLE": "titles/alt-title",
    "AUTHOR": "contributors/authors/author",
    "AUTHOR_ADDRESS": "auth-address",
    "CALL_NUMBER": "call-num",
    "CAPTION": "caption",
    **{f"CUSTOM{number}": f"custom{number}" for number in range(1, 8)},
    "DATE": "dates/pub-dates/date",
    "EDITION": "edition",
    "ELECTRONIC_RESOURCE_NUMBER": "electronic-resource-num",
    "IMAGE": "urls/image-urls/url",
    "ISBN": "isbn",
    "KEYWORD": "keywords/keyword",
    "LABEL": "label",
    "LANGUAGE": "language",
    "LINK_TO_PDF": "urls/pdf-urls/url",
    "NOTES": "notes",
    "NUMBER": "number",
    "NUMBER_OF_VOLUMES": "num-vols",
    "ORIGINAL_PUB": "orig-pub",
    "PAGES": "pages",
    "PLACE_PUBLISHED": "pub-location",
    "PUBLISHER": "publisher",
    "REPRINT_EDITION": "reprint-edition",
    "REVIEWED_ITEM": "reviewed-item",
    "SECONDARY_AUTHOR": "contributors/secondary-authors/author",
    "SECONDARY_TITLE": "titles/secondary-title",
    "SECTION": "section",
    "SHORT_TITLE": "titles/short-title",
    "SUBSIDIARY_AUTHOR": "contributors/subsidiary-authors/author",
    "TERTIARY_AUTHOR": "contributors/tertiary-authors/author",
    "TERTIARY_TITLE": "titles/tertiary-title",
    "TITLE": "titles/title",
    "TYPE_OF_WORK": "work-type",
    "URL": "urls/related-urls/url",
    "VOLUME": "volume",
    "YEAR": "dates/year",
}
"""Element -> path of the one that holds the same since version 8."""


def fields(record: _Element) -> Iterator[tuple[str, str]]:
    """Give the parts of a record as later versions have them."""
    texts = {xml.local_name(part): xml.text_of(part) for part in record}
    yield "ref-type", _TYPES.get(texts.get("REFERENCE_TYPE", ""), "") or _guessed(texts)
    for part in record.iter():
        name = xml.local_name(part)
        if name in _PATHS and (text := xml.text_of(part)):
            yield _PATHS[name], text


def _guessed(texts: dict[str, str]) -> str:
    if texts.get("SECONDARY_TITLE"):
        return "Journal Article" if texts.get("VOLUME") or texts.get("NUMBER") else "Book Section"
    return "Book" if texts.get("PUBLISHER") else "Generic"
