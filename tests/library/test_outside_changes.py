"""What another program writes between our reading and our writing is merged or refused, never lost.

The other program is a real one, which writes just before or just after a step of ours.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.errors import ConflictError, StoreError
from northbib.library import Store
from northbib.library.disk.replacing import Replacement

if TYPE_CHECKING:
    from pathlib import Path

own_cache = small_store.own_cache

A = "@book{a,\n  title = {The work A},\n  note = {Old},\n}\n"
B = "@book{b,\n  title = {The work B},\n}\n"
NEW = "@book{new,\n  title = {New},\n}\n"

Write = Callable[[], object]
Meddle = Callable[[Write], None]
Other = Callable[["Path", str, str], Write]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "library").mkdir()
    file = tmp_path / "library" / "a.bib"
    file.write_text(f"{A}\n{B}")
    return file


@pytest.fixture
def meddle(monkeypatch: pytest.MonkeyPatch) -> Meddle:
    """Have something done by somebody else once, right before our file takes the other's place."""
    swap = Replacement.swap
    writers: list[Write] = []

    def meddled(replacement: Replacement) -> None:
        if writers:
            writers.pop()()
        swap(replacement)

    monkeypatch.setattr(Replacement, "swap", meddled)
    return writers.append


@pytest.fixture
def meddle_before(monkeypatch: pytest.MonkeyPatch) -> Meddle:
    """Have something done by somebody else once, after we have read and before we look again."""
    prepare = Replacement.__init__
    writers: list[Write] = []

    def meddled(replacement: Replacement, *arguments: object) -> None:
        if writers:
            writers.pop()()
        prepare(replacement, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Replacement, "__init__", meddled)
    return writers.append


def in_place(file: Path, old: str, new: str) -> Write:
    """Give what changes a file as simple programs do: it is emptied and written anew."""

    def write() -> None:
        code = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
        text = file.read_text().replace(old, new)
        subprocess.run([sys.executable, "-c", code, str(file), text], check=True)

    return write


def by_rename(file: Path, old: str, new: str) -> Write:
    """Give what changes a file as careful programs do."""

    def write() -> None:
        beside = file.with_suffix(".tmp")
        beside.write_text(file.read_text().replace(old, new))
        beside.replace(file)

    return write


WRITERS = pytest.mark.parametrize("other", [in_place, by_rename], ids=["in place", "by rename"])


@WRITERS
def test_an_edit_of_another_entry_is_kept(other: Other, file: Path, meddle_before: Meddle) -> None:
    meddle_before(other(file, "The work B", "The other work"))
    store = Store(file.parent)
    store.edit("a", {"note": "New"})
    assert file.read_text() == f"{A}\n{B}".replace("Old", "New").replace(
        "work B", "work B"
    ).replace("The work B", "The other work")
    store.undo()
    assert file.read_text() == f"{A}\n{B}".replace("The work B", "The other work")


@WRITERS
def test_an_edit_of_another_field_is_kept(other: Other, file: Path, meddle_before: Meddle) -> None:
    meddle_before(other(file, "The work A", "The other work"))
    Store(file.parent).edit("a", {"note": "New"})
    assert file.read_text() == f"{A}\n{B}".replace("The work A", "The other work").replace(
        "Old", "New"
    )


@WRITERS
def test_an_edit_of_the_same_field_is_refused_and_stays(
    other: Other, file: Path, meddle_before: Meddle
) -> None:
    meddle_before(other(file, "Old", "Theirs"))
    store = Store(file.parent)
    with pytest.raises(ConflictError, match="note of a has been changed meanwhile"):
        store.edit("a", {"note": "Ours"})
    assert file.read_text() == f"{A}\n{B}".replace("Old", "Theirs")
    assert store.log() == []
    assert [each.name for each in file.parent.iterdir()] == ["a.bib"]


@WRITERS
def test_entries_that_two_add_at_once_are_both_kept(
    other: Other, file: Path, meddle_before: Meddle
) -> None:
    meddle_before(other(file, B, f"{B}\n% A remark\n@book{{theirs, title = {{T}}}}\n"))
    Store(file.parent).add_source(NEW)
    text = file.read_text()
    assert [stored.key for stored in Store(file).all()] in (
        ["a", "b", "new", "theirs"],
        ["a", "b", "theirs", "new"],
    )
    assert "% A remark" in text


