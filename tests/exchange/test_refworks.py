from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from records_strategy import records

from northbib.errors import InputError
from northbib.exchange import format_of, read, write
from northbib.exchange.losses import differences
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "refworks"), "a.txt", "refworks").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    seen = read(write(collection, "refworks"), "a.txt").records
    assert [differences(*pair) for pair in zip(collection, seen, strict=True)] == [()] * len(seen)


def test_the_legend_before_the_references_says_nothing() -> None:
    data = b"Tag legend\nRT=Reference Type\nBEGIN EXPORTED REFERENCES\n\nRT Book, Whole\nT1 A\n"
    (record,) = read(data, "a.txt", "refworks").records
    assert (record.type, record.title) == ("book", "A")


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no line begins with RT"):
        read(b"hello", "a.txt", "refworks")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/refworks").glob("*.txt")):
        data = file.read_bytes()
        assert format_of(data, file.name).name == "refworks"
        count = data.count(b"\nRT ") + data.lstrip(b"\xef\xbb\xbf").startswith(b"RT ")
        assert len(read(data, file.name).records) == count, file.name


def test_what_refworks_says_is_read(shared: Path) -> None:
    folder = shared / "exchange/data/refworks"
    (part,) = read((folder / "translators__RefWorksTagged_00.txt").read_bytes(), "a").records
    assert (part.type, part.title) == ("chapter", "Depression and coronary heart disease")
    assert part.names() == (Name("Stansfeld", "Stephen"), Name("Fuhrer", "Rebecca"))
    assert part.names("editor") == (Name("Gulford", "C.T."),)
    assert part.text("container-title").startswith("Stress and the heart: Psychosocial pathways")
    assert (part.text("page"), part.text("ISBN")) == ("101-123", "0727912771")
    assert part.text("publisher-place") == "Williston, VT, US"
    assert len(part.keywords) == 10
    (thesis,) = read((folder / "translators__RefWorksTagged_01.txt").read_bytes(), "a").records
    assert (thesis.type, thesis.text("number-of-pages")) == ("thesis", "141")
    (article,) = read((folder / "translators__RefWorksTagged_03.txt").read_bytes(), "a").records
    assert (article.text("container-title"), article.date()) == (
        "Critical Inquiry",
        Date(Day(2003, 1, 1)),
    )
    assert (article.text("volume"), article.text("issue"), article.text("page")) == (
        "29",
        "2",
        "337-367",
    )
