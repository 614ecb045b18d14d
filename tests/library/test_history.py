"""Every change can be taken back: the last one, an earlier one, and what undo did itself."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
import small_store
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.errors import ConflictError, NotFoundError
from northbib.library import Store
from northbib.library.changes import journal
from northbib.library.changes.journal import journal_of
from northbib.library.changes.touched import summary

if TYPE_CHECKING:
    from pathlib import Path

folder = small_store.folder
own_cache = small_store.own_cache

NEW = "@book{new,\n  title = {New},\n}\n"
PEER = "rodriguezpose2018revenge"
SUMMIT = "cfc2014summit"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder)


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def shown(store: Store) -> list[tuple[int, str, str, int | None]]:
    """Give the log as number, command, what it touched, and what undid it."""
    return [
        (done.change.number, done.change.command, summary(done.change.touched), done.undone_by)
        for done in store.log()
    ]


def test_a_library_that_was_not_changed_has_an_empty_log(store: Store) -> None:
    assert store.log() == []
    with pytest.raises(NotFoundError, match="nothing to undo"):
        store.undo()


def test_the_log_tells_what_was_done_the_last_one_first(store: Store) -> None:
    store.add_source(NEW, to="more")
    store.edit(PEER, {"doi": "10.1093/cjres/rsx024", "note": "Read"}, ["date"])
    store.tag([PEER, SUMMIT], add=["x"])
    store.move([SUMMIT], "more")
    store.remove(["new"])
    assert shown(store) == [
        (5, "remove", "removed new", None),
        (4, "move", f"moved {SUMMIT} to more.bib", None),
        (3, "tag", f"edited {PEER} (keywords); edited {SUMMIT} (keywords)", None),
        (2, "edit", f"edited {PEER} (date, note)", None),
        (1, "add", "added new", None),
    ]


def test_a_change_that_changes_nothing_is_not_in_the_log(store: Store) -> None:
    store.edit(PEER, {"doi": "10.1093/cjres/rsx024"})
    assert store.log() == []


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.add_source(NEW, to="regional-inequality"),
        lambda store: store.edit(PEER, {"note": "Ünïcode"}, ["doi"]),
        lambda store: store.tag([PEER, SUMMIT], add=["x"], remove=["levelling-up"]),
        lambda store: store.remove([PEER]),
        lambda store: store.remove(["baker2004geographies", SUMMIT]),
        lambda store: store.move([PEER], "northern-futures"),
        lambda store: store.move([PEER, SUMMIT], "more"),
    ],
    ids=["add", "edit", "tag", "remove", "remove two", "move", "move to a new file"],
)
def test_undo_gives_the_files_back_byte_by_byte_and_can_be_undone(
    change: object, store: Store, folder: Path
) -> None:
    assert callable(change)
    before = files(folder)
    change(store)
    after = files(folder)
    assert Store(folder).undo().undoes == 1
    assert files(folder) == before
    assert Store(folder).undo(2).undoes == 2
    assert files(folder) == after
    assert [done.undone_by for done in store.log()] == [None, 3, None]


def test_undo_goes_back_step_by_step(store: Store, folder: Path) -> None:
    states = [files(folder)]
    for note in ("One", "Two", "Three"):
        store.edit(PEER, {"note": note})
        states.append(files(folder))
    for state in states[-2::-1]:
        store.undo()
        assert files(folder) == state
    with pytest.raises(NotFoundError, match="nothing to undo"):
        store.undo()


def test_an_earlier_change_is_undone_where_later_ones_touch_other_fields(
    store: Store, folder: Path
) -> None:
    store.edit(PEER, {"note": "Read"})
    store.edit(PEER, {"pages": "189--209"})
    store.tag([PEER], add=["x"])
    store.add_source(NEW, to="regional-inequality")
    store.undo(1)
    record = store.get(PEER).record
    assert "note" not in record.values
    assert record.values["page"] == "189-209"
    assert "x" in record.keywords
    assert store.get("new").record.title == "New"


def test_an_earlier_removal_is_undone_in_its_place(store: Store, folder: Path) -> None:
    before = files(folder)
    store.remove([PEER])
    store.edit("baker2004geographies", {"note": "Read"})
    store.undo(1)
    store.edit("baker2004geographies", {}, ["note"])
    assert files(folder) == before


def test_an_earlier_addition_is_undone_beside_a_later_one(store: Store) -> None:
    store.add_source(NEW, to="regional-inequality")
    store.add_source(NEW.replace("new", "newer"), to="regional-inequality")
    store.undo(1)
    assert [stored.key for stored in store.find("in:regional-inequality")][2:] == ["newer"]


def test_a_change_that_a_later_one_built_on_is_not_undone_and_the_later_one_is_named(
    store: Store, folder: Path
) -> None:
    store.edit(PEER, {"note": "One"})
    store.edit(SUMMIT, {"note": "Elsewhere"})
    store.edit(PEER, {"note": "Two"})
    before = files(folder)
    with pytest.raises(ConflictError) as caught:
        store.undo(1)
    assert f"note of {PEER} has been changed since, by change 3 (edit)" in str(caught.value)
    assert caught.value.hint == "northbib undo 3 undoes that first"
    assert files(folder) == before
    store.undo(3)
    store.undo(1)
    assert "note" not in store.get(PEER).record.values


def test_an_entry_that_was_edited_since_it_was_added_is_not_taken_away(store: Store) -> None:
    store.add_source(NEW, to="more")
    store.edit("new", {"note": "My own words"})
    with pytest.raises(ConflictError, match=r"new has been changed since, by change 2 \(edit\)"):
        store.undo(1)
    assert store.get("new").record.values["note"] == "My own words"


def test_what_another_program_changed_since_is_not_overwritten(store: Store, folder: Path) -> None:
    store.edit(PEER, {"note": "One"})
    file = folder / "regional-inequality.bib"
    file.write_text(file.read_text().replace("{One}", "{Three}"))
    with pytest.raises(ConflictError, match="since, by another program"):
        store.undo()
    assert store.get(PEER).record.values["note"] == "Three"


def test_what_another_program_changed_elsewhere_stays(store: Store, folder: Path) -> None:
    store.edit(PEER, {"note": "One"})
    file = folder / "regional-inequality.bib"
    file.write_text("% A comment of mine\n" + file.read_text().replace("2004}", "2005}"))
    store.undo()
    text = file.read_text()
    assert text.startswith("% A comment of mine\n")
    assert "{2005}" in text
    assert "note" not in text


def test_an_entry_is_not_brought_back_beside_another_with_its_key(
    store: Store, folder: Path
) -> None:
    store.remove([SUMMIT])
    (folder / "mine.bib").write_text("@book{CFC2014summit, title = {Mine}}")
    with pytest.raises(ConflictError, match=rf"{SUMMIT} is there again") as caught:
        store.undo()
    assert caught.value.where == folder / "mine.bib"


def test_a_change_is_undone_once(store: Store) -> None:
    store.edit(PEER, {"note": "One"})
    store.undo()
    with pytest.raises(ConflictError, match="undone already, by 2") as caught:
        store.undo(1)
    assert caught.value.hint == "northbib undo 2 does it again"


def test_a_change_of_another_number_is_not_found(store: Store) -> None:
    store.edit(PEER, {"note": "One"})
    with pytest.raises(NotFoundError, match="there is no change 7"):
        store.undo(7)


def test_a_change_to_a_file_that_has_gone_is_not_undone(store: Store, folder: Path) -> None:
    store.edit(SUMMIT, {"note": "One"})
    (folder / "northern-futures.BIB").unlink()
    with pytest.raises(NotFoundError, match="this file is there no more"):
        store.undo()


def test_a_bibliography_that_a_change_made_goes_with_it_unless_it_was_added_to(
    store: Store, folder: Path
) -> None:
    store.add_source(NEW, to="mistyped")
    store.undo()
    assert not (folder / "mistyped.bib").exists()
    store.undo(2)
    assert (folder / "mistyped.bib").read_text() == NEW
    with (folder / "mistyped.bib").open("a") as file:
        file.write("% mine\n")
    store.undo(3)
    assert (folder / "mistyped.bib").read_text().strip() == "% mine"


def test_without_the_journal_there_is_nothing_to_undo_and_all_goes_on(
    store: Store, folder: Path
) -> None:
    store.edit(PEER, {"note": "One"})
    shutil.rmtree(journal_of(folder).folder)
    assert store.log() == []
    store.edit(PEER, {"note": "Two"})
    assert shown(store) == [(1, "edit", f"edited {PEER} (note)", None)]


def test_one_file_as_a_library_has_the_changes_that_touched_it(store: Store, folder: Path) -> None:
    store.edit(PEER, {"note": "One"})
    store.edit(SUMMIT, {"note": "One"})
    alone = Store(folder / "regional-inequality.bib")
    assert [done.change.number for done in alone.log()] == [1]
    assert alone.undo().undoes == 1
    assert [done.change.number for done in store.log()] == [3, 2, 1]


def test_the_journal_is_the_users_own(store: Store, folder: Path) -> None:
    store.edit(PEER, {"note": "One"})
    home = journal_of(folder).folder
    assert home.stat().st_mode & 0o077 == 0
    assert {file.stat().st_mode & 0o077 for file in home.iterdir()} == {0}
    assert not [file for file in folder.iterdir() if "northbib" in file.name]


def test_a_damaged_journal_stops_no_change(store: Store, folder: Path) -> None:
    store.edit(PEER, {"note": "One"})
    store.edit(PEER, {"note": "Two"})
    home = journal_of(folder).folder
    (home / "00000001.done").write_bytes(b"\0\xff half of it")
    (home / "00000009.begun").write_bytes(b'{"version": 1')
    (home / "notes.txt").write_text("not ours")
    store.edit(PEER, {"note": "Three"})
    assert [done.change.number for done in store.log()][1:] == [2]
    second = home / "00000002.done"
    second.write_bytes(second.read_bytes()[:-10])
    with pytest.raises(NotFoundError, match="the journal has of change 2 is damaged"):
        store.undo(2)


def test_the_journal_keeps_the_last_changes_only(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MOST_CHANGES", 20)
    for number in range(70):
        store.edit(PEER, {"note": f"Note {number}"})
    kept = [done.change.number for done in store.log()]
    assert kept[0] == 70
    assert 20 <= len(kept) <= 36
    monkeypatch.setattr(journal, "MOST_BYTES", 10)
    monkeypatch.setattr(journal, "_LARGE", 1)
    store.edit(PEER, {"note": "The last"})
    assert [done.change.number for done in store.log()] == [71]
    store.undo()


SOME_CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["edit", "tag", "add", "remove", "move", "undo"]),
        st.integers(0, 5),
        st.sampled_from(["note", "pages", "edition"]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(SOME_CHANGES)
def test_all_that_was_done_can_be_undone_step_by_step(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    for name in "ab":
        (folder / f"{name}.bib").write_text(
            "".join(f"@book{{{name}{n},\n  title = {{T}},\n}}\n\n" for n in range(3))
        )
    store, states = Store(folder), [files(folder)]
    for turn, (what, number, field) in enumerate(steps):
        keys = [stored.key for stored in store.all()]
        key = keys[number % len(keys)] if keys else ""
        if what == "add" or not keys:
            store.add_source(f"@misc{{new{turn}, title = {{N}}}}", to="ab"[number % 2])
        elif what == "edit":
            store.edit(key, {field: str(turn + 1)})
        elif what == "tag":
            store.tag([key], add=[f"topic {turn}"])
        elif what == "remove":
            store.remove([key])
        elif what == "move":
            store.move([key], "abc"[number % 3])
        elif len(states) > 1:
            store.undo()
            states.pop()
            assert files(folder) == states[-1]
            continue
        if files(folder) != states[-1]:
            states.append(files(folder))
    while len(states) > 1:
        states.pop()
        store.undo()
        assert files(folder) == states[-1]
