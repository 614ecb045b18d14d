"""The file that Leganto's reading list loader takes: a line for each citation, with tabs.

Sources: Ex Libris Knowledge Center, "Reading List Loader", and the files that universities send it:
these columns in this order, and the codes of citation types. All columns have to be there; those of
the course, the list and the section are not in a record, are the same in each line, and tell one
list from the next. They are empty where nothing is said of them (`with_filled`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.exchange.people import inverted, name_of
from northbib.exchange.protocol import framed
from northbib.records import Date, Record
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["COLUMNS", "TYPES", "Filled", "decode", "encode", "with_filled", "write"]

COLUMNS: tuple[str, ...] = tuple(
    """
    coursecode section_id searchable_id1 searchable_id2 searchable_id3 reading_list_code
    reading_list_name reading_list_description reading_list_subject reading_list_status RLStatus
    visibility reading_list_assigned_to reading_list_library_note reading_list_instructor_note
    owner_user_name creativecommon section_name section_description section_start_date
    section_end_date section_tags citation_secondary_type citation_status citation_tags
    citation_mms_id citation_original_system_id citation_title citation_journal_title
    citation_author citation_publication_date citation_edition citation_isbn citation_issn
    citation_place_of_publication citation_publisher citation_volume citation_issue citation_pages
    citation_start_page citation_end_page citation_doi citation_oclc citation_lccn citation_chapter
    rlterms_chapter_title citation_chapter_author editor citation_source citation_source1
    citation_source2 citation_source3 citation_source4 citation_source5 citation_source6
    citation_source7 citation_source8 citation_source9 citation_source10 citation_note
    additional_person_name file_name citation_public_note license_type citation_instructor_note
    citation_library_note external_system_id
    """.split()
)

_OF_LISTS = (*COLUMNS[: COLUMNS.index("citation_secondary_type")], "citation_status")
"""The columns that say of a list, its course and its section."""

TYPES: dict[str, str] = {
    "article-journal": "CR",
    "article-magazine": "CR",
    "article-newspaper": "CR",
    "bill": "LEGISLATION",
    "book": "BK",
    "broadcast": "VD",
    "chapter": "BK_C",
    "document": "DO",
    "legal_case": "CASE",
    "legislation": "LEGISLATION",
    "motion_picture": "VD",
    "periodical": "JR",
    "post": "WS",
    "post-weblog": "WS",
    "regulation": "LEGISLATION",
    "report": "DO",
    "review": "CR",
    "review-book": "CR",
    "song": "VD",
    "treaty": "LEGAL_DOCUMENT",
    "webpage": "WS",
}
"""CSL type -> `citation_secondary_type`, `OTHER` for all others."""

_READ = {
    "CR": "article-journal",
    "LEGISLATION": "legislation",
    "VD": "motion_picture",
    "WS": "webpage",
    "DO": "document",
}
_TYPE_OF = {code: type_ for type_, code in TYPES.items()} | _READ

_TEXTS = {
    "citation_title": "title",
    "citation_journal_title": "container-title",
    "citation_edition": "edition",
    "citation_isbn": "ISBN",
    "citation_issn": "ISSN",
    "citation_place_of_publication": "publisher-place",
    "citation_publisher": "publisher",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_pages": "page",
    "citation_doi": "DOI",
    "citation_chapter": "chapter-number",
    "citation_source": "URL",
    "citation_note": "note",
    "citation_public_note": "annote",
}
_IN_CHAPTERS = {"citation_title": "container-title", "rlterms_chapter_title": "title"}
_NAMES = {"citation_author": "author", "editor": "editor"}
_PAGES = re.compile(r"(\w+)\s*[-–]+\s*(\w+)")
_BREAKS = re.compile(r"[\t\r\n]+")
_HEAD = ("\t".join(COLUMNS) + "\r\n").encode()

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """Stands in for this module where columns are the same in each line.

    Attributes:
        columns: Column -> its text.
    """

    columns: Row

    def read(self, source: BinaryIO, name: str) -> Iterator[Read]:
        """Read nothing: the file is only written."""
        raise UsageError(f"Leganto's file is only written, and {name} not read: {source}")

    def decode(self, native: Row) -> Record:
        """Give the record of a line."""
        return decode(native)

    def encode(self, record: Record) -> Row:
        """Give the columns of a record, and those that are the same in each line."""
        return {**self.columns, **encode(record)}

    def write(self, natives: Iterable[Row]) -> Iterator[bytes]:
        """Write a file."""
        return write(natives)


def with_filled(columns: Mapping[str, str]) -> Filled:
    """Give what writes a file with some columns filled in each line.

    Raises:
        UsageError: There is no such column, or records fill it.
    """
    for column in columns:
        if column not in _OF_LISTS:
            hint = did_you_mean(column, _OF_LISTS) or f"such as {', '.join(_OF_LISTS[5:7])}"
            raise UsageError(f"no column of lists is called {column!r}", hint=hint)
    return Filled({name: _BREAKS.sub(" ", text) for name, text in columns.items()})


def decode(native: Row) -> Record:
    """Give the record of a line."""
    kind = _TYPE_OF.get(native.get("citation_secondary_type", ""), "document")
    values: dict[str, Value] = {
        variable: native[column] for column, variable in _columns(kind).items() if column in native
    }
    for column, role in _names(kind).items():
        if column in native:
            values[role] = tuple(name_of(text) for text in native[column].split("; "))
    if "citation_publication_date" in native:
        values["issued"] = Date.parse(native["citation_publication_date"])
    topics = tuple(native["citation_tags"].split(",")) if "citation_tags" in native else ()
    return Record(native.get("external_system_id", ""), kind, values, topics)


def encode(record: Record) -> Row:
    """Give the columns of a record that are not empty."""
    row = {"citation_secondary_type": TYPES.get(record.type, "OTHER")}
    for column, variable in _columns(record.type).items():
        row[column] = record.plain(variable)
    for column, role in _names(record.type).items():
        row[column] = "; ".join(map(inverted, record.names(role)))
    issued, pages = record.date("issued"), _PAGES.fullmatch(record.plain("page"))
    row["citation_publication_date"] = "" if issued is None else issued.edtf()
    if pages is not None:
        row |= {"citation_start_page": pages[1], "citation_end_page": pages[2]}
    row["citation_tags"] = ",".join(record.keywords)
    row["external_system_id"] = record.key
    return {name: _BREAKS.sub(" ", text) for name, text in row.items() if text}


def _columns(kind: str) -> dict[str, str]:
    if kind != "chapter":
        return _TEXTS
    # Of a chapter, the title is that of its book.
    own = {column: name for column, name in _TEXTS.items() if column != "citation_journal_title"}
    return own | _IN_CHAPTERS


def _names(kind: str) -> dict[str, str]:
    return (
        {"citation_chapter_author": "author", "editor": "editor"} if kind == "chapter" else _NAMES
    )


def write(natives: Iterable[Row]) -> Iterator[bytes]:
    """Write a file in UTF-8 with the line of column names that the loader passes over."""
    return framed(map(_line, natives), _HEAD, b"", b"")


def _line(row: Row) -> bytes:
    return ("\t".join(row.get(column, "") for column in COLUMNS) + "\r\n").encode(
        "utf-8", "replace"
    )
