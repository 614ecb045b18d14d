"""A commit in git for each change, where the settings ask for it, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
import small_store

from northbib.cli.app import run
from northbib.errors import InputError
from northbib.library import Store

if TYPE_CHECKING:
    from pathlib import Path

folder = small_store.folder
own_cache = small_store.own_cache

PEER = "rodriguezpose2018revenge"
ON = "[git]\ncommit = true\n"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(autouse=True)
def own_git(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of whoever runs the tests out."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "gitconfig").write_text(
        "[user]\n name = A librarian\n email = librarian@example.org\n"
    )


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def versioned(folder: Path) -> Path:
    """A library in a working tree, with one commit of all its files."""
    git(folder, "init", "-q")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "The first")
    (folder / ".northbib.toml").write_text(ON)
    return folder


def messages(folder: Path) -> list[str]:
    return git(folder, "log", "--format=%s").splitlines()


def test_each_change_is_one_commit_that_says_what_it_was(versioned: Path) -> None:
    store = Store(versioned)
    store.edit(PEER, {"note": "Read"})
    store.move([PEER], "more")
    store.undo()
    assert messages(versioned) == [
        f"northbib undo 2: moved {PEER} to regional-inequality.bib",
        f"northbib move: moved {PEER} to more.bib",
        f"northbib edit: edited {PEER} (note)",
        "The first",
    ]
    assert git(versioned, "status", "--porcelain") == "?? .northbib.toml"
    assert store.notices == []


def test_what_else_is_changed_or_staged_is_left_out(versioned: Path) -> None:
    (versioned / "notes.txt").write_text("Changed")
    git(versioned, "add", "notes.txt")
    Store(versioned).edit(PEER, {"note": "Read"})
    assert git(versioned, "show", "--name-only", "--format=") == "regional-inequality.bib"
    assert git(versioned, "status", "--porcelain", "notes.txt") == "M  notes.txt"


def test_without_the_setting_there_is_no_commit(versioned: Path) -> None:
    (versioned / ".northbib.toml").write_text("[git]\ncommit = false\n")
    Store(versioned).edit(PEER, {"note": "Read"})
    (versioned / ".northbib.toml").unlink()
    Store(versioned).edit(PEER, {"note": "Read again"})
    assert messages(versioned) == ["The first"]


def test_a_change_that_cannot_be_committed_is_written_and_said_so(
    versioned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (versioned / ".git" / "index.lock").touch()
    assert run(["--library", str(versioned), "edit", PEER, "--set", "note=Read"]) == 1
    said = capsys.readouterr()
    assert said.out == f"edited {PEER} in regional-inequality\n"
    assert "the change is written, but not committed: " in said.err
    assert "index.lock" in said.err
    assert "= {Read}," in (versioned / "regional-inequality.bib").read_text()
    assert messages(versioned) == ["The first"]


def test_a_library_outside_git_is_written_and_said_so(folder: Path) -> None:
    (folder / ".northbib.toml").write_text(ON)
    store = Store(folder)
    store.edit(PEER, {"note": "Read"})
    (notice,) = store.notices
    assert notice.code == "not-committed"
    assert "not a git repository" in notice.message


def test_without_git_the_change_is_written_and_said_so(
    versioned: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    store = Store(versioned)
    store.edit(PEER, {"note": "Read"})
    (notice,) = store.notices
    assert "git is not installed" in notice.message
    assert store.get(PEER).record.values["note"] == "Read"


@pytest.mark.parametrize(
    "settings", ["[git]\ncommit = 1\n", "[git]\npush = true\n", "git = true\n", "[git"]
)
def test_settings_that_make_no_sense_stop_the_change(settings: str, versioned: Path) -> None:
    (versioned / ".northbib.toml").write_text(settings)
    before = (versioned / "regional-inequality.bib").read_bytes()
    with pytest.raises(InputError) as caught:
        Store(versioned).edit(PEER, {"note": "Read"})
    assert str(caught.value).startswith(str(versioned / ".northbib.toml"))
    assert (versioned / "regional-inequality.bib").read_bytes() == before
