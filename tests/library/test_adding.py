"""Adding records: kept as they are written, each work once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_store
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.errors import ConflictError, StoreError, UsageError
from northbib.library import Store
from northbib.records import Date, Name, Record, Value

if TYPE_CHECKING:
    from pathlib import Path

folder = small_store.folder
own_cache = small_store.own_cache

ODD = """@Article{gardiner2013spatially,
    TITLE = "Spatially unbalanced growth in the {British} economy",
    journal = "Journal of " # "Economic Geography",
    year=2013
}"""


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


def test_an_entry_is_appended_as_it_is_written(folder: Path, store: Store) -> None:
    before = (folder / "regional-inequality.bib").read_bytes()
    added = store.add_source(f"Some text.\n{ODD}\nMore.", to="regional-inequality")
    assert (folder / "regional-inequality.bib").read_bytes() == before + f"\n{ODD}\n".encode()
    (stored,) = added.stored
    assert stored.record.key == "gardiner2013spatially"
    assert stored.line == 21
    assert store.get("gardiner2013spatially") == stored
    assert added.conflicts == added.problems == ()


def test_line_ends_are_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"@book{a,\r\n  title = {A},\r\n}\r\n")
    Store(file).add_source("@book{b,\n  title = {B},\n}\n")
    assert file.read_bytes() == (
        b"@book{a,\r\n  title = {A},\r\n}\r\n\r\n@book{b,\r\n  title = {B},\r\n}\r\n"
    )


def test_many_entries_are_added_in_their_order(store: Store) -> None:
    added = store.add_source(b"@book{z, title={Z}}\n@book{y, title={Y}} @misc{x, title={X}}", "new")
    assert [stored.record.key for stored in added.stored] == ["z", "y", "x"]
    assert [stored.record.key for stored in store.find("in:new")] == ["z", "y", "x"]


def test_macros_bring_their_meaning_along(folder: Path, store: Store) -> None:
    store.add_source(
        '@string{jpe = "Journal of"}\n@string{long = jpe # " Political Economy"}\n'
        "@article{krugman1991increasing, title = {Increasing Returns and Economic Geography}, "
        "journaltitle = long, month = jun, year = 1991}",
        to="new",
    )
    record = store.get("krugman1991increasing").record
    assert record.text("container-title") == "Journal of Political Economy"
    assert record.date() == Date.parse("1991-06")
    text = (folder / "new.bib").read_text(encoding="utf-8")
    assert "{Journal of Political Economy}" in text
    assert "month = jun" in text
    assert Store(folder).problems == ()


def test_a_key_that_is_there_is_a_conflict_with_both_places(folder: Path, store: Store) -> None:
    before = (folder / "regional-inequality.bib").read_bytes()
    added = store.add_source(
        "\n@book{Baker2004geographies, title = {Other}}\n@book{b, title = {B}}",
        to="regional-inequality",
        name="new.bib",
    )
    assert [stored.record.key for stored in added.stored] == ["b"]
    (conflict,) = added.conflicts
    assert conflict.code == "duplicate-key"
    assert (conflict.file, conflict.line) == ("new.bib", 2)
    assert f"{folder / 'regional-inequality.bib'}:13" in conflict.message
    assert (folder / "regional-inequality.bib").read_bytes().startswith(before)


@pytest.mark.parametrize(
    "field",
    [
        "doi = {10.1093/cjres/rsx024}",
        "DOI = {https://doi.org/10.1093/CJRES/rsx024}",
        "url = {http://centreforcities.org/publication/northern-futures-summit-a-summary}",
        r"url = {https://centreforcities.org/publication/northern-futures-summit-a-summary\#top}",
    ],
)
def test_a_work_that_is_there_under_another_key_is_not_added(
    field: str, folder: Path, store: Store
) -> None:
    before = (folder / "regional-inequality.bib").read_bytes()
    added = store.add_source(f"@misc{{new, title = {{New}}, {field}}}", to="regional-inequality")
    assert added.stored == ()
    (conflict,) = added.conflicts
    assert conflict.code == "already-here"
    assert conflict.key == "new"
    assert "already here as " in conflict.message
    assert (folder / "regional-inequality.bib").read_bytes() == before


def test_an_entry_that_comes_twice_in_a_source_is_added_once(store: Store) -> None:
    added = store.add_source("@book{a, title={A}}\n@book{a, title={A}}", to="new", name="x.bib")
    assert len(added.stored) == len(store.find("in:new")) == 1
    assert "x.bib:1" in added.conflicts[0].message


def test_a_chapter_and_its_book_may_share_an_address(store: Store) -> None:
    added = store.add_source(
        "@incollection{chapter, title={C}, crossref={book}, url={https://example.org/b}}\n"
        "@collection{book, title={B}, url={https://example.org/b}, doi={10.1093/cjres/rsx024}}",
        to="new",
    )
    assert [stored.record.key for stored in added.stored] == ["chapter"]
    added = store.add_source("@collection{book, title={B}, url={https://example.org/b}}", to="new")
    assert [stored.record.key for stored in added.stored] == ["book"]
    assert store.get("chapter").record.text("container-title") == "B"


def test_broken_entries_are_problems_and_the_good_ones_are_added(store: Store) -> None:
    added = store.add_source(
        "@book{good, title = {Good}}\n@book{bad, title = {Bad\n@book{fine, title = {Fine}}\n",
        to="new",
        name="x.bib",
    )
    assert [stored.record.key for stored in added.stored] == ["good", "fine"]
    assert [(problem.file, problem.line) for problem in added.problems] == [("x.bib", 2)]


def test_an_entry_without_a_key_gets_one(store: Store) -> None:
    added = store.add_source(
        "@article{, author = {Lee, Neil}, title = {Powerhouse of cards?}, year = 2017}", "new"
    )
    assert [stored.record.key for stored in added.stored] == ["lee2017powerhouse"]
    assert added.problems == ()


def test_a_source_without_entries_is_a_problem(folder: Path, store: Store) -> None:
    added = store.add_source("Just text.", to="new", name="x.txt")
    assert added.stored == ()
    assert [problem.code for problem in added.problems] == ["no-entries"]
    assert not (folder / "new.bib").exists()


def test_topics_are_added_to_those_of_the_entry(store: Store) -> None:
    store.add_source("@book{a, title={A}, keywords={one, two}}", "new", tags=["two", "three"])
    assert store.get("a").record.keywords == ("one", "two", "three")
    store.add_source("@book{b, title={B}}", to="new", tags=["three"])
    assert store.get("b").record.keywords == ("three",)


def test_one_entry_may_be_given_another_key(store: Store) -> None:
    added = store.add_source("@book { old ,title={old}}", to="new", key="brand2020new")
    assert [stored.record.key for stored in added.stored] == ["brand2020new"]
    assert store.get("brand2020new").record.title == "old"
    with pytest.raises(UsageError, match="one key cannot serve 2 entries"):
        store.add_source("@book{a, title={A}} @book{b, title={B}}", key="c")


@pytest.mark.parametrize("key", ["", "a b", "a,b", "a}b", "a{b", 'a"b', "a%b", "a#b", "a\nb"])
def test_a_key_that_bibtex_cannot_read_is_refused(key: str, store: Store) -> None:
    with pytest.raises(UsageError, match="citation key"):
        store.add_source("@book{a, title={A}}", to="new", key=key)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "..",
        "../evil",
        "a/b",
        "a\\b",
        "/etc/passwd",
        ".hidden",
        "-x",
        "a b",
        "a\n",
        "x" * 200,
        "a\0",
    ],
)
def test_a_hostile_name_of_a_bibliography_is_refused(
    name: str, folder: Path, store: Store, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match="name of a bibliography"):
        store.add_source("@book{a, title={A}}", to=name)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_bibliography_is_named_with_or_without_its_ending(folder: Path, store: Store) -> None:
    store.add_source("@book{a, title={A}}", to="new.bib")
    store.add_source("@book{b, title={B}}", to="new")
    store.add_source("@book{c, title={C}}", to="northern-futures")
    assert [stored.record.key for stored in store.find("in:new")] == ["a", "b"]
    assert not (folder / "northern-futures.bib").exists()


def test_without_a_name_the_only_bibliography_is_meant_else_unsorted(
    folder: Path, store: Store
) -> None:
    assert store.add_source("@book{a, title={A}}").stored[0].bibliography == "unsorted"
    only = Store(folder / "regional-inequality.bib")
    assert only.add_source("@book{b, title={B}}").stored[0].bibliography == "regional-inequality"
    with pytest.raises(UsageError, match="one file"):
        only.add_source("@book{c, title={C}}", to="other")


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path, store: Store) -> None:
    source = "@book{a, title={A}} @book{baker2004geographies, title={B}}"
    dry = store.add_source(source, to="new", dry_run=True)
    assert not (folder / "new.bib").exists()
    assert len(store.all()) == 3
    assert store.add_source(source, to="new") == dry


RECORDS: dict[str, dict[str, Value]] = {
    "sqw2016northern": {
        "title": "The Northern Powerhouse Independent Economic Review: Workstream 2: "
        "City Region & Local Area Profiles – Final Report",
        "author": (Name(literal="SQW"),),
        "issued": Date.parse("2016-05-01"),
        "publisher": "SQW",
    },
    "forth2020missing": {
        "title": "The Missing £4 Billion: Making R&D work for the whole UK",
        "author": (Name(family="Forth", given="Tom"), Name(family="Jones", given="Richard A. L.")),
        "issued": Date.parse("2020"),
        "publisher": "Nesta",
    },
    "vanbeethovenndtitle": {
        "title": "A title",
        "author": (Name(family="Beethoven", given="Ludwig", non_dropping_particle="van"),),
    },
}


@pytest.mark.parametrize("key", RECORDS)
def test_a_record_is_stored_and_read_back(key: str, store: Store) -> None:
    record = Record(key="", type="report", values=RECORDS[key], keywords=("one",))
    stored = store.add(record, to="new", tags=["two"])
    assert stored.record == record.replace(key=key, keywords=("one", "two"))
    with pytest.raises(ConflictError, match=f"{key} was not added"):
        store.add(record, to="new", key=key)
    assert store.add(record, to="new").record.key == f"{key}a"
    assert store.add(record, key="mine", dry_run=True).record.key == "mine"
    assert len(store.all()) == 5


def test_a_record_whose_work_is_there_is_refused(store: Store) -> None:
    record = Record(key="new", type="book", values={"title": "New", "DOI": "10.1093/cjres/rsx024"})
    with pytest.raises(ConflictError, match="already here as rodriguezpose2018revenge"):
        store.add(record)


WORDS = r"""
    @book{a,title={A}} @book{b,title={B @comment{ @string{s= " { } ( ) @ @misc(c,note=1) @article{
    c, title={x} % é text \ # @preamble{ @book{new,x={y}}
    """.split()
PIECES = st.sampled_from([*WORDS, "\r\n", "\n\n", "\r", " ", "\ufeff"])


@given(st.lists(PIECES, max_size=8).map("".join).map(str.encode) | st.binary(max_size=30))
@settings(max_examples=150)
def test_an_entry_is_added_to_any_file_in_full_or_not_at_all(
    tmp_path_factory: pytest.TempPathFactory, before: bytes
) -> None:
    file = tmp_path_factory.mktemp("any") / "a.bib"
    file.write_bytes(before)
    store = Store(file)
    keys = [stored.record.key for stored in store.all()]
    try:
        added = store.add_source("@book{new,\n  title = {New},\n}\n")
    except (StoreError, UsageError):
        assert file.read_bytes() == before
        return
    if added.conflicts:
        assert file.read_bytes() == before
        return
    # Blank lines at the end stay at the end.
    assert file.read_bytes().startswith(before.rstrip())
    assert [stored.record.key for stored in store.all()] == [*keys, "new"]
    assert store.get("new").record.title == "New"
    store.remove(["new"])
    assert [stored.record.key for stored in store.all()] == keys
