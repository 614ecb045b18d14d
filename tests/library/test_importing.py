from __future__ import annotations

import tracemalloc
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


def test_an_update_takes_over_the_type_and_its_fields_with_it(store: Store) -> None:
    (store.folder / "two.bib").write_text(
        "@report{plan1,\n  title       = {A plan for the north},\n"
        "  institution = {Somebody},\n  date        = {2001},\n}\n"
    )
    theirs = Record(
        "plan1",
        "book",
        {
            "title": "A plan for the north",
            "publisher": "Somebody",
            "issued": Date.parse("2001"),
        },
    )
    incoming = plan(store, [theirs])
    assert [(one.field, one.ours, one.theirs) for one in incoming[0].differences] == [
        ("type", "report", "book")
    ]
    carry_out(store, incoming, update=True)
    text = (store.folder / "two.bib").read_text()
    assert text.startswith("@book{plan1,\n  title       = {A plan for the north},\n")
    assert "publisher" in text
    assert "institution" not in text
    record = Store(store.folder).get("plan1").record
    assert (record.type, record.plain("publisher")) == ("book", "Somebody")
    assert counts(plan(Store(store.folder), [theirs])) == {"same": 1}
    store.undo()
    assert "@report" in (store.folder / "two.bib").read_text()


def test_what_a_type_says_without_words_is_said_when_it_changes(store: Store) -> None:
    (store.folder / "two.bib").write_text(
        "@phdthesis{thesis1,\n  author = {Doe, Jane},\n  title  = {A thesis of the north},\n"
        "  school = {A school},\n  year   = {2001},\n}\n"
    )
    before = store.get("thesis1").record
    carry_out(store, plan(store, [before.replace(type="report", extra={})]), update=True)
    after = Store(store.folder).get("thesis1").record
    assert after.type == "report"
    assert after.values == before.values


def test_a_type_that_says_nothing_is_no_difference(store: Store) -> None:
    (found,) = plan(store, [work("lee2017cards").replace(type="document")])
    assert found.status == "same"


CHILD = "@incollection{part1,\n  crossref = {Whole1},\n  title = {A part},\n}\n"
PARENT = """@collection{whole1,
  editor    = {Doe, Jane},
  title     = {A whole of several parts in the north},
  publisher = {Somebody},
  date      = {2001},
}
"""


def test_an_entry_that_others_take_fields_from_keeps_its_type(store: Store) -> None:
    (store.folder / "two.bib").write_text(CHILD + "\n" + PARENT)
    theirs = store.get("whole1").record.replace(type="report")
    done = carry_out(store, plan(store, [theirs]), update=True)
    assert not done
    assert "@collection{whole1" in (store.folder / "two.bib").read_text()
    (notice,) = store.notices
    assert notice.code == "type-kept"


def arriving(text: str) -> list[Arriving]:
    document = Document.parse(text)
    return [Arriving(record, "x.bib", entry.line, entry) for entry, record in records(document)]


@pytest.mark.parametrize("anyway", [False, True])
def test_a_child_names_its_parent_by_the_key_that_it_has_here(
    store: Store, *, anyway: bool
) -> None:
    (store.folder / "two.bib").write_text(PARENT.replace("whole1", "ours"))
    incoming = plan(store, arriving(CHILD + "\n" + PARENT))
    assert [each.status for each in incoming] == ["new", "duplicate"]
    carry_out(store, incoming, "three", anyway=anyway)
    text = (store.folder / "three.bib").read_text()
    assert ("crossref = {ours}" in text) != anyway
    child = Store(store.folder).get("part1").record
    assert child.plain("container-title") == "A whole of several parts in the north"


def test_a_child_follows_its_parent_to_the_key_that_it_is_given(store: Store) -> None:
    taken = PARENT.replace("A whole of several parts in the north", "Quite another book")
    taken = taken.replace("Doe, Jane", "Roe, Ann").replace("2001", "1950")
    (store.folder / "two.bib").write_text(taken)
    incoming = plan(store, arriving(CHILD + "\n" + PARENT))
    carry_out(store, incoming, "three")
    key = incoming[1].record.key
    assert key != "whole1"
    assert f"crossref = {{{key}}}" in (store.folder / "three.bib").read_text()


def test_a_plan_holds_places_in_memory_and_not_records(store: Store) -> None:
    many = (
        Record(f"k{number}", "book", {"title": f"{number}" * 5, "abstract": f"{number}" * 9000})
        for number in range(1000)
    )
    tracemalloc.start()
    try:
        incoming = plan(store, many)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(incoming) == 1000
    assert incoming[17].record.key == "k17"
    assert held < 15_000_000
