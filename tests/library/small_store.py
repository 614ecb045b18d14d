"""A small library of real works, and a user who may do nothing."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

__all__ = ["AsNobody", "as_nobody", "folder", "open_folder", "own_cache"]

AsNobody = Callable[[], contextlib.AbstractContextManager[None]]

NOBODY = 65534

INEQUALITY = """\
% The works of the first list.
@string{cjres = "Cambridge Journal of Regions, Economy and Society"}

@article{rodriguezpose2018revenge,
  author       = {Rodríguez-Pose, Andrés},
  title        = {The revenge of the places that don't matter (and what to do about it)},
  journaltitle = cjres,
  date         = {2018},
  doi          = {10.1093/cjres/rsx024},
  keywords     = {regional-inequality, levelling-up},
}

@collection{baker2004geographies,
  editor    = {Baker, Alan R. H. and Billinge, Mark},
  title     = {Geographies of {England}: The {North-South} Divide, Material and Imagined},
  publisher = {Cambridge University Press},
  date      = {2004},
  isbn      = {0521822610},
}
"""
FUTURES = """\
@report{cfc2014summit,
  author      = {{Centre for Cities}},
  title       = {{Northern Futures Summit}: A summary},
  institution = {Centre for Cities},
  date        = {2014},
  url         = {https://www.centreforcities.org/publication/northern-futures-summit-a-summary/},
  keywords    = {english-devolution},
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two bibliographies and three records."""
    folder = tmp_path / "bibliographies"
    folder.mkdir()
    (folder / "regional-inequality.bib").write_text(INEQUALITY, encoding="utf-8")
    (folder / "northern-futures.BIB").write_text(FUTURES, encoding="utf-8")
    (folder / "notes.txt").write_text("@book{not, title = {read}}", encoding="utf-8")
    (folder / ".hidden.bib").write_text("@book{hidden, title = {read}}", encoding="utf-8")
    (folder / "folder.bib").mkdir()
    return folder


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep indexes out of the cache of whoever runs the tests."""
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
