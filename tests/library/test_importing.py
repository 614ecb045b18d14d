from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.bibtex import Document, records
from northbib.library import Store
from northbib.library.importing import Arriving, carry_out, counts, plan
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

HERE = """@article{lee2017cards,
  author       = {Lee, Neil},
  title        = {Powerhouse of cards? Understanding the {Northern Powerhouse}},
  journaltitle = {Regional Studies},
  date         = {2017},
  doi          = {10.1080/00343404.2016.1196289},
}
"""
DOI = "10.1080/00343404.2016.1196289"
TITLE = "Powerhouse of cards? Understanding the Northern Powerhouse"


def work(key: str = "", **values: object) -> Record:
    known = {
        "title": TITLE,
        "author": (Name(family="Lee", given="Neil"),),
        "container-title": "Regional Studies",
        "issued": Date.parse("2017"),
        **{name.replace("_", "-"): value for name, value in values.items()},
    }
    return Record(key, "article-journal", {k: v for k, v in known.items() if v})  # type: ignore[misc]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "one.bib").write_text(HERE)
    return Store(tmp_path)


@pytest.mark.parametrize(
    ("record", "status", "there"),
    [
        (work("lee2017cards"), "same", "lee2017cards"),
        (work("LEE2017cards", DOI=DOI), "same", "lee2017cards"),
        (work("lee2017cards", volume="51"), "changed", "lee2017cards"),
        (work("other", DOI=DOI), "duplicate", "lee2017cards"),
        (work(), "duplicate", "lee2017cards"),
        (Record("wholly", "book", {"title": "Something else altogether"}), "new", None),
    ],
)
def test_a_record_is_told_for_what_it_is(
    store: Store, record: Record, status: str, there: str | None
) -> None:
    (found,) = plan(store, [record])
    assert found.status == status
    assert (found.there.key if found.there else None) == there


def test_a_change_names_the_fields_and_both_values(store: Store) -> None:
    (found,) = plan(store, [work("lee2017cards", volume="51", issued=Date.parse("2016"))])
    assert [(each.field, each.ours, each.theirs) for each in found.differences] == [
        ("issued", "2017", "2016"),
        ("volume", "", "51"),
    ]


def test_duplicates_among_those_that_arrive_are_found(store: Store) -> None:
    new = work().replace(values={**work().values, "title": "The making of a library of maps"})
    first, second = plan(store, [new, new.replace(key="again")])
    assert (first.status, second.status) == ("new", "duplicate")
    assert second.there is not None
    assert second.there.key == first.record.key != ""


def test_another_work_under_a_key_that_is_taken_gets_a_key_of_its_own(store: Store) -> None:
    other = Record(
        "lee2017cards",
        "book",
        {
            "title": "A history of railway stations",
            "author": (Name(family="Brown", given="Ann"),),
            "issued": Date.parse("1950"),
        },
    )
    (found,) = plan(store, [other])
    assert found.status == "new"
    assert found.record.key.startswith("brown1950")
    assert "taken" in found.reasons[0]


def test_all_is_one_change_that_undo_takes_back(store: Store) -> None:
    before = (store.folder / "one.bib").read_bytes()
    incoming = plan(
        store, [work("lee2017cards", volume="51"), Record("new", "book", {"title": "New"})]
    )
    done = carry_out(store, incoming, "one", update=True)
    assert [each.record.key for each in done] == ["new", "lee2017cards"]
    assert store.get("lee2017cards").record.plain("volume") == "51"
    assert store.get("new").record.title == "New"
    assert len(store.log()) == 1
    store.undo()
    assert (store.folder / "one.bib").read_bytes() == before


def test_an_update_changes_only_what_differs(store: Store) -> None:
    carry_out(store, plan(store, [work("lee2017cards", volume="51")]), update=True)
    text = (store.folder / "one.bib").read_text()
    assert "51" in text
    assert [line for line in HERE.splitlines() if line not in text.splitlines()] == []


def test_what_was_imported_is_the_same_when_it_arrives_again(
    tmp_path: Path, collection: list[Record]
) -> None:
    store = Store(tmp_path)
    carry_out(store, plan(store, collection), "all")
    assert counts(plan(store, collection)) == {"same": len(collection)}


def test_entries_of_bibtex_keep_their_text(store: Store) -> None:
    text = "@Book{ odd-One ,\n\ttitle = {Odd {\\'e}} ,\n}"
    document = Document.parse(text)
    ((entry, record),) = records(document)
    carry_out(store, plan(store, [Arriving(record, "x.bib", 1, entry)]), "two")
    assert (store.folder / "two.bib").read_text() == text + "\n"


def test_a_dry_run_writes_nothing(store: Store) -> None:
    before = {file.name: file.read_bytes() for file in store.folder.glob("*.bib")}
    incoming = plan(store, [Record("new", "book", {"title": "New"})])
    assert carry_out(store, incoming, "two", dry_run=True)
    assert {file.name: file.read_bytes() for file in store.folder.glob("*.bib")} == before
