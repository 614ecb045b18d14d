"""A user who may do nothing, and a folder that such a user can reach."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

__all__ = ["NOBODY", "AsNobody", "as_nobody", "open_folder"]

AsNobody = Callable[[], contextlib.AbstractContextManager[None]]

NOBODY = 65534


@pytest.fixture
def as_nobody(monkeypatch: pytest.MonkeyPatch) -> Iterator[AsNobody]:
    """Become, for a block, a user without rights; skips where the tests are not run by root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become a user without rights")

    @contextlib.contextmanager
    def nobody() -> Iterator[None]:
        group, groups = os.getegid(), os.getgroups()
        os.setgroups([])
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(group)
            os.setgroups(groups)

    with tempfile.TemporaryDirectory() as temporary:
        # Where such a user's locks go, who has no cache of their own.
        Path(temporary).chmod(0o1777)
        monkeypatch.setattr(tempfile, "tempdir", temporary)
        yield nobody
        monkeypatch.undo()


@pytest.fixture
def open_folder(as_nobody: AsNobody) -> Iterator[Path]:
    """A folder that all users may look into, and only root may write to."""
    # The folders of pytest itself are closed to other users, and are not ours to open.
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        with as_nobody():
            reached = os.access(name, os.R_OK | os.X_OK, effective_ids=True)
        if not reached:
            pytest.skip("a user without rights cannot reach the temporary folder")
        yield Path(name)
