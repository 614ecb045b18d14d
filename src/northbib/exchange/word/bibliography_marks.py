"""Bibliography marks of OpenDocument texts: all that LibreOffice knows of a work, in attributes.

Source: OpenDocument 1.3, part 3, 7.9 (`text:bibliography-mark`), whose parts are those of BibTeX.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.people import name_of
from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.records import Value

__all__ = ["record_of_mark"]

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "conference": "paper-conference",
    "email": "personal_communication",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "journal": "article-journal",
    "manual": "book",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "proceedings": "book",
    "techreport": "report",
    "unpublished": "manuscript",
    "www": "webpage",
}
_TEXTS = {
    "title": "title",
    "chapter": "chapter-number",
    "edition": "edition",
    "pages": "page",
    "volume": "volume",
    "address": "publisher-place",
    "report-type": "genre",
    "series": "collection-title",
    "issn": "ISSN",
    "isbn": "ISBN",
    "doi": "DOI",
    "url": "URL",
    "note": "note",
    "annote": "annote",
}
_BETWEEN_NAMES = re.compile(r"\s*;\s*|\s+and\s+")


def record_of_mark(parts: Mapping[str, str]) -> Record:
    """Give the record of a mark.

    Args:
        parts: Its attributes by their names without a namespace.
    """
    kind = _TYPES.get(parts.get("bibliography-type", ""), "document")
    values: dict[str, Value] = {
        variable: parts[name].strip() for name, variable in _TEXTS.items() if parts.get(name)
    }
    for role in ("author", "editor"):
        names = [name_of(each) for each in _BETWEEN_NAMES.split(parts.get(role, "")) if each]
        values[role] = tuple(name for name in names if name != Name())
    containers = ("journal", "booktitle") if kind == "article-journal" else ("booktitle", "journal")
    values["container-title"] = _first(parts, *containers)
    makers = ("school", "institution") if kind == "thesis" else ("institution", "organizations")
    chosen = makers if kind in ("thesis", "report") else ("publisher", *makers)
    values["publisher"] = _first(parts, *chosen, "publisher", "howpublished")
    values["issue" if kind == "article-journal" else "number"] = parts.get("number", "")
    values["issued"] = _issued(parts.get("year", ""), parts.get("month", "")) or ""
    found = {name: value for name, value in values.items() if value}
    return Record(parts.get("identifier", ""), kind, found)


def _first(parts: Mapping[str, str], *names: str) -> str:
    return next((parts[name].strip() for name in names if parts.get(name)), "")


def _issued(year: str, month: str) -> Date | None:
    if not year.strip():
        return None
    if month.isdecimal():
        return Date.parse(f"{year}-{int(month):02d}")
    return worded_date(f"{month} {year}") or Date.parse(year)
