"""Reading a library: any folder of .bib files, or one file, with no set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.errors import NotFoundError, StoreError, UsageError
from northbib.library import Store
from northbib.library.query import parse_query

if TYPE_CHECKING:
    from pathlib import Path


def keys(store: Store, query: str = "") -> list[str]:
    return [stored.record.key for stored in store.find(query)]


def test_the_bibliographies_are_the_bib_files_of_the_folder_by_name(folder: Path) -> None:
    assert list(Store(folder).bibliographies) == ["english-devolution", "northern-futures"]


def test_all_records_come_in_the_order_of_files_and_entries(folder: Path) -> None:
    found = Store(folder).all()
    assert [stored.record.key for stored in found] == [
        "hmt2010plan",
        "oreilly2014streets",
        "smith2012towns",
    ]
    assert [stored.line for stored in found] == [1, 4, 13]
    assert found[0].bibliography == "english-devolution"
    assert found[0].file == folder / "english-devolution.BIB"


def test_one_file_is_a_library_as_well(folder: Path) -> None:
    store = Store(folder / "northern-futures.bib")
    assert keys(store) == ["oreilly2014streets", "smith2012towns"]
    assert list(store.bibliographies) == ["northern-futures"]


def test_a_library_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="northbib init"):
        Store(tmp_path / "nowhere")
    with pytest.raises(NotFoundError):
        Store(tmp_path / "nowhere" / "a.bib")


def test_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.all() == []
    assert store.problems == ()
    assert dict(store.bibliographies) == {}


def test_queries_find_records_across_bibliographies(folder: Path) -> None:
    store = Store(folder)
    assert keys(store, "paraic") == ["oreilly2014streets"]
    assert keys(store, "strasse") == ["oreilly2014streets"]
    assert keys(store, "towns") == ["hmt2010plan", "smith2012towns"]
    assert keys(store, "in:northern-futures -topic:agglomeration") == ["smith2012towns"]
    assert keys(store, "year:-2012") == ["hmt2010plan", "smith2012towns"]
    assert keys(store, "type:report or type:article") == ["hmt2010plan", "oreilly2014streets"]
    assert keys(store, '"made-up studies"') == ["oreilly2014streets"]
    assert [s.record.key for s in store.find(parse_query("author:smith"))] == ["smith2012towns"]


def test_a_query_for_a_bibliography_that_is_not_there_names_near_ones(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="did you mean northern-futures"):
        Store(folder).find("in:northern-future")


def test_a_key_is_found_as_written_and_else_without_case(folder: Path) -> None:
    (folder / "zoo.bib").write_text("@book{Case, title={A}} @book{cASE, title={B}}")
    store = Store(folder)
    assert store.get("HMT2010Plan").record.key == "hmt2010plan"
    assert store.get("Case").record.title == "A"


def test_a_missing_key_is_not_found_and_near_ones_are_named(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="did you mean oreilly2014streets"):
        Store(folder).get("oreily2014street")
    with pytest.raises(NotFoundError, match="did you mean smith2012towns"):
        Store(folder).get("smith")
    with pytest.raises(NotFoundError, match="northbib list shows all keys"):
        Store(folder).get("zzz")


def test_a_bibliography_is_found_by_name_or_file_name(folder: Path) -> None:
    store = Store(folder)
    assert store.bibliography("Northern-Futures").name == "northern-futures"
    assert store.bibliography("english-devolution.bib").name == "english-devolution"
    with pytest.raises(NotFoundError, match="did you mean northern-futures"):
        store.bibliography("northern_future")


def test_a_key_in_two_bibliographies_is_a_problem_with_both_places(folder: Path) -> None:
    (folder / "zoo.bib").write_text("\n@book{HMT2010plan, title = {Another}}\n")
    store = Store(folder)
    (problem,) = store.problems
    assert problem.code == "duplicate-key"
    assert (problem.file, problem.line) == (str(folder / "zoo.bib"), 2)
    assert f"{folder / 'english-devolution.BIB'}:1" in problem.message
    assert store.get("hmt2010plan").record.title == "A plan for towns"
    assert len(store.all()) == 4


def test_a_key_twice_in_one_file_is_a_problem_and_both_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("@book{a, title = {One}}\n@book{A, title = {Two}}\n")
    store = Store(file)
    (problem,) = store.problems
    assert (problem.file, problem.line) == (str(file), 2)
    assert store.get("a").record.title == "One"
    assert len(store.all()) == 2


def test_an_unclosed_entry_costs_no_other_and_is_a_problem_with_its_place(folder: Path) -> None:
    (folder / "broken.bib").write_text(
        "@book{good, title = {Good}}\n@book{bad, title = {Bad\n@book{fine, title = {Fine}}\n"
    )
    store = Store(folder)
    assert {"good", "fine"} <= set(keys(store))
    assert [(p.file, p.line) for p in store.problems] == [(str(folder / "broken.bib"), 2)]


def test_a_binary_file_is_a_problem_and_costs_no_other(folder: Path) -> None:
    (folder / "picture.bib").write_bytes(bytes(range(256)) * 40)
    store = Store(folder)
    (problem,) = store.problems
    assert (problem.code, problem.file) == ("not-text", str(folder / "picture.bib"))
    assert len(store.all()) == 3
    with pytest.raises(StoreError, match="not a text file"):
        store.add_source("@book{new, title = {New}}", to="picture")


def test_a_file_that_vanishes_is_an_error_with_its_name(folder: Path) -> None:
    store = Store(folder)
    assert list(store.bibliographies)
    (folder / "northern-futures.bib").unlink()
    with pytest.raises(StoreError, match="moved or deleted meanwhile") as caught:
        store.all()
    assert caught.value.where == folder / "northern-futures.bib"


def test_a_link_that_leads_nowhere_is_an_error_not_an_empty_bibliography(folder: Path) -> None:
    (folder / "gone.bib").symlink_to(folder / "nowhere")
    with pytest.raises(StoreError, match=r"gone\.bib"):
        Store(folder).all()


def test_init_makes_a_folder_with_a_first_bibliography(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "bibliographies"
    made = Store.init(folder)
    assert made == folder / "library.bib"
    store = Store(folder)
    assert store.all() == []
    assert store.problems == ()
    assert list(store.bibliographies) == ["library"]
    store.add_source("@book{first, title = {First}}")
    assert store.get("first").bibliography == "library"


def test_init_leaves_a_library_as_it_is(folder: Path) -> None:
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    assert Store.init(folder) is None
    assert Store.init(folder / "northern-futures.bib") is None
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()} == before


def test_init_where_a_file_is_in_the_way_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.init(tmp_path / "file" / "bibliographies")


def test_what_another_program_wrote_is_kept_by_a_change(folder: Path) -> None:
    store = Store(folder)
    assert len(store.all()) == 3
    with (folder / "northern-futures.bib").open("a", encoding="utf-8") as file:
        file.write("\n@book{other, title = {By another program}}\n")
    store.tag(["smith2012towns"], add=["towns"])
    assert store.get("other").record.title == "By another program"
    assert store.get("smith2012towns").record.keywords == ("towns",)


def test_an_error_in_a_change_leaves_the_store_as_the_files_are(folder: Path) -> None:
    store = Store(folder)
    with pytest.raises(UsageError):
        store.edit("smith2012towns", {"title": "A {brace"})
    assert store.get("smith2012towns").record.title == "Towns in the North"
