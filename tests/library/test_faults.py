"""A change whose process is killed, or fails, at any system call: nothing is lost or half done.

The system calls are those of real processes: a small library, compiled here and loaded before the
C library, counts them and strikes at the n-th one (`faults.c`, `faulty.py`).
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CHANGES = ("add", "edit", "move", "new", "remove", "undo")
ERRORS = (errno.EIO, errno.ESTALE, errno.ENOSPC)


@pytest.fixture(scope="session")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library that strikes; skips where it cannot be made."""
    if sys.platform != "linux":
        pytest.skip("only the loader of Linux lets a library stand before the C library")
    made = tmp_path_factory.mktemp("shim") / "faults.so"
    command = ["gcc", "-shared", "-fPIC", "-O1", "-o", str(made), str(HERE / "faults.c"), "-ldl"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("there is no C compiler for this system")
    return made


def trial(
    shim: Path, folder: Path, change: str, error: int, numbers: tuple[int, int] = (1, 1)
) -> list[str]:
    """Strike at the calls of a change; give how many there are, and what was found to be wrong.

    Args:
        shim: What strikes.
        folder: An empty folder.
        change: One of `CHANGES`.
        error: The number of the error, or 0 to kill.
        numbers: The number of the first call, and the steps from one to the next.
    """
    arguments = [str(folder / "library"), change, *map(str, (error, *numbers))]
    run = subprocess.run(
        [sys.executable, str(HERE / "faulty.py"), *arguments],
        env={**os.environ, "LD_PRELOAD": str(shim), "XDG_STATE_HOME": str(folder / "state")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def calls(lines: list[str]) -> int:
    """Give how many calls were struck in all; faults are none."""
    assert lines[1:] == []
    return int(lines[0].split()[0])


@pytest.mark.parametrize("change", CHANGES)
def test_a_killed_change_is_done_or_not_and_the_journal_knows(
    change: str, shim: Path, tmp_path: Path
) -> None:
    assert calls(trial(shim, tmp_path, change, 0, (1 + len(change), 7))) > 80


@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
def test_a_change_that_fails_leaves_the_old_files_and_says_so(
    error: int, shim: Path, tmp_path: Path
) -> None:
    assert calls(trial(shim, tmp_path, "move", error, (1 + error % 5, 5))) > 80


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_may_be_killed_at_every_system_call(
    change: str, shim: Path, tmp_path: Path
) -> None:
    assert calls(trial(shim, tmp_path, change, 0)) > 80


@pytest.mark.long
@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
@pytest.mark.parametrize("change", CHANGES)
def test_every_system_call_of_a_change_may_fail(
    change: str, error: int, shim: Path, tmp_path: Path
) -> None:
    assert calls(trial(shim, tmp_path, change, error)) > 80
