from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from records_strategy import records

from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.records import Record

if TYPE_CHECKING:
    from pathlib import Path


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "endnote-xml"), "a.xml").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    assert list(read(write(collection, "endnote-xml"), "a.xml").records) == collection


def test_italics_have_the_face_that_endnote_gives_them() -> None:
    data = write([Record("a", "book", {"title": "A <i>b</i> c"})], "endnote-xml")
    assert b'<style face="italic" font="default" size="100%">b</style>' in data


def test_names_of_types_count_where_their_numbers_are_of_another_program() -> None:
    data = b'<xml><records><record><ref-type name="Report">10</ref-type></record></records></xml>'
    (record,) = read(data, "a.xml").records
    assert record.type == "report"


def test_no_record_of_real_files_is_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/endnote_xml").glob("*.xml")):
        data = file.read_bytes()
        if data.lstrip().startswith(b"<"):
            assert len(read(data, file.name).records) == data.count(b"<record>"), file.name


def test_what_is_said_of_a_reference_is_read(shared: Path) -> None:
    file = shared / "exchange/data/endnote_xml/biblatex-csl-converter__docx-citations.xml"
    article, part, *_ = read(file.read_bytes(), file.name).records
    assert (article.type, article.title) == ("article-journal", "Sample Article Title for Testing")
    assert [name.family for name in article.names()] == ["Smith", "Jones"]
    assert article.text("container-title") == "Journal of Synthetic Testing"
    assert [article.text(name) for name in ("volume", "issue", "page", "ISSN")] == [
        "42",
        "4",
        "45-67",
        "1234-5678",
    ]
    assert article.year == 2023
    assert (part.type, part.text("container-title")) == ("chapter", "Handbuch der Testmethoden")
    assert [name.family for name in part.names("editor")] == ["Schmidt", "Weber"]
    assert part.text("publisher-place") == "Berlin"


def test_numbers_and_series_stand_in_the_elements_of_their_type() -> None:
    values = {"title": "A", "number": "7", "collection-title": "A series"}
    text = write([Record("a", "report", values)], "endnote-xml").decode()
    assert '<isbn><style face="normal" font="default" size="100%">7</style></isbn>' in text
    assert text.index("<secondary-title>") < text.index("A series")
