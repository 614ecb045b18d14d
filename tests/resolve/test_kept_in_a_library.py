"""What was resolved, on its way into a library: in which type, and whether it is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import northbib
from northbib.library.duplicates.likeness import Likeness
from northbib.records import Date, Day, Name, Record
from northbib.resolve.storing import as_stored

if TYPE_CHECKING:
    from pathlib import Path

LEE = Record(
    "",
    "article-journal",
    {
        "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
        "author": (Name(family="Lee", given="Neil"),),
        "container-title": "Regional Studies",
        "issued": Date(Day(2017)),
        "volume": "51",
    },
)


@pytest.mark.parametrize("genre", ["Press release", "News story", "Government response"])
def test_what_an_authority_publishes_is_kept_as_a_web_page_of_its_genre(
    tmp_path: Path, genre: str
) -> None:
    record = Record("x", "article", {"title": "A title", "genre": genre})
    (tmp_path / "a.bib").write_text("", encoding="utf-8")
    stored = northbib.open(tmp_path).add(record)
    assert (stored.record.type, stored.record.text("genre")) == ("webpage", genre)
    assert "@online{x," in (tmp_path / "a.bib").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "record",
    [
        Record("x", "article", {"title": "A title", "genre": "Preprint"}),
        Record("x", "article", {"title": "A title"}),
        Record("x", "report", {"title": "A title", "genre": "Press release"}),
    ],
)
def test_all_else_keeps_its_type(record: Record) -> None:
    assert as_stored(record) == record


def library(tmp_path: Path, *records: Record) -> Likeness:
    (tmp_path / "a.bib").write_text("", encoding="utf-8")
    store = northbib.open(tmp_path)
    for number, record in enumerate(records):
        store.add(record.replace(key=f"k{number}"))
    return Likeness(store.all)


def changed(**values: object) -> Record:
    return LEE.replace(values={**LEE.values, **values})


def test_a_work_of_like_title_names_and_year_is_there_already(tmp_path: Path) -> None:
    there = library(tmp_path, changed(title="Something else of the north"), LEE)
    (like,) = there.like(
        changed(title="Powerhouse of Cards: Understanding the Northern Powerhouse")
    )
    assert like.stored.key == "k1"
    assert "year" in " ".join(like.reasons)


@pytest.mark.parametrize(
    "other",
    [
        changed(title="Cities and regions of the north"),
        changed(issued=Date(Day(2009)), author=(Name(family="Krugman", given="Paul"),)),
    ],
    ids=["title", "year and names"],
)
def test_another_work_is_not(tmp_path: Path, other: Record) -> None:
    assert library(tmp_path, LEE).like(other) == []


def test_a_book_is_told_by_its_isbn(tmp_path: Path) -> None:
    book = Record("", "book", {"title": "The Northern Veto", "ISBN": "9780719075520"})
    other = {"title": "Northern Veto, The", "ISBN": "978-0-7190-7552-0"}
    there = library(tmp_path, book)
    assert [like.stored.key for like in there.like(book.replace(values=other))] == ["k0"]


def test_what_was_added_in_the_same_run_counts(tmp_path: Path) -> None:
    there = library(tmp_path)
    assert there.like(LEE) == []
    there.add(northbib.open(tmp_path).add(LEE.replace(key="lee")))
    assert [like.stored.key for like in there.like(LEE)] == ["lee"]
