"""Editing, tagging and removing: only the bytes that are meant change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.errors import ConflictError, NotFoundError, StoreError, UsageError
from northbib.library import Store, files

if TYPE_CHECKING:
    from pathlib import Path

folder = small_store.folder
own_cache = small_store.own_cache


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


@pytest.fixture
def inequality(folder: Path) -> Path:
    return folder / "regional-inequality.bib"


def text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def test_a_field_is_set_and_no_other_byte_changes(store: Store, inequality: Path) -> None:
    before = text(inequality)
    stored = store.edit("baker2004geographies", {"publisher": "E & FN Spon"})
    assert text(inequality) == before.replace("{Cambridge University Press}", r"{E \& FN Spon}")
    assert stored.record.text("publisher") == "E & FN Spon"


def test_a_field_is_added_in_the_layout_of_its_neighbours(store: Store, inequality: Path) -> None:
    before = text(inequality)
    store.edit("baker2004geographies", {"location": "Cambridge"})
    after = before.replace(
        "  isbn      = {0521822610},\n",
        "  isbn      = {0521822610},\n  location  = {Cambridge},\n",
    )
    assert text(inequality) == after


def test_fields_are_named_as_biblatex_or_as_csl_names_them(store: Store) -> None:
    stored = store.edit(
        "rodriguezpose2018revenge",
        {"container-title": "First", "DOI": "10.1093/cjres/rsx024", "Volume": "11"},
    )
    assert stored.record.text("container-title") == "First"
    assert stored.record.text("volume") == "11"
    stored = store.edit("rodriguezpose2018revenge", {"journaltitle": "Second"})
    assert stored.record.text("container-title") == "Second"


def test_a_container_goes_into_the_field_of_the_type(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@incollection{part, title = {Part}}\n")
    store.edit("part", {"container-title": "The Whole"})
    assert (
        text(folder / "new.bib") == "@incollection{part, title = {Part}, booktitle = {The Whole}}\n"
    )


def test_a_field_keeps_the_older_name_that_its_entry_uses(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@article{old, journal = {Old}, year = 1990}\n")
    store.edit("old", {"journaltitle": "Second"})
    assert text(folder / "new.bib") == "@article{old, journal = {Second}, year = 1990}\n"
    assert store.edit("old", {"container-title": "Third"}).record.text("container-title") == "Third"
    store.edit("old", {"year": "1991"}, ["journaltitle"])
    assert text(folder / "new.bib") == "@article{old, year = 1991}\n"


def test_an_entry_is_not_given_two_dates_that_contradict(store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@article{old, title = {Old}, year = 1990}\n")
    with pytest.raises(UsageError, match="set year instead"):
        store.edit("old", {"date": "1991-02"})
    with pytest.raises(UsageError, match="set date instead"):
        store.edit("baker2004geographies", {"year": "1991"})
    assert store.edit("old", {"date": "1991-02"}, ["year"]).record.year == 1991


@pytest.mark.parametrize("name", ["id", "entrytype"])
def test_the_key_and_the_type_of_an_entry_are_no_fields(name: str, store: Store) -> None:
    with pytest.raises(UsageError, match="entry's first line"):
        store.edit("baker2004geographies", {name: "x"})


def test_a_field_is_taken_away(store: Store, inequality: Path) -> None:
    before = text(inequality)
    store.edit("rodriguezpose2018revenge", unset=["DOI"])
    assert text(inequality) == before.replace("  doi          = {10.1093/cjres/rsx024},\n", "")


def test_taking_away_a_field_that_is_not_there_names_near_ones(store: Store) -> None:
    with pytest.raises(NotFoundError, match="did you mean publisher"):
        store.edit("baker2004geographies", unset=["publsher"])


def test_latex_is_taken_as_it_is_and_must_balance(store: Store, inequality: Path) -> None:
    store.edit("baker2004geographies", {"title": r"The {North} \& more"})
    assert r"{The {North} \& more}" in text(inequality)
    before = text(inequality)
    with pytest.raises(UsageError):
        store.edit("baker2004geographies", {"title": "The {North", "publisher": "X"})
    assert text(inequality) == before


@pytest.mark.parametrize("name", ["", "a b", "a{b", "a=b", "a,b", "a}", "1st", "@x", 'a"b', "a\nb"])
def test_a_name_that_is_none_for_a_field_is_refused(
    name: str, store: Store, inequality: Path
) -> None:
    before = text(inequality)
    with pytest.raises(UsageError, match="name of a field"):
        store.edit("baker2004geographies", {name: "x"})
    assert text(inequality) == before


@pytest.mark.parametrize("field", ["date", "issued", "urldate", "accessed"])
@pytest.mark.parametrize("value", ["soon", "2014-13", "2014-02-30", "14.10.2014"])
def test_what_is_not_a_date_is_refused(field: str, value: str, store: Store) -> None:
    with pytest.raises(UsageError, match="2014-10-23"):
        store.edit("baker2004geographies", {field: value})


@pytest.mark.parametrize(
    "value", ["2014", "2014-10", "2014-10-23", "2010/2016", "2014~", "2010/.."]
)
def test_a_date_is_set(value: str, store: Store, folder: Path) -> None:
    (folder / "new.bib").write_text("@book{any, title = {A title}, date = {2001}}\n")
    issued = store.edit("any", {"date": value}).record.date()
    assert issued is not None
    assert issued.edtf() == value


@pytest.mark.parametrize("value", ["", "  ", "a\0b"])
def test_a_value_that_is_none_is_refused(value: str, store: Store) -> None:
    with pytest.raises(UsageError):
        store.edit("baker2004geographies", {"note": value})


def test_a_field_cannot_be_set_and_unset_at_once(store: Store) -> None:
    with pytest.raises(UsageError, match="set and unset"):
        store.edit("rodriguezpose2018revenge", {"DOI": "10.1093/cjres/rsx024"}, ["doi"])


def test_an_unknown_key_is_not_found(store: Store) -> None:
    with pytest.raises(NotFoundError, match="did you mean baker2004geographies"):
        store.edit("baker2004geographie", {"note": "x"})


def test_topics_are_added_and_taken_away_in_their_order(store: Store, inequality: Path) -> None:
    before = text(inequality)
    (stored,) = store.tag(
        ["rodriguezpose2018revenge"], add=["new", "Levelling-up"], remove=["REGIONAL-inequality"]
    )
    assert stored.record.keywords == ("levelling-up", "new")
    assert text(inequality) == before.replace(
        "{regional-inequality, levelling-up}", "{levelling-up, new}"
    )


def test_records_of_several_files_are_tagged_at_once(store: Store) -> None:
    found = store.tag(
        ["baker2004geographies", "cfc2014summit", "rodriguezpose2018revenge"], add=["all"]
    )
    assert [stored.record.keywords for stored in found] == [
        ("all",),
        ("english-devolution", "all"),
        ("regional-inequality", "levelling-up", "all"),
    ]


def test_tagging_with_what_is_there_changes_no_file(store: Store, inequality: Path) -> None:
    before = inequality.stat()
    store.tag(["rodriguezpose2018revenge"], add=["levelling-up"], remove=["nothing"])
    assert inequality.stat().st_ino == before.st_ino
    assert inequality.stat().st_mtime_ns == before.st_mtime_ns


def test_the_last_topic_takes_its_field_with_it(store: Store, folder: Path) -> None:
    store.tag(["cfc2014summit"], remove=["english-devolution"])
    assert "keywords" not in text(folder / "northern-futures.BIB")


@pytest.mark.parametrize("topic", ["", " ", "a,b", "a{b", "a\\b"])
def test_a_topic_that_would_not_come_back_is_refused(topic: str, store: Store) -> None:
    with pytest.raises(UsageError, match="cannot be a topic"):
        store.tag(["cfc2014summit"], add=[topic])


def test_tagging_changes_no_record_where_one_is_missing(store: Store, inequality: Path) -> None:
    before = text(inequality)
    with pytest.raises(NotFoundError):
        store.tag(["baker2004geographies", "nobody"], add=["x"])
    assert text(inequality) == before


def test_records_are_removed_and_the_rest_stays(
    store: Store, folder: Path, inequality: Path
) -> None:
    keys = ["rodriguezpose2018revenge", "cfc2014summit"]
    removed = store.remove([*keys, "rodriguezpose2018revenge"])
    assert [stored.record.key for stored in removed] == keys
    assert [stored.record.key for stored in store.all()] == ["baker2004geographies"]
    left = text(inequality)
    assert left.startswith("% The works of the first list.\n@string{cjres =")
    assert left.endswith("  isbn      = {0521822610},\n}\n")
    assert store.problems == ()


def test_no_record_is_removed_where_one_is_missing(store: Store, inequality: Path) -> None:
    before = text(inequality)
    with pytest.raises(NotFoundError):
        store.remove(["baker2004geographies", "nobody"])
    assert text(inequality) == before


def test_a_record_that_others_take_fields_from_is_not_removed_without_them(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text(
        "@incollection{chapter, title = {C}, crossref = {book}}\n\n@collection{book, title = {B}}\n"
    )
    store = Store(file)
    with pytest.raises(ConflictError, match="chapter takes fields from it"):
        store.remove(["book"])
    store.remove(["book", "chapter"])
    assert store.all() == []


def test_where_one_file_cannot_be_written_the_others_are_put_back(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    write = files.write_atomically

    def full(path: Path, data: bytes) -> None:
        if path.name == "regional-inequality.bib":
            raise StoreError("cannot be written: no space left on device", where=path)
        write(path, data)

    monkeypatch.setattr("northbib.library.bibliography.write_atomically", full)
    with pytest.raises(StoreError, match="no space"):
        store.remove(["cfc2014summit", "baker2004geographies"])
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()} == before
    assert len(store.all()) == 3
