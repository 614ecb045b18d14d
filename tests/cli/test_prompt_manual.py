"""The manual pages: made of what `--help` says, as they stand in the project, and right roff."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from northbib.cli.app import COMMANDS
from northbib.cli.manual import main, pages

if TYPE_CHECKING:
    from pathlib import Path


def test_the_pages_of_the_project_say_what_help_says(root: Path) -> None:
    there = {file.name: file.read_text("utf-8") for file in (root / "man").iterdir()}
    stale = [name for name, text in pages().items() if there.get(name) != text]
    assert stale == [], "make man writes them anew"
    assert set(there) == set(pages())


def test_there_is_a_page_for_every_command_and_its_own() -> None:
    assert set(pages()) >= {"northbib.1", *(f"northbib-{name}.1" for name in COMMANDS)}
    assert "northbib-styles-check.1" in pages()


def test_pages_of_commands_that_are_gone_go_too(tmp_path: Path) -> None:
    (tmp_path / "northbib-gone.1").touch()
    (tmp_path / "other.1").touch()
    main(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {*pages(), "other.1"}


def shown(text: str) -> str:
    """Give a page as a reader shows it, without its layout."""
    run = subprocess.run(
        ["mandoc", "-Tutf8", "-O", "width=200"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return " ".join(re.sub(".\b", "", run.stdout).split())


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
def test_what_help_says_is_what_a_reader_shows() -> None:
    page = shown(pages()["northbib-list.1"])
    for said in (
        "northbib-list - List the records that a query finds, or all",
        "northbib list [OPTIONS] [QUERY]...",
        "-h, --help Show this message and exit.",
        "-word, not word what is not to be found",
        "'title:\"levelling up\"'",
        "paraic finds Páraic",
    ):
        assert said in page
    assert "--set FIELD=VALUE Set a field." in shown(pages()["northbib-edit.1"])
    assert "<!-- northbib:end -->" in shown(pages()["northbib-embed.1"])


@pytest.mark.skipif(shutil.which("mandoc") is None, reason="mandoc is not installed")
@pytest.mark.parametrize("name", list(pages()))
def test_mandoc_finds_no_fault(name: str) -> None:
    run = subprocess.run(
        ["mandoc", "-Tlint", "-W", "warning"],
        input=pages()[name],
        capture_output=True,
        text=True,
        check=False,
    )
    # A page has the number of the version; a date would change with every build.
    found = [line for line in run.stdout.splitlines() if "missing date" not in line]
    assert found == []


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_groff_has_no_warning() -> None:
    for name, text in pages().items():
        run = subprocess.run(
            ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", "-z"],
            input=text,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (name, run.stderr) == (name, "")
