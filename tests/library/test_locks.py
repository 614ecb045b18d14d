"""One writer at a time: who holds the lock is said, and one that nobody holds is cleared."""

from __future__ import annotations

import errno
import json
import os
import platform
import subprocess
import sys
import textwrap
import threading
import time
from typing import TYPE_CHECKING

import pytest

from northbib.errors import StoreError
from northbib.library.disk import advisory, locks
from northbib.library.disk.locks import LOCK, locked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the locks of Windows are others")

AN_HOUR = 3600


def holder(folder: Path, command: str = "edit") -> subprocess.Popen[str]:
    """Start a process that takes the lock of a folder and holds it until its input ends."""
    code = f"""
        import sys
        from pathlib import Path
        from northbib.library.disk.locks import locked
        with locked(Path(sys.argv[1]), command={command!r}):
            print("locked", flush=True)
            sys.stdin.read()
        """
    command_line = [sys.executable, "-c", textwrap.dedent(code), str(folder)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command_line, stdin=pipe, stdout=pipe, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    return process


@pytest.fixture
def other(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    with holder(tmp_path) as process:
        yield process
        process.kill()


def left_behind(folder: Path, **owner: object) -> Path:
    """Leave a lock file whose owner is gone."""
    note = {"process": 1, "host": platform.node(), "since": "2016-11-23T10:00:00+00:00"}
    file = folder / LOCK
    file.write_text(json.dumps({**note, "command": "tidy", **owner}))
    return file


def age(file: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(file, (then, then))


def test_the_lock_file_says_who_holds_it_and_goes_with_the_lock(tmp_path: Path) -> None:
    with locked(tmp_path, command="tidy"):
        owner = json.loads((tmp_path / LOCK).read_text())
        assert owner["process"] == os.getpid()
        assert owner["host"] == platform.node()
        assert owner["command"] == "tidy"
        assert owner["since"].endswith("+00:00")
        assert [file.name for file in tmp_path.iterdir()] == [LOCK]
    assert list(tmp_path.iterdir()) == []


def test_who_waits_is_told_for_whom(
    tmp_path: Path, other: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_SAY_AFTER", 0.05)
    said: list[str] = []
    with (
        pytest.raises(StoreError) as caught,
        locked(tmp_path, timeout=0.4, waiting=said.append),
    ):
        pass
    (line,) = said
    assert line.startswith(f"waiting for northbib edit (process {other.pid} on {platform.node()}")
    assert f"by northbib edit (process {other.pid} on" in str(caught.value)
    assert f"delete {tmp_path / LOCK}" in (caught.value.hint or "")


def test_a_lock_is_given_on_when_its_owner_is_done(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    assert other.stdin is not None
    threading.Timer(0.2, other.stdin.close).start()
    with locked(tmp_path, timeout=10):
        assert json.loads((tmp_path / LOCK).read_text())["process"] == os.getpid()


def test_the_lock_of_a_killed_process_is_cleared_at_once(
    tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    other.kill()
    other.wait()
    assert (tmp_path / LOCK).exists()
    begun = time.monotonic()
    with locked(tmp_path):
        pass
    assert time.monotonic() - begun < 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("seconds", [-24 * AN_HOUR, 24 * AN_HOUR], ids=["set back", "set on"])
def test_a_clock_that_is_set_breaks_no_lock_of_a_living_process(
    seconds: int, tmp_path: Path, other: subprocess.Popen[str]
) -> None:
    age(tmp_path / LOCK, seconds)
    with pytest.raises(StoreError, match="locked for"), locked(tmp_path, timeout=0.2):
        pass
    assert other.poll() is None
    assert json.loads((tmp_path / LOCK).read_text())["process"] == other.pid


@pytest.mark.parametrize("seconds", [-24 * AN_HOUR, 24 * AN_HOUR], ids=["set back", "set on"])
def test_a_clock_that_is_set_keeps_no_lock_of_a_dead_process(seconds: int, tmp_path: Path) -> None:
    age(left_behind(tmp_path), seconds)
    with locked(tmp_path, timeout=1):
        pass


def test_a_process_of_the_same_number_is_not_taken_for_the_dead_one(tmp_path: Path) -> None:
    left_behind(tmp_path, process=os.getppid())
    with locked(tmp_path, timeout=1):
        pass


def test_the_lock_of_another_host_is_respected_until_it_is_very_old(tmp_path: Path) -> None:
    file = left_behind(tmp_path, host="another.example")
    with (
        pytest.raises(StoreError, match=r"tidy \(process 1 on another\.example"),
        locked(tmp_path, timeout=0.1),
    ):
        pass
    age(file, -24 * AN_HOUR)
    with pytest.raises(StoreError, match="locked for"), locked(tmp_path, timeout=0.1):
        pass
    age(file, AN_HOUR)
    with locked(tmp_path, timeout=1):
        pass


def test_a_lock_file_without_an_owner_is_respected_for_a_moment(tmp_path: Path) -> None:
    file = tmp_path / LOCK
    file.touch()
    with pytest.raises(StoreError, match="another program"), locked(tmp_path, timeout=0.1):
        pass
    age(file, 60)
    with locked(tmp_path, timeout=1):
        pass


def test_where_the_file_system_has_no_locks_a_dead_process_is_still_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(descriptor: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    with holder(tmp_path) as other:
        monkeypatch.setattr(advisory, "_lock", none)
        with pytest.raises(StoreError, match="locked for"), locked(tmp_path, timeout=0.1):
            pass
        other.kill()
    with locked(tmp_path, timeout=1):
        pass


def test_where_the_file_system_has_no_hard_links_there_is_still_one_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*arguments: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", none)
    with (
        locked(tmp_path),
        pytest.raises(StoreError, match="locked for"),
        locked(tmp_path, timeout=0.1),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_was_taken_away_is_noticed_before_anything_is_written(tmp_path: Path) -> None:
    with locked(tmp_path) as lock:
        lock.check()
        (tmp_path / LOCK).unlink()
        left_behind(tmp_path)
        with pytest.raises(StoreError, match="the lock was taken away"):
            lock.check()
    assert (tmp_path / LOCK).exists()


def together(folder: Path, count: int, code: str) -> list[str]:
    """Run processes at once; give all lines that they print."""
    command = [sys.executable, "-c", textwrap.dedent(code), str(folder)]
    pipe = subprocess.PIPE
    runs = [subprocess.Popen(command, stdout=pipe, text=True) for _ in range(count)]
    return [line for run in runs for line in run.communicate()[0].splitlines()]


def test_a_stale_lock_that_many_clear_at_once_gives_one_writer_at_a_time(tmp_path: Path) -> None:
    code = """
        import os, sys, time
        from pathlib import Path
        from northbib.library.disk.locks import LOCK, locked
        folder = Path(sys.argv[1])
        for turn in range(15):
            with locked(folder, timeout=60):
                (folder / "inside").touch(exist_ok=False)
                time.sleep(0.001)
                (folder / "inside").unlink()
                # As if it had been killed: the lock file stays, the system's lock goes.
                left = folder / f"left{os.getpid()}"
                os.link(folder / LOCK, left)
            try:
                os.link(left, folder / LOCK)
            except FileExistsError:
                pass
            left.unlink()
        print("done")
        """
    left_behind(tmp_path)
    assert together(tmp_path, 6, code) == ["done"] * 6


def test_a_lock_that_cannot_be_made_is_an_error_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="no space left"), locked(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_two_writers_that_name_folders_in_another_order_do_not_wait_for_ever(
    tmp_path: Path,
) -> None:
    code = """
        import sys
        from pathlib import Path
        from northbib.library.disk.locks import locked
        for _ in range(100):
            with locked(*map(Path, sys.argv[1:])):
                pass
        """
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
    runs = [
        subprocess.Popen([sys.executable, "-c", textwrap.dedent(code), *map(str, order)])
        for order in (folders, folders[::-1])
    ]
    assert [run.wait(timeout=30) for run in runs] == [0, 0]
