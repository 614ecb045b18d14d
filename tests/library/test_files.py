"""Replacing a file leaves the old one or the new one, and says what went wrong."""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.errors import StoreError
from northbib.library.disk import files
from northbib.library.disk.files import (
    Stamp,
    clear_leftovers,
    read_bytes,
    read_snapshot,
    write_atomically,
)

if TYPE_CHECKING:
    from small_store import AsNobody

as_nobody = small_store.as_nobody
open_folder = small_store.open_folder
own_cache = small_store.own_cache

HINT = "give yourself the right to it, or work on a copy"


def names(folder: Path) -> list[str]:
    """Give the names of all files in a folder."""
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    write_atomically(file, b"one")
    write_atomically(file, b"two")
    assert file.read_bytes() == b"two"
    assert names(tmp_path) == ["a.bib"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")
    file.chmod(0o640)
    write_atomically(file, b"two")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="Windows has no umask")
def test_a_new_file_has_the_mode_that_the_user_wants_for_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a.bib", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.bib").stat().st_mode) == 0o640


def test_a_symbolic_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "a.bib"
    real.write_bytes(b"one")
    link = tmp_path / "link.bib"
    link.symlink_to(Path("real") / "a.bib")
    write_atomically(link, b"two")
    assert link.is_symlink()
    assert real.read_bytes() == b"two"


def test_a_failed_write_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")

    def broken(descriptor: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StoreError, match="cannot be written: input/output error"):
        write_atomically(file, b"two")
    assert file.read_bytes() == b"one"
    assert names(tmp_path) == ["a.bib"]


def test_a_folder_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="name a file, not a folder"):
        write_atomically(tmp_path, b"two")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    file = tmp_path / "gone" / "a.bib"
    with pytest.raises(StoreError, match="no such file") as caught:
        write_atomically(file, b"two")
    assert caught.value.where == file


def test_a_file_that_has_gone_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="moved or deleted meanwhile"):
        read_bytes(tmp_path / "a.bib")


def test_a_write_protected_file_is_left_alone(open_folder: Path, as_nobody: AsNobody) -> None:
    open_folder.chmod(0o777)
    file = open_folder / "a.bib"
    file.write_bytes(b"one")
    file.chmod(0o444)
    with as_nobody(), pytest.raises(StoreError) as caught:
        write_atomically(file, b"two")
    assert str(caught.value) == f"{file}: cannot be written: permission denied; {HINT}"
    assert file.read_bytes() == b"one"


def test_a_read_only_folder_is_said_to_be_one(open_folder: Path, as_nobody: AsNobody) -> None:
    file = open_folder / "a.bib"
    file.write_bytes(b"one")
    file.chmod(0o666)
    with as_nobody(), pytest.raises(StoreError) as caught:
        write_atomically(file, b"two")
    assert str(caught.value) == f"{file}: cannot be written: permission denied; {HINT}"
    assert file.read_bytes() == b"one"
    assert names(open_folder) == ["a.bib"]


def test_old_leftovers_of_a_killed_run_are_cleared_and_new_ones_stay(tmp_path: Path) -> None:
    old, new = tmp_path / ".northbib-1.tmp", tmp_path / ".northbib-2.tmp"
    other = tmp_path / "a.tmp"
    for file in (old, new, other):
        file.write_bytes(b"half")
    an_hour_ago = time.time() - 3600
    os.utime(old, (an_hour_ago, an_hour_ago))
    os.utime(other, (an_hour_ago, an_hour_ago))
    clear_leftovers(tmp_path)
    assert names(tmp_path) == [".northbib-2.tmp", "a.tmp"]


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="this system has no such attributes")
def test_a_file_keeps_its_extended_attributes(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")
    try:
        os.setxattr(file, "user.origin", b"a colleague")
    except OSError:
        pytest.skip("this file system has no extended attributes")
    write_atomically(file, b"two")
    assert os.getxattr(file, "user.origin") == b"a colleague"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such owners")
def test_a_file_keeps_its_owner_where_the_system_allows(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root may give a file away")
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")
    os.chown(file, small_store.NOBODY, small_store.NOBODY)
    write_atomically(file, b"two")
    assert (file.stat().st_uid, file.stat().st_gid) == (small_store.NOBODY,) * 2


def test_a_group_that_cannot_be_kept_does_not_let_another_group_in(
    open_folder: Path, as_nobody: AsNobody
) -> None:
    open_folder.chmod(0o777)
    file = open_folder / "a.bib"
    file.write_bytes(b"one")
    os.chown(file, small_store.NOBODY, 12345)
    file.chmod(0o664)
    with as_nobody():
        write_atomically(file, b"two")
    assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_a_file_that_is_replaced_while_it_is_read_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")
    status, changes = os.fstat, [b"two, longer", b"three"]

    def meddled(descriptor: int) -> os.stat_result:
        found = status(descriptor)
        if changes:
            file.write_bytes(changes.pop(0))
        return found

    monkeypatch.setattr(os, "fstat", meddled)
    snapshot = read_snapshot(file)
    assert snapshot.data == b"three"
    assert snapshot.stamp == Stamp.of(file.stat())


def test_a_file_that_never_comes_to_rest_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")
    status = os.fstat

    def meddled(descriptor: int) -> os.stat_result:
        found = status(descriptor)
        with file.open("ab") as other:
            other.write(b"x")
        return found

    monkeypatch.setattr(os, "fstat", meddled)
    monkeypatch.setattr(files, "_PATIENCE", 0.3)
    with pytest.raises(StoreError, match="another program keeps writing to this file"):
        read_snapshot(file)


def test_a_stale_handle_is_opened_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"one")
    status, stale = os.fstat, [True, True]

    def first_stale(descriptor: int) -> os.stat_result:
        if stale and stale.pop():
            raise OSError(errno.ESTALE, "Stale file handle")
        return status(descriptor)

    monkeypatch.setattr(os, "fstat", first_stale)
    assert read_snapshot(file).data == b"one"
