"""What all tests share."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from northbib.library import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.records import Record

# A change is judged by the same few examples everywhere; `make test-long` looks for many new ones.
# How long one takes says more about the machine than about us.
settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=30)
settings.register_profile("exploring", print_blob=True, deadline=None, max_examples=200)
settings.load_profile("repeatable")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session", autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep journals, kept answers and keys of whoever runs the tests out of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))
        # Answers of one test's server are not those of another's on the same port.
        patch.setenv("NORTHBIB_CACHE", "off")
        patch.setenv("NORTHBIB_KEYRING", "off")
        yield


@pytest.fixture(scope="module")
def no_litter() -> None:
    """Collect what other tests left: nothing can be closed where Python is at its full depth."""
    gc.collect()


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared reference data beside the project; skips where it is absent."""
    if not (SHARED / "design.md").is_file():
        pytest.skip("the shared reference data is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def collection(root: Path) -> list[Record]:
    """The records of the library that ships."""
    return [stored.record for stored in Store(root / "bibliographies").all()]
