"""The index is a cache: whatever becomes of it, the library answers as its files have it."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from small_store import AsNobody, as_nobody, folder, open_folder, own_cache

from northbib.library import Store, contents
from northbib.library.bibliography import Bibliography
from northbib.library.index import cache, files
from northbib.library.index.index import Index, Unusable
from northbib.library.index.settled import is_settled

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["as_nobody", "folder", "open_folder", "own_cache"]

SUMMIT = "cfc2014summit"


@pytest.fixture(autouse=True)
def always_indexed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have even a small library use its index."""
    monkeypatch.setattr(contents, "SMALL", 0)


@pytest.fixture
def database(folder: Path) -> Path:
    """The file of the index, which is there."""
    keys(folder)
    return cache.cache_file(folder)


def keys(folder: Path, query: str = "") -> list[str]:
    """Give the keys that a query finds in a library that is opened anew."""
    return [stored.key for stored in Store(folder).find(query)]


ALL = ["cfc2014summit", "rodriguezpose2018revenge", "baker2004geographies"]


def index_of(folder: Path) -> Index:
    index = Store(folder).index
    assert index is not None
    return index


def test_a_library_can_be_let_go_of_in_any_thread(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    complaints: list[str] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda fault: complaints.append(str(fault)))
    store = Store(folder)
    opened: list[object] = [store.index, store.find("growth"), store]
    del store
    last = threading.Thread(target=opened.clear)
    last.start()
    last.join()
    assert complaints == []


def test_the_index_is_made_by_itself_outside_of_the_library(folder: Path) -> None:
    before = sorted(folder.iterdir())
    assert keys(folder) == ALL
    assert cache.cache_file(folder).exists()
    assert sorted(folder.iterdir()) == before


def test_a_small_library_has_no_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    assert Store(folder).index is None
    assert keys(folder) == ALL
    assert not (folder / "cache").exists()


def test_an_index_of_an_earlier_day_is_used_as_it_is(folder: Path, database: Path) -> None:
    written = database.stat().st_mtime_ns
    for file in folder.glob("*.[bB][iI][bB]"):
        if file.is_file():
            os.utime(file, (1, 1))
    assert keys(folder, "summit") == [SUMMIT]
    settled = database.stat().st_mtime_ns
    assert keys(folder, "summit") == [SUMMIT]
    assert written <= settled == database.stat().st_mtime_ns or not _is_old(folder)


def _is_old(folder: Path) -> bool:
    return all(is_settled(files.stamp_of(file)) for file in Store(folder)._files())


def test_warm_answers_come_without_the_bibtex_reader(folder: Path, database: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from northbib.library import Store, contents\n"
        "contents.SMALL = 0\n"
        f"store = Store(pathlib.Path({str(folder)!r}))\n"
        "assert not store.problems\n"
        "assert store.get('cfc2014summit').record.title == 'Northern Futures Summit: A summary'\n"
        "assert [stored.line for stored in store.find('revenge', best=True)] == [4]\n"
        "print([name for name in sys.modules if name in ('northbib.bibtex.document',"
        " 'northbib.bibtex.reading', 'bibtexparser', 'rapidfuzz', 'regex')])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_what_other_programs_change_is_found(folder: Path, database: Path) -> None:
    file = folder / "regional-inequality.bib"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("The revenge", "The Rückkehr"), encoding="utf-8")
    assert keys(folder, "ruckkehr") == ["rodriguezpose2018revenge"]
    assert keys(folder, "title:revenge") == []
    (folder / "new.bib").write_text("@book{new, title = {New}}", encoding="utf-8")
    assert keys(folder, "title:new") == ["new"]
    file.unlink()
    assert keys(folder) == ["new", SUMMIT]


def test_a_file_of_another_name_keeps_its_entries(folder: Path, database: Path) -> None:
    (folder / "northern-futures.BIB").rename(folder / "z.bib")
    found = Store(folder).find("summit")
    assert [(stored.file.name, stored.bibliography) for stored in found] == [("z.bib", "z")]
    assert keys(folder) == [*ALL[1:], SUMMIT]


def test_a_change_of_the_same_size_within_the_same_second_is_found(
    folder: Path, database: Path
) -> None:
    file = folder / "northern-futures.BIB"
    stamp = file.stat()
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Summit", "Sommet"), encoding="utf-8")
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert keys(folder, "sommet") == [SUMMIT]


