"""The commands log, undo and move."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from northbib.cli.app import run

if TYPE_CHECKING:
    from pathlib import Path

KEY = "lee2017cards"
OTHER = "nic2016hsn"


@pytest.fixture
def library(root: Path, tmp_path: Path) -> str:
    shutil.copytree(root / "bibliographies", tmp_path / "library")
    return str(tmp_path / "library")


def test_what_was_done_is_listed_and_undone(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--library", library, "tag", KEY, "--add", "x"]) == 0
    assert run(["--library", library, "move", OTHER, "--to", "mine"]) == 0
    assert run(["--library", library, "undo", "1"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[1:] == [
        f"moved {OTHER} to mine",
        f"undid change 1: edited {KEY} (keywords); northbib undo 3 does it again",
    ]
    assert run(["--library", library, "log"]) == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [(number, command, what) for number, _, command, what in lines] == [
        ("3", "undo 1", f"edited {KEY} (keywords)"),
        ("2", "move", f"moved {OTHER} to mine.bib"),
        ("1", "tag", f"edited {KEY} (keywords); undone by 3"),
    ]


def test_the_log_is_given_as_json(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    run(["--library", library, "edit", KEY, "--set", "note=Read", "--unset", "doi"])
    run(["--library", library, "undo"])
    capsys.readouterr()
    assert run(["--library", library, "log", "--json"]) == 0
    undone, edited = json.loads(capsys.readouterr().out)
    assert (undone["number"], undone["command"], undone["undoes"]) == (2, "undo 1", 1)
    assert undone["undone_by"] is None
    assert edited["undone_by"] == 2
    assert edited["entries"] == [
        {"key": KEY, "file": "northern-futures.bib", "how": "edited", "fields": ["doi", "note"]}
    ]
    assert edited["files"] == [f"{library}/northern-futures.bib"]
    assert edited["when"].endswith("+00:00")


def test_nothing_to_undo_is_not_found(library: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--library", library, "undo"]) == 4
    assert capsys.readouterr().err.startswith("northbib: there is nothing to undo; northbib log")
    assert run(["--library", library, "log"]) == 0
    assert "no changes of" in capsys.readouterr().err
    assert run(["--library", library, "undo", "0"]) == 2


def test_what_stands_in_the_way_is_named_and_the_status_is_one(
    library: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for note in ("One", "Two"):
        run(["--library", library, "edit", KEY, "--set", f"note={note}"])
    capsys.readouterr()
    assert run(["--library", library, "undo", "1"]) == 1
    assert f"note of {KEY} has been changed since, by change 2 (edit)" in capsys.readouterr().err
