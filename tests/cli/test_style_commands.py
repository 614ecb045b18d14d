"""`styles` finds, checks and shows styles; each command in a process of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

import program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def here(tmp_path: Path, root: Path) -> Path:
    """A folder with a style that has faults, and one that has none."""
    shutil.copy(root / "examples/draft.csl", tmp_path)
    shutil.copy(root / "styles/northbib-further-reading.csl", tmp_path / "sound.csl")
    return tmp_path


def run(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `northbib styles` in a folder."""
    return subprocess.run(
        [program.path(), "styles", *arguments],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )


def test_words_that_are_no_command_are_searched_for(here: Path) -> None:
    assert run(here, "cite", "them", "right").stdout.startswith("harvard-cite-them-right  ")
    assert len(run(here).stdout.splitlines()) > 10_000
    hits = json.loads(run(here, "--json", "ieee").stdout)
    assert hits[0]["name"] == "ieee"
    one = run(here, "ieee", "--limit", "1")
    assert len(one.stdout.splitlines()) == 2
    assert "more" in one.stderr


def test_the_name_of_a_command_can_be_searched_for(here: Path) -> None:
    searched = run(here, "--", "check")
    assert searched.returncode == 0
    assert searched.stdout.startswith("check-list  ")


def test_help_tells_of_the_commands(here: Path) -> None:
    shown = run(here, "--help").stdout
    assert "\n  check  " in shown
    assert "\n  show " in shown
    assert "Usage: northbib styles check" in run(here, "check", "--help").stdout
    assert "Usage: northbib styles show" in run(here, "show", "-h").stdout


def test_faults_are_lines_that_an_editor_can_follow(here: Path) -> None:
    checked = run(here, "check", "draft.csl")
    assert checked.returncode == 1
    lines = checked.stdout.splitlines()
    assert lines[0] == "draft.csl:3: error: <info> needs <updated> [missing-element]"
    assert checked.stderr == "1 style: 9 errors, 2 warnings\n"


def test_a_style_without_faults_says_nothing_on_standard_output(here: Path) -> None:
    checked = run(here, "check", "sound.csl", "apa", "2d-materials")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert checked.stderr == "3 styles: no faults\n"


def test_warnings_alone_are_shown_and_do_no_harm(here: Path) -> None:
    text = (here / "sound.csl").read_text(encoding="utf-8")
    unused = "<macro name='unused'><text variable='title'/></macro><citation"
    (here / "warned.csl").write_text(text.replace("<citation", unused, 1), encoding="utf-8")
    checked = run(here, "check", "warned.csl")
    assert checked.returncode == 0
    assert (
        "warning: neither citation nor bibliography comes to the macro 'unused'" in checked.stdout
    )


def test_faults_come_as_json(here: Path) -> None:
    checked = run(here, "check", "draft.csl", "--json")
    first = json.loads(checked.stdout)[0]
    assert first == {
        "code": "missing-element",
        "severity": "error",
        "message": "<info> needs <updated>",
        "file": "draft.csl",
        "line": 3,
    }
    assert (checked.returncode, checked.stderr) == (1, "")
    assert json.loads(run(here, "check", "apa", "--json").stdout) == []


def test_the_worst_of_several_files_is_the_status(here: Path) -> None:
    (here / "not.csl").write_text("@book{lee,\n}\n", encoding="utf-8")
    assert run(here, "check", "not.csl").returncode == 3
    assert run(here, "check", "absent.csl").returncode == 4
    checked = run(here, "check", "absent.csl", "not.csl", "draft.csl", "sound.csl")
    assert checked.returncode == 4
    assert "not.csl:1: error: not well-formed XML" in checked.stdout
    assert "[no-such-style]" in checked.stdout
    assert "draft.csl:3: error" in checked.stdout


@pytest.mark.parametrize("engine", ["native", "citeproc-py"])
def test_show_prints_a_page(here: Path, engine: str) -> None:
    shown = run(here, "show", "apa", "--engine", engine, "--to", "markdown")
    assert shown.returncode == 0
    assert shown.stdout.startswith("# APA Style 7th edition\n\n- Name: apa\n")
    assert "\n- thesis: (Morris, 2020)\n" in shown.stdout
    assert "\n- Lee, N. (2017). " in shown.stdout


def test_show_takes_a_file_and_a_locale(here: Path) -> None:
    shown = run(here, "show", "sound.csl", "--locale", "fr-FR")
    assert "Can a northern tech cluster take off? 23 octobre 2014 BBC" in shown.stdout
    assert run(here, "show", "no-such-style").returncode == 4
    assert run(here, "show", "apa", "--locale", "xx").returncode == 4
