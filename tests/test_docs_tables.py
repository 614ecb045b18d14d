"""The tables in docs/bibtex.md are those that the program goes by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.tables import ENTRY_OF_TYPE, FIELDS, SUBTYPES
from northbib.embed.options import OPTIONS
from northbib.library.searching.fields import FIELDS as QUERY_FIELDS

if TYPE_CHECKING:
    from pathlib import Path


def rows(page: Path, heading: str) -> list[list[str]]:
    """Give the cells of the table under a heading, without the table's own head."""
    text = page.read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_every_type_stands_in_the_table_of_types(root: Path) -> None:
    shown = {row[0]: (row[1].lstrip("@"), row[2]) for row in rows(root / "docs/bibtex.md", "Types")}
    assert shown == ENTRY_OF_TYPE


def test_the_subtype_of_each_row_is_read_as_its_type(root: Path) -> None:
    for csl_type, _, subtype in rows(root / "docs/bibtex.md", "Types"):
        assert not subtype or SUBTYPES[subtype] == csl_type


def test_every_field_of_the_table_has_its_variable(root: Path) -> None:
    shown = {row[0]: row[1] for row in rows(root / "docs/bibtex.md", "Fields")}
    assert shown.items() <= FIELDS.items()
    own_name = {name for name, variable in FIELDS.items() if name == variable.lower()}
    assert FIELDS.keys() - own_name - {"csl-number"} <= shown.keys()


def test_every_option_of_a_list_is_in_the_docs_as_the_program_has_it(root: Path) -> None:
    shown = {row[0]: row[1] for row in rows(root / "docs/lists.md", "Options")}
    assert shown == {f"{name}={each.shape}": each.meaning for name, each in OPTIONS.items()}


def test_every_field_of_a_query_is_in_the_docs(root: Path) -> None:
    text = (root / "docs/library.md").read_text(encoding="utf-8")
    assert set(QUERY_FIELDS) <= set(re.findall(r"`([a-z]+):", text))
