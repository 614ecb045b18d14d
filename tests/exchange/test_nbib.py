from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import format_of, pubmed, read, write
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.nbib", "nbib").records
    return record


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "nbib"), "a.nbib", "nbib").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    seen = read(write(collection, "nbib"), "a.nbib", "nbib").records
    assert [differences(*pair) for pair in zip(collection, seen, strict=True)] == [()] * len(seen)


def test_tags_are_four_wide_and_names_stand_in_full_and_short() -> None:
    record = Record("", "article-journal", {"title": "A", "author": (Name("Long", "Vicky Ann"),)})
    assert (
        write([record], "nbib").decode().splitlines()
        == [
            "TI  - A",
            "FAU - Long, Vicky Ann",
            "AU  - Long VA",
            "PT  - Journal Article",
            "GN  - {:type: article-journal}",
        ][:4]
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("FAU - van Raaij, M J", Name("van Raaij", "M J")),
        ("FAU - Pincus, Theodore 3rd", Name("Pincus", "Theodore", suffix="3rd")),
        ("AU  - van Raaij MJ", Name("van Raaij", "MJ")),
        ("CN  - World Health Organization", Name(literal="World Health Organization")),
    ],
)
def test_names_are_read(text: str, name: Name) -> None:
    assert only(f"PMID- 1\nTI  - A.\n{text}\n").names() == (name,)


def test_a_record_without_a_title_of_its_own_is_a_book() -> None:
    book = only("PMID- 1\nBTI - A book\nPB  - A house\nISBN- 1859962521\n")
    assert (book.type, book.title, book.text("ISBN")) == ("book", "A book", "1859962521")
    chapter = only("PMID- 1\nTI  - A part\nBTI - A book\n")
    assert (chapter.type, chapter.text("container-title")) == ("chapter", "A book")


def test_a_line_that_is_neither_tagged_nor_indented_is_told() -> None:
    reading = read(b"PMID- 1\nSO  no tag\nTI  - A title\n", "a.nbib", "nbib")
    assert [record.title for record in reading.records] == ["A title"]
    assert [(finding.code, finding.line) for finding in reading.findings] == [("untagged-line", 2)]


def test_pages_are_given_whole() -> None:
    assert pubmed.whole_pages("S13-9") == "S13-S19"
    assert pubmed.whole_pages("e1002") == "e1002"


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no line begins with a tag"):
        read(b"hello", "a.nbib", "nbib")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/nbib").iterdir()):
        if file.suffix in (".nbib", ".txt"):
            data = file.read_bytes()
            assert format_of(data, file.name).name == "nbib"
            records = read(data, file.name).records
            count = data.count(b"PMID-") or data.count(b"OWN -") or 1
            assert len(records) == count, file.name


def test_what_pubmed_says_is_read(shared: Path) -> None:
    data = (shared / "exchange/data/nbib/translators__MEDLINEnbib_01.nbib").read_bytes()
    record = read(data, "a.nbib").records[0]
    assert (record.type, record.text("PMID")) == ("article-journal", "8692918")
    assert record.title.startswith("The structure of bovine F1-ATPase complexed")
    assert record.title.endswith("antibiotic inhibitor aurovertin B")
    assert record.names()[0] == Name("van Raaij", "M J")
    assert record.text("container-title-short") == "Proc Natl Acad Sci U S A"
    assert record.date() == Date(Day(1996, 7, 9))
    assert [record.text(name) for name in ("volume", "issue", "page", "ISSN", "language")] == [
        "93",
        "14",
        "6913-6917",
        "0027-8424",
        "en",
    ]
    assert "Adenylyl Imidodiphosphate/pharmacology" in record.keywords


def test_a_record_without_people_or_numbers_is_told_as_well() -> None:
    data = write([Record("a", "book", {"title": "A title"})], "nbib")
    assert read(data, "a").records[0].title == "A title"