@WRITERS
def test_an_entry_that_another_adds_with_the_same_key_is_a_conflict(
    other: Other, file: Path, meddle_before: Meddle
) -> None:
    meddle_before(other(file, B, f"{B}\n@book{{NEW, title = {{Theirs}}}}\n"))
    with pytest.raises(ConflictError, match="new has been added meanwhile"):
        Store(file.parent).add_source(NEW)
    assert "Theirs" in file.read_text()
    assert "{New}" not in file.read_text()


@WRITERS
def test_a_removal_is_refused_where_another_edits_the_entry(
    other: Other, file: Path, meddle_before: Meddle
) -> None:
    meddle_before(other(file, "Old", "Theirs"))
    with pytest.raises(ConflictError, match="a has been changed meanwhile"):
        Store(file.parent).remove(["a"])
    assert "Theirs" in file.read_text()


def test_what_is_written_into_the_file_up_to_the_last_moment_is_kept(
    file: Path, meddle: Meddle
) -> None:
    meddle(in_place(file, "The work B", "The other work"))
    Store(file.parent).edit("a", {"note": "New"})
    assert file.read_text() == f"{A}\n{B}".replace("Old", "New").replace(
        "The work B", "The other work"
    )


def test_what_is_written_over_the_same_field_up_to_the_last_moment_wins(
    file: Path, meddle: Meddle
) -> None:
    meddle(in_place(file, "Old", "Theirs"))
    with pytest.raises(ConflictError):
        Store(file.parent).edit("a", {"note": "Ours"})
    assert file.read_text() == f"{A}\n{B}".replace("Old", "Theirs")


def test_a_slow_writer_is_waited_for(file: Path, meddle_before: Meddle) -> None:
    code = """
        import sys, time
        with open(sys.argv[1], "w") as file:
            for line in sys.argv[2].splitlines(keepends=True):
                file.write(line)
                file.flush()
                time.sleep(0.04)
        """
    text = file.read_text().replace("The work B", "The other work")
    writers: list[subprocess.Popen[bytes]] = []

    def begin() -> None:
        command = [sys.executable, "-c", textwrap.dedent(code), str(file), text]
        writers.append(subprocess.Popen(command))
        while file.stat().st_size == len(f"{A}\n{B}"):
            time.sleep(0.001)

    meddle_before(begin)
    Store(file.parent).edit("a", {"note": "New"})
    assert writers[0].wait() == 0
    assert file.read_text() == text.replace("Old", "New")


def test_a_file_that_is_deleted_under_way_is_not_made_again(
    file: Path, meddle_before: Meddle
) -> None:
    meddle_before(file.unlink)
    with pytest.raises(StoreError, match=r"a\.bib: cannot be read: no such file"):
        Store(file.parent).edit("a", {"note": "New"})
    assert list(file.parent.iterdir()) == []


def test_a_folder_that_is_deleted_under_way_is_said_to_be_gone(
    file: Path, meddle_before: Meddle
) -> None:
    meddle_before(lambda: file.parent.rename(file.parent.with_name("elsewhere")))
    with pytest.raises(StoreError, match="no such file or directory"):
        Store(file.parent).edit("a", {"note": "New"})


def test_a_file_that_another_makes_first_is_added_to(file: Path, meddle: Meddle) -> None:
    other = file.with_name("new.bib")
    meddle(lambda: other.write_text(B.replace("{b,", "{theirs,")))
    store = Store(file.parent)
    store.add_source(NEW, to="new")
    assert [stored.key for stored in store.find("in:new")] == ["theirs", "new"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_that_only_gets_another_mode_under_way_is_written(
    file: Path, meddle_before: Meddle
) -> None:
    meddle_before(lambda: file.chmod(0o600))
    Store(file.parent).edit("a", {"note": "New"})
    assert "New" in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links")
def test_a_file_with_another_hard_link_is_parted_from_it(file: Path) -> None:
    snapshot = file.with_name("snapshot.txt")
    snapshot.hardlink_to(file)
    Store(file.parent).edit("a", {"note": "New"})
    assert "New" in file.read_text()
    assert "Old" in snapshot.read_text()
