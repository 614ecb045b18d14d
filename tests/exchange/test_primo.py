from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.errors import InputError, UsageError
from northbib.exchange import format_of, read, write
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "exchange/data/primo"


def only(folder: Path, number: str) -> Record:
    data = (folder / FOLDER / f"translators__PrimoNormalizedXML_{number}.xml").read_bytes()
    (record,) = read(data, "a.xml").records
    return record


def test_entities_are_refused() -> None:
    data = b'<!DOCTYPE a [<!ENTITY b "c">]><record><display><title>&b;</title></display></record>'
    with pytest.raises(InputError, match="declares the entity b"):
        read(data, "a.xml", "primo")


def test_a_file_that_is_none_is_refused() -> None:
    with pytest.raises(InputError, match="no record with display or addata"):
        read(b"<records><record/></records>", "a.xml", "primo")


def test_it_is_only_read() -> None:
    with pytest.raises(UsageError, match="only read"):
        write([], "primo")


def test_real_files_are_read_with_none_lost(shared: Path) -> None:
    for file in sorted((shared / FOLDER).glob("*.xml")):
        data = file.read_bytes()
        assert format_of(data, file.name).name == "primo", file.name
        (record,) = read(data, file.name).records
        assert record.title, file.name


def test_what_primo_says_of_an_article_is_read(shared: Path) -> None:
    record = only(shared, "00")
    assert (record.type, record.title) == ("article-journal", "Water")
    assert record.names() == (
        Name("Bryant", "Robert G"),
        Name("Johnson", "Mark A"),
        Name("Rossky", "Peter J"),
    )
    assert record.text("container-title") == "Accounts of chemical research"
    assert record.date() == Date(Day(2012, 1, 17))
    assert [record.text(name) for name in ("volume", "issue", "page", "DOI", "ISSN", "PMID")] == [
        "45",
        "1",
        "1-2",
        "10.1021/ar2003286",
        "1520-4898",
        "22248448",
    ]


def test_what_primo_says_of_books_is_read(shared: Path) -> None:
    cooking = only(shared, "01")
    assert (cooking.type, cooking.title) == ("book", "Mastering the art of French cooking")
    assert cooking.names() == (Name("Beck", "Simone"),)
    assert Name("Child", "Julia") in cooking.names("contributor")
    assert (cooking.text("publisher"), cooking.text("publisher-place")) == ("Knopf", "New York")
    assert (cooking.year, cooking.keywords) == (1961, ("Cooking, French",))
    thesis = only(shared, "02")
    assert (thesis.text("collection-title"), thesis.text("collection-number")) == (
        "Jus publicum",
        "138",
    )
    assert (thesis.text("number-of-pages"), thesis.text("language")) == ("575", "de")
    letters = only(shared, "10")
    assert letters.title == "The letters of J.R.R. Tolkien"
    assert (letters.text("ISBN"), letters.text("number-of-pages")) == ("0261102656", "463")
    beowulf = only(shared, "12")
    assert beowulf.title == "Beowulf : traduzione e commento con Racconto meraviglioso"
    assert Name("Manini", "Luca") in beowulf.names("translator")
