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

from northbib.errors import StoreError
from northbib.library import Store

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
    for number in range(int(count)):
        key = f"{name}{number}"
        store.add_source(f"@book{{{key}, title = {{The work {key}}}}}", to="shared")
    """

TAG_FOR_EVER = """
    import sys
    from northbib.library import Store
    store = Store(sys.argv[1])
    print("ready", flush=True)
    while True:
        store.tag(["k7"], add=["topic"])
        store.tag(["k7"], remove=["topic"])
    """


def python(code: str, *arguments: object) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]


def entries(count: int) -> str:
    return "\n".join(
        f"@book{{k{number},\n  title = {{The work {number}}},\n}}\n" for number in range(count)
    )


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_all_entries_of_two_writers_at_once_are_kept(tmp_path: Path) -> None:
    writers = [subprocess.Popen(python(ADD, tmp_path, name, 30)) for name in ("a", "b")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    store = Store(tmp_path)
    assert sorted(stored.record.key for stored in store.all()) == sorted(
        f"{name}{number}" for name in ("a", "b") for number in range(30)
    )
    assert store.problems == ()
    assert names(tmp_path) == ["shared.bib"]


def kill_writers(folder: Path, kills: int) -> None:
    """Kill a writer again and again; each time the file must be one of the two whole ones."""
    file = folder / "a.bib"
    file.write_text(entries(200))
    store = Store(folder)
    whole = {file.read_bytes()}
    store.tag(["k7"], add=["topic"])
    whole.add(file.read_bytes())
    assert len(whole) == 2
    for turn in range(kills):
        with subprocess.Popen(python(TAG_FOR_EVER, folder), stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.005 + 0.1 * (turn * 0.618 % 1))  # moments spread over a write or two
            writer.kill()
        assert file.read_bytes() in whole
    store.tag(["k7"], remove=["topic"])
    assert file.read_bytes() in whole


def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    kill_writers(tmp_path, 8)


@pytest.mark.long
def test_two_hundred_killed_writers_leave_the_old_file_or_the_new_one(tmp_path: Path) -> None:
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


def test_a_library_that_may_only_be_read_is_read_and_says_so_when_edited(
    open_folder: Path, as_nobody: AsNobody
) -> None:
    file = open_folder / "a.bib"
    file.write_text(entries(10))
    file.chmod(0o644)
    with as_nobody():
        store = Store(open_folder)
        assert store.get("k7").record.title == "The work 7"
        with pytest.raises(StoreError, match=r"a\.bib: cannot be written: permission denied; give"):
            store.edit("k7", {"note": "x"})
        with pytest.raises(StoreError, match=r"new\.bib: cannot be written: permission denied"):
            store.add_source("@book{new, title = {New}}", to="new")
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