def test_a_change_that_leaves_the_stamp_as_it_was_is_found_while_the_file_is_young(
    folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "northern-futures.BIB"
    stamp = files.stamp_of(file)
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Summit", "Sommet"), encoding="utf-8")
    real = files.stamp_of
    monkeypatch.setattr(
        files, "stamp_of", lambda path: stamp if path.name == file.name else real(path)
    )
    assert keys(folder, "sommet") == [SUMMIT]


def test_only_a_file_that_was_left_alone_for_a_while_is_known_by_its_stamp(folder: Path) -> None:
    stamp = files.stamp_of(folder / "northern-futures.BIB")
    written = max(stamp.modified, stamp.changed)
    assert not is_settled(stamp, written)
    assert not is_settled(stamp, written + 10**9)
    assert is_settled(stamp, written + 10**10)
    assert not is_settled(stamp, written - 10**12), "the clock was set back"


def test_a_file_of_the_future_is_looked_through_each_time(folder: Path, database: Path) -> None:
    file = folder / "northern-futures.BIB"
    tomorrow = time.time() + 86_400
    os.utime(file, (tomorrow, tomorrow))
    assert keys(folder) == ALL
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Summit", "Sommet"), encoding="utf-8")
    os.utime(file, (tomorrow, tomorrow))
    assert keys(folder, "sommet") == [SUMMIT]


def test_one_library_by_several_names_has_one_index(folder: Path, database: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert cache.cache_file(link) == database
    assert [stored.file for stored in Store(link).find("summit")] == [link / "northern-futures.BIB"]


def test_a_library_of_one_file_has_an_index(folder: Path) -> None:
    file = folder / "regional-inequality.bib"
    assert index_of(file).place("BAKER2004geographies") is not None
    assert keys(file, "north-south") == ["baker2004geographies"]


def _truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def _overwritten(file: Path) -> None:
    size = file.stat().st_size
    with file.open("r+b") as opened:
        for place in range(4096, size, 4096):
            opened.seek(place)
            opened.write(b"\xa5" * 2000)


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _replaced(file: Path) -> None:
    file.write_text("this is no database\n" * 1000, encoding="utf-8")


def _without_tables(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file)) as db:
        db.execute("DROP TABLE reading")


def _of_another_version(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE meta SET value = 'another'")
        db.execute("UPDATE record SET json = 'something else'")


def _with_wrong_records(file: Path) -> None:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute("UPDATE record SET json = '[1, 2'")


@pytest.mark.parametrize(
    "damage",
    [
        cache.delete,
        _truncated,
        _overwritten,
        _emptied,
        _replaced,
        _without_tables,
        _of_another_version,
        _with_wrong_records,
    ],
)
def test_a_damaged_index_is_made_anew(folder: Path, database: Path, damage: object) -> None:
    assert callable(damage)
    damage(database)
    plain = Store(folder)
    plain._contents.index = None
    for query in ("", "revenge", "author:billinge", "year:2014", "title:/summit/"):
        found = Store(folder).find(query)
        assert [stored.record for stored in found] == [
            stored.record for stored in plain.find(query)
        ]
    assert Store(folder).get(SUMMIT).record == plain.get(SUMMIT).record
    assert keys(folder, "summit") == [SUMMIT]


@pytest.mark.parametrize("damage", [cache.delete, _truncated, _overwritten, _emptied, _replaced])
def test_an_index_that_is_damaged_under_way_does_no_harm(
    folder: Path, database: Path, damage: object
) -> None:
    assert callable(damage)
    store = Store(folder)
    found = store.find("")
    damage(database)
    assert [stored.record.key for stored in found] == ALL
    assert [stored.key for stored in store.find("summit", best=True)] == [SUMMIT]
    assert store.get(SUMMIT).line == 1
    assert store.problems == ()
    assert keys(folder, "summit") == [SUMMIT]


def test_what_was_found_stays_as_it_was_found(folder: Path) -> None:
    store = Store(folder)
    found = store.find("")
    store.remove([SUMMIT])
    store.edit("baker2004geographies", {"title": "Changed"})
    assert [stored.record.key for stored in found] == ALL
    assert found[2].record.title.startswith("Geographies")
    assert keys(folder, "title:changed") == ["baker2004geographies"]


def test_without_a_folder_for_it_the_files_are_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    store = Store(folder)
    assert store.index is None
    assert [stored.key for stored in store.find("summit")] == [SUMMIT]


def test_with_a_read_only_cache_the_files_are_read(
    open_folder: Path, folder: Path, as_nobody: AsNobody, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, caches = open_folder / "library", open_folder / "cache"
    library.mkdir(mode=0o755)
    for file in folder.iterdir():
        if file.is_file():
            (library / file.name).write_bytes(file.read_bytes())
    monkeypatch.setenv("XDG_CACHE_HOME", str(caches))
    assert keys(library) == ALL
    for path in (open_folder, *open_folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o444)
    with as_nobody():
        assert keys(library, "summit") == [SUMMIT]
        assert Store(library).get(SUMMIT).record.title
    (library / "new.bib").write_text("@book{new, title = {New}}", encoding="utf-8")
    (library / "new.bib").chmod(0o444)
    with as_nobody():
        assert keys(library, "title:new") == ["new"]


def test_a_locked_index_is_waited_for_no_longer_than_reading_takes(
    folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "PATIENCE", 0.05)
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        assert keys(folder, "summit") == [SUMMIT], "readers read beside a writer"
        (folder / "new.bib").write_text("@book{new, title = {New}}", encoding="utf-8")
        assert keys(folder, "title:new") == ["new"]
        db.execute("ROLLBACK")
    assert index_of(folder).place("new") is not None


def test_a_full_disk_leaves_the_files_to_be_read(
    folder: Path, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = cache.connect

    def full(*args: object, **kwargs: object) -> sqlite3.Connection:
        db = real(*args, **kwargs)  # type: ignore[arg-type]
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {max(pages, 1)}")
        return db

    monkeypatch.setattr(cache, "connect", full)
    big = "\n".join(f"@book{{k{n}, title = {{Full {n}}}}}" for n in range(3000))
    (folder / "big.bib").write_text(big, encoding="utf-8")
    assert len(keys(folder, "full")) == 3000
    assert Store(folder).index is None


def test_a_file_that_cannot_be_read_is_a_problem_until_it_can(folder: Path, database: Path) -> None:
    (folder / "gone.bib").symlink_to(folder / "nowhere.bib")
    for _ in range(2):
        (problem,) = Store(folder).problems
        assert problem.code == "unreadable-file"
        assert problem.file == str(folder / "gone.bib")
    (folder / "nowhere.bib").write_text("@book{back, title = {Back}}", encoding="utf-8")
    assert Store(folder).problems == (*Store(folder).problems[:1],), "the key stands in both now"
    assert keys(folder, "back") == ["back", "back"]


def test_problems_of_files_are_kept(folder: Path) -> None:
    (folder / "bad.bib").write_text("@book{bad, title = {Open}\n\n@book{x, title}", "utf-8")
    plain = Store(folder)
    plain._contents.index = None
    assert plain.problems
    for _ in range(2):
        assert Store(folder).problems == plain.problems


def test_keys_that_stand_in_two_files_are_reported(folder: Path) -> None:
    (folder / "again.bib").write_text(f"@book{{{SUMMIT.upper()}, title = {{A}}}}", "utf-8")
    for _ in range(2):
        (problem,) = Store(folder).problems
        assert (problem.code, problem.line, problem.key) == ("duplicate-key", 1, SUMMIT)
    (folder / "again.bib").unlink()
    assert Store(folder).problems == ()


def test_entries_inherit_from_other_files_and_follow_their_changes(folder: Path) -> None:
    child = "@inbook{child, crossref = {parent}, title = {A chapter}}\n"
    (folder / "a.bib").write_text(child, encoding="utf-8")
    assert keys(folder, "journaltitle:whole") == []
    parent = "@book{parent, title = {The whole}, publisher = {Verso}, crossref = {grand}}\n"
    (folder / "z.bib").write_text(parent, encoding="utf-8")
    assert keys(folder, "journaltitle:whole") == ["child"]
    (folder / "m.bib").write_text("@mvbook{grand, title = {All}, note = {Grand}}", "utf-8")
    assert keys(folder, "note:grand") == ["child", "grand", "parent"]
    (folder / "z.bib").write_text(parent.replace("whole", "half"), encoding="utf-8")
    assert keys(folder, "volume-title:half") == ["child", "parent"]
    (folder / "z.bib").unlink()
    assert keys(folder, "publisher:verso") == []


def test_a_parent_in_another_file_is_not_missing(folder: Path) -> None:
    child = "@inbook{child, crossref = {Parent}, title = {A chapter}}\n"
    (folder / "a.bib").write_text(child, encoding="utf-8")
    plain = Store(folder)
    plain._contents.index = None
    assert [each.code for each in Store(folder).problems] == ["missing-parent"]
    assert Store(folder).problems == plain.problems
    (folder / "z.bib").write_text("@book{other, ids = {parent}, title = {Whole}}", "utf-8")
    plain = Store(folder)
    plain._contents.index = None
    assert Store(folder).problems == plain.problems == ()
    assert keys(folder, "booktitle:whole") == ["child"]


def test_a_parent_is_the_entry_that_has_the_alias_not_another_one_of_its_key(folder: Path) -> None:
    child = "@inbook{child, crossref = {Parent}, title = {A chapter}}\n"
    (folder / "a.bib").write_text(child, encoding="utf-8")
    parents = "@book{other, title = {Half}}\n@book{other, ids = {parent}, title = {Whole}}\n"
    (folder / "z.bib").write_text(parents, encoding="utf-8")
    assert keys(folder, "booktitle:whole") == ["child"]


def test_an_index_that_turns_out_to_be_damaged_is_made_anew(folder: Path, database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database)) as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'words_data'"
        (page,) = db.execute(query).fetchone()
    with database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    assert keys(folder, "revenge") == ["rodriguezpose2018revenge"]
    store = Store(folder)
    assert [stored.key for stored in store.find("revenge")] == ["rodriguezpose2018revenge"]
    assert store.index is not None


@pytest.mark.parametrize("between", [" ", " or "])
def test_a_query_of_very_many_words_is_answered_by_the_index(folder: Path, between: str) -> None:
    store = Store(folder)
    found = store.find(between.join([*(f"-w{number}" for number in range(1_200)), "northern"]))
    assert found == Store(folder).find("northern" if between == " " else "")
    assert store.index is not None


def test_what_a_query_of_very_many_words_may_have_meant_is_not_looked_for(folder: Path) -> None:
    store = Store(folder)
    assert store.near("revnge") == "did you mean revenge"
    assert store.near(" ".join(["revnge", *(f"word{number}" for number in range(30))])) is None


TOP = "@book{top, note={Old}}\n"
NEW_TOP = "@book{top, note={New}}\n"
MID = "@book{mid, crossref={top}}\n" + NEW_TOP
ALIAS = "@xdata{x, ids={mid}, crossref={top}}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((TOP, MID), ("", MID)),
        ((TOP, ALIAS), (NEW_TOP, ALIAS)),
        (("", (TOP + NEW_TOP).replace("top", "mid")), ("", (NEW_TOP + TOP).replace("top", "mid"))),
    ],
    ids=["behind one that stays", "behind an alias", "of one key in another order"],
)
def test_what_changes_behind_a_parent_of_another_file_is_taken_from_anew(
    folder: Path, before: tuple[str, str], after: tuple[str, str]
) -> None:
    (folder / "c.bib").write_text("@misc{child, crossref={mid}, title={A}}", encoding="utf-8")
    for texts, found in ((before, True), (after, False)):
        for name, text in zip(("a.bib", "b.bib"), texts, strict=True):
            (folder / name).write_text(text, encoding="utf-8")
        assert ("child" in keys(folder, "note:old")) == found


def test_a_changed_macro_changes_the_entries_that_use_it(folder: Path, database: Path) -> None:
    file = folder / "regional-inequality.bib"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Cambridge Journal", "Oxford Journal"), encoding="utf-8")
    assert keys(folder, "oxford") == ["rodriguezpose2018revenge"]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each change that is written was taken into the index without reading its file."""
    found: list[bool] = []
    real = Index.written

    def written(*given: Any) -> bool:
        found.append(real(*given))
        return found[-1]

    monkeypatch.setattr(Index, "written", written)
    return found


def test_what_this_program_writes_is_taken_in_without_reading_the_file(
    tmp_path: Path, taken: list[bool]
) -> None:
    text = "".join(
        f"@book{{key{n},\n  title = {{Number {n} of many}},\n  note = {{{'x' * 300}}},\n}}\n\n"
        for n in range(600)
    )
    file = tmp_path / "works.bib"
    file.write_text(text, encoding="utf-8", newline="\r\n")
    assert len(keys(tmp_path)) == 600
    chance = random.Random(4)  # noqa: S311 - the same each time
    for number, each in enumerate(chance.sample(range(600), 25)):
        store, key = Store(tmp_path), f"key{each}"
        assert store.index is not None
        match number % 5:
            case 0 | 1:
                store.edit(key, {"title": f"Changed {number} Þing"})
            case 2:
                store.tag([key], add=["north", f"t{number}"])
            case 3:
                store.remove([key])
            case _:
                store.add_source(f"@book{{new{number}, title = {{New}}}}", to="works")
        plain = Store(tmp_path)
        plain._contents.index = None
        indexed = Store(tmp_path)
        assert [(each.record, each.line) for each in indexed.all()] == [
            (each.record, each.line) for each in plain.all()
        ]
        for word in ("changed", "þing", "new", f"t{number}", "number 5"):
            assert [each.key for each in indexed.find(word, best=True)] == [
                each.key for each in plain.find(word, best=True)
            ]
        data = file.read_bytes()
        for stored in plain.all()[:: len(plain.all()) - 1]:
            place = indexed.places(stored.key)[0]  # type: ignore[index]
            assert place.holds(data)
            assert place.line == stored.line
    assert taken == [True] * 25


def test_an_edit_of_a_parent_reaches_its_children(tmp_path: Path, taken: list[bool]) -> None:
    (tmp_path / "works.bib").write_text(
        """\
@string{verso = {Verso Books}}
@inbook{grandchild, crossref = {child}, title = {A section}, publisher = verso}
@inbook{child, crossref = {parent}, title = {A chapter}}
@misc{beside, xref = {parent}, title = {Beside}}
@book{parent, title = {The whole}, publisher = verso}
""",
        encoding="utf-8",
    )
    store = Store(tmp_path)
    assert store.index is not None
    store.edit("parent", {"title": "The half", "note": "Mended"})
    assert keys(tmp_path, "booktitle:half note:mended publisher:verso") == ["grandchild", "child"]
    Store(tmp_path).edit("child", {"note": "A child that is a parent"})
    Store(tmp_path).edit("grandchild", {"author": "Lee, Neil"})
    Store(tmp_path).edit("beside", {"note": "Seen"})
    assert taken == [True] * 4
    Store(tmp_path).remove(["beside"])
    plain = Store(tmp_path)
    plain._contents.index = None
    assert [each.record for each in Store(tmp_path).all()] == [each.record for each in plain.all()]


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("child", "note", "Edited"),
        ("talk", "note", "Edited"),
        ("dated", "note", "Edited"),
        ("alone", "crossref", "parent"),
    ],
)
def test_an_entry_with_a_parent_or_a_macro_is_edited_without_reading_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, field: str, value: str
) -> None:
    (tmp_path / "works.bib").write_text(
        """\
@string{verso = {Verso Books}}
@inbook{child, crossref = {parent}, title = {A chapter}}
@unpublished{talk, crossref = {parent}, title = {A talk}}
@book{dated, title = {A month}, publisher = verso, year = 2001, month = jan}
@inbook{alone, title = {Alone}}
@book{parent, title = {The whole}, eventtitle = {A day}, publisher = verso}
""",
        encoding="utf-8",
    )
    store = Store(tmp_path)
    assert store.index is not None
    with monkeypatch.context() as patched:
        patched.setattr(Bibliography, "document", property(lambda _: pytest.fail("it was read")))
        edited = store.edit(key, {field: value})
        record = edited.record
    plain = Store(tmp_path)
    plain._contents.index = None
    assert record == plain.get(key).record
    assert edited.line == plain.get(key).line


def test_an_edit_far_from_a_problem_leaves_it_but_for_its_line(
    tmp_path: Path, taken: list[bool]
) -> None:
    faulty = (
        "@book{{odd{n}, title = nowhere, crossref = {{nobody}},\n"
        " date = {{19999}}, date = {{x}}}}\n"
    )
    text = "".join(
        faulty.format(n=n) if n in (300, 500) else f"@book{{key{n}, note = {{{'x' * 900}}}}}\n"
        for n in range(600)
    )
    (tmp_path / "works.bib").write_text(text, encoding="utf-8")

    def check() -> None:
        plain = Store(tmp_path)
        plain._contents.index = None
        assert Store(tmp_path).problems == plain.problems
        assert [each.line for each in Store(tmp_path).all()] == [each.line for each in plain.all()]

    check()
    Store(tmp_path).edit("key10", {"title": "One line more"})
    Store(tmp_path).remove(["key400"])
    Store(tmp_path).edit("key590", {"title": "One line more"})
    assert taken == [True] * 3
    check()
    Store(tmp_path).edit("odd300", {"title": "Mended"})
    Store(tmp_path).add_source("@book{nobody, title = {Somebody}}", to="works")
    check()


@pytest.mark.parametrize("parent", ["nobody", "grandchild"])
def test_an_edit_of_a_crossref_that_leads_nowhere_or_in_a_circle_is_a_problem(
    tmp_path: Path, parent: str
) -> None:
    (tmp_path / "works.bib").write_text(
        """@inbook{grandchild, crossref = {child}, title = {A section}}
@inbook{child, crossref = {parent}, title = {A chapter}}
@book{parent, title = {The whole}}
""",
        encoding="utf-8",
    )
    store = Store(tmp_path)
    assert store.index is not None
    assert store.problems == ()
    with store.changing("edit") as change:
        bibliography = store.bibliographies["works"]
        bibliography.document["child"]["crossref"] = parent
        change.write(bibliography)
        change.commit()
    plain = Store(tmp_path)
    plain._contents.index = None
    assert Store(tmp_path).problems == plain.problems != ()


def test_places_lead_to_the_bytes_of_entries(folder: Path) -> None:
    index = index_of(folder)
    place = index.place("Baker2004Geographies")
    assert place is not None
    data = place.file.read_bytes()
    assert data[place.start : place.end].startswith(b"@collection{baker2004geographies,")
    assert place.holds(data)
    assert not place.holds(b" " + data)
    assert place.line == 13
    assert index.places("nowhere") == ()


def test_works_are_known_by_key_identifier_and_address(folder: Path) -> None:
    index = index_of(folder)
    (holder,) = index.known([("DOI", "10.1093/cjres/rsx024"), ("DOI", "10.1")]).values()
    assert holder.key == "rodriguezpose2018revenge"
    assert holder.place == f"{folder / 'regional-inequality.bib'}:4"
    assert set(index.known([("key", SUMMIT), ("key", "other")])) == {("key", SUMMIT)}


SCRIPT = """
import sys, pathlib
from northbib.library import Store, contents
contents.SMALL = 0
store = Store(pathlib.Path(sys.argv[1]))
assert store.index is not None
print(len(store.find("")), len(store.find("number")), len(store.find("number", best=True)))
"""


def test_many_processes_make_the_index_at_once(tmp_path: Path) -> None:
    for file in range(4):
        text = "\n".join(f"@book{{k{file}x{n}, title = {{Number {n}}}}}" for n in range(500))
        (tmp_path / f"{file}.bib").write_text(text, encoding="utf-8")
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for run in runs:
        output, errors = run.communicate(timeout=60)
        assert (output, errors) == ("2000 2000 2000\n", "")


def test_readers_go_on_while_another_process_writes(folder: Path, database: Path) -> None:
    found = Store(folder).find("")
    assert found[0].key == SUMMIT
    code = SCRIPT.replace(
        "assert store", 'store.add_source("@book{n, title={Number}}")\nassert store'
    )
    (folder / "new.bib").write_text("@book{new, title = {Number}}", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True
    )
    assert run.stdout == "5 2 2\n"
    assert [stored.record.key for stored in found] == ALL
    assert len(keys(folder)) == 5


def test_an_index_that_nobody_uses_is_deleted_in_time(folder: Path, database: Path) -> None:
    old, young = database.with_name("a-1.sqlite"), database.with_name("b-1.sqlite")
    for file, days in ((old, 100), (young, 80), (database, 2)):
        file.touch()
        os.utime(file, (time.time() - days * 86_400,) * 2)
    assert keys(folder) == ALL
    assert (old.exists(), young.exists(), database.exists()) == (False, True, True)
    assert time.time() - database.stat().st_mtime < 60


def test_the_index_is_for_its_owner_only(database: Path) -> None:
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_an_index_that_fails_later_says_so(database: Path, folder: Path) -> None:
    index = index_of(folder)
    index.close()
    with pytest.raises(Unusable):
        index.get(SUMMIT)


def test_an_edit_makes_a_duplicate_and_takes_it_back(tmp_path: Path, taken: list[bool]) -> None:
    source = (
        "@book{{{}, author = {{Lee, Neil}}, title = {{{}}}, date = {{2017}}, volume = {{{}}}}}\n"
    )
    text = source.format("first", "A title", 3) + source.format("second", "Another title", 77)
    (tmp_path / "works.bib").write_text(text, encoding="utf-8")
    store = Store(tmp_path)
    assert not keys(tmp_path, "is:duplicate")
    assert keys(tmp_path, "volume:70..80") == ["second"]
    store.edit("second", {"title": "A title"})
    assert keys(tmp_path, "is:duplicate") == ["first", "second"]
    store.edit("second", {"title": "Another title", "volume": "5"})
    assert not keys(tmp_path, "is:duplicate or volume:70..80")
    assert taken == [True] * 2
