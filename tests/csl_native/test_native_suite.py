"""The fixtures of the official test suite that pass go on passing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from csl_suite import Fixture, outcome  # noqa: E402

PASSING = (HERE / "passing.txt").read_text(encoding="utf-8").split()


@pytest.fixture
def suite(shared: Path) -> Path:
    folder = shared / "csl-suite"
    if not folder.is_dir():
        pytest.skip("the fixtures of the official suite are not there")
    return folder


def test_no_fixture_that_has_passed_is_lost(suite: Path) -> None:
    lost = [name for name in PASSING if not outcome(Fixture.read(suite / f"{name}.txt"))[0]]
    assert lost == []


def test_the_list_of_passing_fixtures_names_each_once_and_in_order() -> None:
    assert sorted(set(PASSING)) == PASSING
