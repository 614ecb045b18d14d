"""`northbib init --git` sets a repository up, once, wherever it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import repositories

if TYPE_CHECKING:
    from pathlib import Path

    from repositories import Repository

outside = repositories.outside
repository = repositories.repository

SETTINGS = "merge.northbib.name, merge.northbib.driver, diff.northbib.xfuncname"
LINE = "*.bib merge=northbib diff=northbib\n"


def test_it_says_what_it_did_and_a_second_time_does_nothing(outside: Repository) -> None:
    outside.git("init", "--quiet")
    status, printed, said = outside.northbib("init", "--git", "my library")
    assert (status, said) == (0, "")
    top = outside.folder.resolve()
    assert printed.splitlines() == [
        "my library is a library already; nothing was changed",
        "wrote .gitattributes; commit it",
        f"set {SETTINGS} in the repository's configuration",
    ]
    attributes = top / ".gitattributes"
    config = (top / ".git" / "config").read_bytes()
    assert attributes.read_text() == LINE
    status, printed, said = outside.northbib("init", "--git", "my library")
    assert (status, said) == (0, "git is set up already\n")
    assert printed == "my library is a library already; nothing was changed\n"
    assert attributes.read_text() == LINE
    assert (top / ".git" / "config").read_bytes() == config


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"*.py text", b"*.py text\n" + LINE.encode()),
        (b"*.py text\r\n", b"*.py text\r\n*.bib merge=northbib diff=northbib\r\n"),
        (b"*.bib merge=union\n", b"*.bib merge=union\n" + LINE.encode()),
        (b"*.bib diff=northbib merge=northbib\n", b"*.bib diff=northbib merge=northbib\n"),
    ],
)
def test_attributes_that_are_there_stay(outside: Repository, before: bytes, after: bytes) -> None:
    outside.git("init", "--quiet")
    (outside.folder / ".gitattributes").write_bytes(before)
    assert outside.northbib("init", "--git", "my library")[0] == 0
    assert (outside.folder / ".gitattributes").read_bytes() == after


def test_a_library_is_made_where_there_is_none(outside: Repository) -> None:
    outside.git("init", "--quiet")
    status, printed, _ = outside.northbib("init", "--git", "new/books")
    assert status == 0
    assert printed.startswith("made new/books/library.bib\n")


def test_a_folder_of_bibliographies_is_taken_for_the_library(outside: Repository) -> None:
    outside.git("init", "--quiet")
    status, printed, _ = outside.northbib("init", "--git", folder=outside.file.parent)
    assert status == 0
    assert printed.startswith(
        ". is a library already; nothing was changed\nwrote ../.gitattributes; commit it\n"
    )
    assert (outside.folder / ".gitattributes").read_text() == LINE


def test_a_second_working_tree_has_the_settings_too(repository: Repository, tmp_path: Path) -> None:
    repository.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "-b", "other")
    tree = repositories.Repository(tmp_path / "tree", repository.environment)
    status, _, said = tree.northbib("init", "--git", "my library")
    assert (status, said) == (0, "git is set up already\n")
    assert tree.git("status", "--porcelain") == ""


def test_outside_of_a_repository_it_says_so_and_makes_nothing(outside: Repository) -> None:
    status, printed, said = outside.northbib("init", "--git", "new")
    assert (status, printed) == (4, "")
    assert said == (
        f"northbib: {outside.folder.resolve()}: this is not in a git repository;"
        " git init makes one\n"
    )
    assert not (outside.folder / "new").exists()


def test_in_a_bare_repository_it_says_so(outside: Repository) -> None:
    outside.git("init", "--quiet", "--bare")
    status, _, said = outside.northbib("init", "--git")
    assert status == 4
    assert "must be run in a work tree" in said


def test_without_git_it_says_so(outside: Repository) -> None:
    outside.environment["PATH"] = str(outside.folder)
    status, _, said = outside.northbib("init", "--git", "my library")
    assert (status, said) == (4, "northbib: git is not installed; install it first\n")


def test_attributes_further_in_that_say_something_else_are_told(outside: Repository) -> None:
    outside.git("init", "--quiet")
    (outside.file.parent / ".gitattributes").write_text("*.bib merge=union\n")
    status, _, said = outside.northbib("init", "--git", "my library")
    assert status == 1
    assert "warning: " in said
    assert "says something else of .bib files" in said
