"""A small library of made-up works, and a user who may do nothing."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

AsNobody = Callable[[], contextlib.AbstractContextManager[None]]

NOBODY = 65534

FUTURES = """\
% The works of the first list.
@string{jms = "Journal of Made-up Studies"}

@article{oreilly2014streets,
  author       = {O’Reilly, Páraic},
  title        = {Streets and Straße},
  journaltitle = jms,
  date         = {2014-10},
  doi          = {10.1086/261763},
  keywords     = {tech-clusters, agglomeration},
}

@book{smith2012towns,
  editor    = {Smith, Anna},
  title     = {Towns in the {North}},
  publisher = {A Press},
  date      = {2012},
  url       = {https://www.example.org/towns/},
}
"""
DEVOLUTION = """\
@report{hmt2010plan,
  author      = {{HM Treasury}},
  title       = {A plan for towns},
  institution = {HM Treasury},
  date        = {2010-06-22},
  keywords    = {english-devolution},
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two bibliographies and three records."""
    folder = tmp_path / "bibliographies"
    folder.mkdir()
    (folder / "northern-futures.bib").write_text(FUTURES, encoding="utf-8")
    (folder / "english-devolution.BIB").write_text(DEVOLUTION, encoding="utf-8")
    (folder / "notes.txt").write_text("@book{not, title = {read}}", encoding="utf-8")
    (folder / ".hidden.bib").write_text("@book{hidden, title = {read}}", encoding="utf-8")
    (folder / "folder.bib").mkdir()
    return folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep lock files out of the cache of whoever runs the tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


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
