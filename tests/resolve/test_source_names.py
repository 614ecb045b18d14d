"""Sources are preferred by their names, and by no other."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

import program
from northbib.errors import UsageError
from northbib.resolve.source_names import NAMES, check_names

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["crossref", "registry", "page:jsonld", "gov.uk", "site", "mine"])
def test_a_source_can_be_named_whole_or_in_part(name: str) -> None:
    check_names([name], "mine")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("crosref", "crossref"),
        ("page:jsonl", "page:jsonld"),
        ("sites", "site"),
        ("xyzzy", "such as"),
    ],
)
def test_the_name_of_no_source_is_refused_with_near_ones(name: str, near: str) -> None:
    with pytest.raises(UsageError, match="no source") as caught:
        check_names(["crossref", name])
    assert near in str(caught.value.hint)


@pytest.mark.parametrize(
    "command", [("add", "10.1086/261763"), ("resolve", "10.1086/261763"), ("enrich",)]
)
def test_a_command_with_such_a_name_asks_nobody(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "works.bib").write_text("", encoding="utf-8")
    line = [program.path(), *command, "--prefer", "crosref"]
    run = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (2, "")
    assert "there is no source 'crosref'" in run.stderr
    assert "did you mean crossref" in run.stderr


def test_all_sources_of_claims_are_named(root: Path) -> None:
    literal = re.compile(rf'"({"|".join(NAMES)}):([a-z0-9.-]+)"')
    found = {
        match.groups()
        for path in (root / "src/northbib/resolve").rglob("*.py")
        for match in literal.finditer(path.read_text(encoding="utf-8"))
    }
    assert found <= {(kind, name) for kind, names in NAMES.items() for name in names}
    assert len(found) > 40
