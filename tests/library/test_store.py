"""Reading a library: any folder of .bib files, or one file, with no set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.errors import NotFoundError, StoreError, UsageError
from northbib.library import Store
from northbib.library.searching.query import parse_query

if TYPE_CHECKING:
    from pathlib import Path

    from small_store import AsNobody

as_nobody = small_store.as_nobody
folder = small_store.folder
open_folder = small_store.open_folder
own_cache = small_store.own_cache


def keys(store: Store, query: str = "") -> list[str]:
    return [stored.record.key for stored in store.find(query)]


def test_the_bibliographies_are_the_bib_files_of_the_folder_by_name(folder: Path) -> None:
    assert list(Store(folder).bibliographies) == ["northern-futures", "regional-inequality"]


def test_all_records_come_in_the_order_of_files_and_entries(folder: Path) -> None:
    found = Store(folder).all()
    assert [stored.record.key for stored in found] == [
        "cfc2014summit",
        "rodriguezpose2018revenge",
        "baker2004geographies",
    ]
    assert [stored.line for stored in found] == [1, 4, 13]
    assert found[0].bibliography == "northern-futures"
    assert found[0].file == folder / "northern-futures.BIB"


def test_one_file_is_a_library_as_well(folder: Path) -> None:
    store = Store(folder / "regional-inequality.bib")
    assert keys(store) == ["rodriguezpose2018revenge", "baker2004geographies"]
    assert list(store.bibliographies) == ["regional-inequality"]


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
    (folder / "street.bib").write_text(
        "@misc{street, title = {Streets and Straße}, note = {With Páraic}}", encoding="utf-8"
    )
    store = Store(folder)
    assert keys(store, "rodriguez-pose") == ["rodriguezpose2018revenge"]
    assert keys(store, "paraic") == ["street"]
    assert keys(store, "strasse") == ["street"]
    assert keys(store, "north") == ["cfc2014summit", "baker2004geographies"]
    assert keys(store, "in:regional-inequality -topic:levelling-up") == ["baker2004geographies"]
    assert keys(store, "year:-2014") == ["cfc2014summit", "baker2004geographies"]
    assert keys(store, "type:report or type:article") == [
        "cfc2014summit",
        "rodriguezpose2018revenge",
    ]
    assert keys(store, '"journal of regions"') == ["rodriguezpose2018revenge"]
    (found,) = store.find(parse_query("author:billinge"))
    assert found.record.key == "baker2004geographies"


def test_a_query_for_a_bibliography_that_is_not_there_names_near_ones(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="did you mean regional-inequality"):
        Store(folder).find("in:regional-inequalit")


def test_a_key_is_found_as_written_and_else_without_case(folder: Path) -> None:
    (folder / "zoo.bib").write_text("@book{Case, title={A}} @book{cASE, title={B}}")
    store = Store(folder)
    assert store.get("CFC2014Summit").record.key == "cfc2014summit"
    assert store.get("Case").record.title == "A"


def test_a_missing_key_is_not_found_and_near_ones_are_named(folder: Path) -> None:
    with pytest.raises(NotFoundError, match="did you mean rodriguezpose2018revenge"):
        Store(folder).get("rodriguespose2018reveng")
    with pytest.raises(NotFoundError, match="did you mean baker2004geographies"):
        Store(folder).get("baker")
    with pytest.raises(NotFoundError, match="northbib list shows all keys"):
        Store(folder).get("zzz")


def test_a_bibliography_is_found_by_name_or_file_name(folder: Path) -> None:
    store = Store(folder)
    assert store.bibliography("Regional-Inequality").name == "regional-inequality"
    assert store.bibliography("northern-futures.bib").name == "northern-futures"
    with pytest.raises(NotFoundError, match="did you mean regional-inequality"):
        store.bibliography("regional_inequalit")


def test_a_key_in_two_bibliographies_is_a_problem_with_both_places(folder: Path) -> None:
    (folder / "zoo.bib").write_text("\n@book{CFC2014summit, title = {Another}}\n")
    store = Store(folder)
    (problem,) = store.problems
    assert (problem.code, problem.severity) == ("duplicate-key", "warning")
    assert (problem.file, problem.line) == (str(folder / "zoo.bib"), 2)
    assert f"{folder / 'northern-futures.BIB'}:1" in problem.message
    assert store.get("cfc2014summit").record.title == "Northern Futures Summit: A summary"
    assert len(store.all()) == 4


def test_a_key_twice_in_one_file_is_a_problem_and_both_are_listed(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text("@book{a, title = {One}}\n@book{A, title = {Two}}\n")
    store = Store(file)
    (problem,) = store.problems
    assert (problem.file, problem.line) == (str(file), 2)
    assert problem.severity == "warning"
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


def test_a_file_that_vanishes_is_a_problem_with_its_name_and_costs_no_other(folder: Path) -> None:
    store = Store(folder)
    assert list(store.bibliographies)
    (folder / "regional-inequality.bib").unlink()
    assert keys(store) == ["cfc2014summit"]
    (problem,) = store.problems
    assert (problem.code, problem.severity) == ("unreadable-file", "error")
    assert problem.file == str(folder / "regional-inequality.bib")
    assert "moved or deleted meanwhile" in (problem.fix or "")


def test_a_link_that_leads_nowhere_is_a_problem_not_an_empty_bibliography(folder: Path) -> None:
    (folder / "gone.bib").symlink_to(folder / "nowhere")
    store = Store(folder)
    (problem,) = store.problems
    assert (problem.code, problem.file) == ("unreadable-file", str(folder / "gone.bib"))
    assert len(store.all()) == 3
    with pytest.raises(StoreError, match=r"gone\.bib"):
        store.add_source("@book{new, title = {New}}", to="gone")
    assert not (folder / "nowhere").exists()


def test_a_file_without_the_right_to_it_is_a_problem_and_costs_no_other(
    open_folder: Path, as_nobody: AsNobody
) -> None:
    open_folder.chmod(0o777)
    shut, other = open_folder / "a.bib", open_folder / "b.bib"
    shut.write_text("@book{a, title = {A}}\n")
    shut.chmod(0)
    other.write_text("@book{b, title = {B}}\n")
    other.chmod(0o666)
    with as_nobody():
        store = Store(open_folder)
        assert keys(store) == ["b"]
        (problem,) = store.problems
        assert (problem.code, problem.severity) == ("unreadable-file", "error")
        assert problem.file == str(shut)
        assert "permission denied" in problem.message
        assert store.tag(["b"], add=["x"])[0].record.keywords == ("x",)
        with pytest.raises(StoreError, match="permission denied"):
            store.add_source("@book{new, title = {New}}", to="a")
        with pytest.raises(NotFoundError):
            store.edit("a", {"note": "x"})
        with pytest.raises(StoreError, match="permission denied"):
            Store(shut).all()
        with pytest.raises(StoreError, match="permission denied"):
            assert Store(shut).problems
    assert shut.read_text() == "@book{a, title = {A}}\n"


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
    assert Store.init(folder / "regional-inequality.bib") is None
    assert {f.name: f.read_bytes() for f in folder.iterdir() if f.is_file()} == before


def test_init_of_a_file_that_is_no_bibliography_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# An article\n")
    with pytest.raises(UsageError, match=r"\.bib"):
        Store.init(tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text() == "# An article\n"


def test_init_where_a_file_is_in_the_way_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.init(tmp_path / "file" / "bibliographies")


def test_what_another_program_wrote_is_kept_by_a_change(folder: Path) -> None:
    store = Store(folder)
    assert len(store.all()) == 3
    with (folder / "regional-inequality.bib").open("a", encoding="utf-8") as file:
        file.write("\n@book{other, title = {By another program}}\n")
    store.tag(["baker2004geographies"], add=["towns"])
    assert store.get("other").record.title == "By another program"
    assert store.get("baker2004geographies").record.keywords == ("towns",)


def test_an_error_in_a_change_leaves_the_store_as_the_files_are(folder: Path) -> None:
    store = Store(folder)
    with pytest.raises(UsageError):
        store.edit("baker2004geographies", {"title": "A {brace"})
    assert store.get("baker2004geographies").record.title == (
        "Geographies of England: The North-South Divide, Material and Imagined"
    )
