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


def only(text: str) -> Record:
    (record,) = read(text.encode(), "a.ciw", "wos").records
    return record


@given(records)
def test_a_record_comes_back_whole(record: Record) -> None:
    (seen,) = read(write([record], "wos"), "a.ciw", "wos").records
    assert differences(record, seen) == ()


def test_the_collection_comes_back_whole(collection: list[Record]) -> None:
    seen = read(write(collection, "wos"), "a.ciw").records
    assert [differences(*pair) for pair in zip(collection, seen, strict=True)] == [()] * len(seen)


def test_names_stand_a_line_each_in_short_and_in_full() -> None:
    names = (Name("Lee", "Neil"), Name("Clarke", "Stephen"))
    record = Record("", "article-journal", {"title": "A", "author": names})
    text = write([record], "wos").decode()
    assert "\nAU Lee, N\n   Clarke, S\nAF Lee, Neil\n   Clarke, Stephen\n" in text
    assert text.startswith("FN Clarivate")
    assert text.endswith("ER\nEF\n")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("PY 2006\nPD JUN 14", "2006-06-14"),
        ("PY 2006\nPD MAR-APR", "2006-03/2006-04"),
        ("PY 2006\nPD SPR", "2006-21"),
        ("PY 2006", "2006"),
    ],
)
def test_dates_are_read(text: str, date: str) -> None:
    assert only(f"PT J\nTI A\n{text}\nER\n").date() == Date.from_edtf(date)


def test_lines_go_on_and_topics_are_told_apart() -> None:
    record = only("PT J\nTI A title that\n   goes on\nDE one; two\nID THREE\n   FOUR\nER\n")
    assert record.title == "A title that goes on"
    assert record.keywords == ("one", "two", "THREE FOUR")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_columns_with_tabs_between_are_read(encoding: str) -> None:
    data = (
        "PT\tAU\tTI\tSO\tDT\tPY\tVL\tBP\tEP\tDI\n"
        'J\tLee, N; Clarke, S\tA "title"\tA journal\tArticle\t2019\t4\t7\t19\t\n'
    ).encode(encoding)
    (record,) = read(data, "savedrecs.txt", "wos").records
    assert record.names() == (Name("Lee", "N"), Name("Clarke", "S"))
    assert (record.title, record.text("page"), record.year) == ('A "title"', "7-19", 2019)


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no line begins with PT"):
        read(b"hello", "a.ciw", "wos")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / "exchange/data/isi_wos").iterdir()):
        if file.suffix in (".isi", ".ciw") and "Empty" not in file.name:
            data = file.read_bytes()
            assert format_of(data, file.name).name == "wos"
            records = read(data, file.name).records
            assert len(records) == data.count(b"\nPT ") + data.startswith(b"PT "), file.name


def test_what_web_of_science_says_is_read(shared: Path) -> None:
    file = shared / "exchange/data/isi_wos/jabref__IsiImporterTestWOS.isi"
    record = read(file.read_bytes(), file.name).records[0]
    assert record.type == "article-journal"
    assert record.title == (
        "Optical and photoelectric spectroscopy of photorefractive Sn2P2S6 crystals"
    )
    assert record.names()[0] == Name("Gamernyk", "RV")
    assert len(record.names()) == 5
    assert record.text("container-title") == "JOURNAL OF PHYSICS-CONDENSED MATTER"
    assert record.text("container-title-short") == "J. Phys.-Condes. Matter"
    assert [record.text(name) for name in ("volume", "issue", "page", "ISSN", "language")] == [
        "18",
        "23",
        "5323-5331",
        "0953-8984",
        "en",
    ]
    assert record.date() == Date(Day(2006, 6, 14))
    assert record.extra["accession"] == "ISI:000238592600006"
