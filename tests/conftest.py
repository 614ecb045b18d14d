"""What all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A change is judged by the same examples everywhere; `make test-long` looks for new ones.
settings.register_profile("repeatable", derandomize=True)
settings.register_profile("exploring", print_blob=True)
settings.load_profile("repeatable")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


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
