"""Many writers, killed writers, full disks, folders without rights: real processes and mounts."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.bibtex import Document
from northbib.errors import StoreError
from northbib.library import Store
from northbib.library.changes import journal
from northbib.library.changes.stepping import Step

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from small_store import AsNobody

as_nobody = small_store.as_nobody
open_folder = small_store.open_folder
own_cache = small_store.own_cache

ADD = """
    import sys
    from northbib.library import Store
    folder, name, count = sys.argv[1:]
    store = Store(folder)
    store.add_source("@book{start, title = {Start}}", to="shared")
    for number in range(int(count)):
        key = f"{name}{number}"
        store.add_source(f"@book{{{key}, title = {{The work {key}}}}}", to="shared")
    """

EDIT_FOR_EVER = """
    import itertools, sys
    from northbib.library import Store
    store, turn = Store(sys.argv[1]), sys.argv[2]
    print("ready", flush=True)
    for number in itertools.count():
        store.edit("k7", {"note": f"Turn {turn}.{number}"})
        store.add_source(f"@book{{n{turn}x{number}, title = {{New}}}}", to="a")
    """


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]


def entries(count: int) -> str:
    return "\n".join(
        f"@book{{k{number},\n  title = {{The work {number}}},\n}}\n" for number in range(count)
    )


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def add_at_once(folder: Path, writers: int, each: int) -> None:
    """Have several processes add entries to one file; all of them must be there, once each."""
    runs = [subprocess.Popen(python(ADD, folder, f"w{name}x", each)) for name in range(writers)]
    assert [run.wait(timeout=600) for run in runs] == [0] * writers
    store = Store(folder)
    assert sorted(stored.key for stored in store.all()) == sorted(
        ["start", *(f"w{name}x{number}" for name in range(writers) for number in range(each))]
    )
    assert store.problems == ()
    assert names(folder) == ["shared.bib"]


def test_all_entries_of_writers_at_once_are_kept(tmp_path: Path) -> None:
    add_at_once(tmp_path, 4, 10)


@pytest.mark.long
def test_two_thousand_entries_of_sixteen_writers_at_once_are_kept(tmp_path: Path) -> None:
    add_at_once(tmp_path, 16, 125)


def kill_writers(folder: Path, kills: int) -> None:
    """Kill a writer again and again; what it left must be whole, and as the journal has it."""
    file = folder / "a.bib"
    file.write_text(entries(200))
    first = file.read_bytes()
    store = Store(folder)
    for turn in range(kills):
        with subprocess.Popen(
            python(EDIT_FOR_EVER, folder, turn), stdout=subprocess.PIPE
        ) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.005 + 0.1 * (turn * 0.618 % 1))  # moments spread over a write or two
            writer.kill()
        check_whole(file, turn)
    two_minutes_ago = time.time() - 120
    for left in folder.glob(".northbib-*.tmp"):
        os.utime(left, (two_minutes_ago, two_minutes_ago))
    store.edit("k8", {"note": "The last"})
    assert names(folder) == ["a.bib"]
    standing = [done for done in store.log() if done.undone_by is None]
    while standing:
        assert store.undo(standing.pop(0).change.number)
    assert file.read_bytes() == first


def check_whole(file: Path, turn: int) -> None:
    """See that every entry is there in full, and the last edit and the last addition are apart."""
    document = Document.parse(file.read_bytes())
    assert document.problems == ()
    added = [key for key in document if key.startswith(f"n{turn}x")]
    assert added == [f"n{turn}x{number}" for number in range(len(added))]
    note = document["k7"].get("note", "Turn -1.0")
    if note.startswith(f"Turn {turn}."):
        assert int(note.split(".")[1]) - len(added) in (-1, 0)
    else:
        assert added == []


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    kill_writers(tmp_path, 8)


@pytest.mark.long
def test_two_hundred_killed_writers_leave_the_old_file_or_the_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal, "MOST_CHANGES", 100_000)
    kill_writers(tmp_path, 200)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB; skips where none can be mounted."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system, and only on Linux")
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let root mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_file_and_says_so(tiny_disk: Path) -> None:
    file = tiny_disk / "a.bib"
    file.write_text(entries(1000))
    before = file.read_bytes()
    assert 36_000 < len(before) < 64_000
    store = Store(tiny_disk)
    with pytest.raises(StoreError, match=r"a\.bib: cannot be written: no space left on device"):
        store.tag(["k7"], add=["topic"])
    assert file.read_bytes() == before
    assert names(tiny_disk) == ["a.bib"]
    with pytest.raises(StoreError, match="make room"):
        store.add_source("@book{big, title = {" + "Big " * 8000 + "}}", to="new")
    assert names(tiny_disk) == ["a.bib"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_file_that_may_grow_no_more_leaves_the_old_one_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_text(entries(1000))
    before = file.read_bytes()
    code = """
        import resource, sys
        from northbib.cli.app import main
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(sys.argv[1]) * 4000, resource.RLIM_INFINITY))
        main(["--library", sys.argv[2], "edit", "k7", "--set", "note=New"])
        """
    run = subprocess.run(
        python(code, "12345678", tmp_path), capture_output=True, text=True, check=False
    )
    assert run.returncode == 3
    assert "a.bib: cannot be written: file too large; files may not get this large" in run.stderr
    assert file.read_bytes() == before
    assert names(tmp_path) == ["a.bib"]


def test_rights_that_are_lost_under_way_leave_the_old_file_and_say_so(
    open_folder: Path, as_nobody: AsNobody, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = open_folder / "a.bib"
    file.write_text(entries(10))
    file.chmod(0o666)
    open_folder.chmod(0o777)
    take = Step.take

    def closed(step: Step) -> None:
        os.seteuid(0)
        open_folder.chmod(0o555)
        os.seteuid(small_store.NOBODY)
        take(step)

    with as_nobody():
        store = Store(open_folder)
        store.edit("k6", {"note": "x"})
        monkeypatch.setattr(Step, "take", closed)
        with pytest.raises(StoreError, match=r"a\.bib: cannot be written: permission denied"):
            store.edit("k7", {"note": "x"})
        assert [done.change.touched[0].key for done in store.log()] == ["k6"]
    assert "note" not in Document.parse(file.read_bytes())["k7"]


def test_a_library_that_may_only_be_read_is_read_and_says_so_when_edited(
    open_folder: Path, as_nobody: AsNobody
) -> None:
    file = open_folder / "a.bib"
    file.write_text(entries(10))
    file.chmod(0o644)
    with as_nobody():
        store = Store(open_folder)
        assert store.get("k7").record.title == "The work 7"
        with pytest.raises(StoreError, match="cannot be written: permission denied; give yourself"):
            store.edit("k7", {"note": "x"})
        with pytest.raises(StoreError, match="cannot be written: permission denied"):
            store.add_source("@book{new, title = {New}}", to="new")
        would = store.add_source("@book{new, title = {New}}", to="new", dry_run=True)
        assert [stored.key for stored in would.stored] == ["new"]
    assert file.read_text() == entries(10)
    assert names(open_folder) == ["a.bib"]


def test_a_library_that_may_not_be_read_says_so(open_folder: Path, as_nobody: AsNobody) -> None:
    file = open_folder / "a.bib"
    file.write_text(entries(10))
    file.chmod(0o600)
    with as_nobody(), pytest.raises(StoreError, match=r"a\.bib: cannot be read: permission denied"):
        Store(file).all()
    open_folder.chmod(0o700)
    with as_nobody(), pytest.raises(StoreError, match="cannot be read: permission denied"):
        Store(open_folder).all()
    with as_nobody(), pytest.raises(StoreError, match="cannot be read: permission denied"):
        Store(file)
