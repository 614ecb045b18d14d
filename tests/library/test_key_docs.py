"""The page on keys: every function and filter is in it, and its examples are true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from northbib.library import Store
from northbib.library.keys import DEFAULT, Pattern
from northbib.library.keys.filters import FILTERS
from northbib.library.keys.functions import FUNCTIONS

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.records import Record


@pytest.fixture
def page(root: Path) -> str:
    return (root / "docs" / "keys.md").read_text(encoding="utf-8")


@pytest.fixture
def lee(root: Path) -> Record:
    return Store(root / "bibliographies").get("lee2017cards").record


def rows(page: str) -> list[tuple[str, ...]]:
    """Give the rows of the tables of four columns, cell by cell."""
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    found = (tuple(re.split(r"(?<!\\)\|", line)[1:-1]) for line in lines)
    return [cells for cells in found if len(cells) == 4]


def test_every_function_and_filter_is_in_the_tables(page: str) -> None:
    named = {name.lower() for cells in rows(page) for name in re.findall(r"`(\w+)[(`]", cells[0])}
    assert set(FUNCTIONS) | set(FILTERS) <= named


def test_the_examples_make_what_the_tables_say(page: str, lee: Record) -> None:
    for _, _, example, makes in rows(page):
        pattern = example.strip().strip("`").replace("\\|", "|")
        key = makes.strip().strip("`")
        assert Pattern.parse(pattern).base(lee) == (key or "anon"), pattern


def test_the_default_pattern_makes_the_first_key_of_the_page(page: str, lee: Record) -> None:
    assert f"`{Pattern.parse(DEFAULT).base(lee)}`" in page.split("\n\n")[1]
