"""A small library of real works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rights import NOBODY, AsNobody, as_nobody, open_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["NOBODY", "AsNobody", "as_nobody", "folder", "open_folder", "own_cache"]

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
