"""Repositories of the real git, set up by the real command."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import program

if TYPE_CHECKING:
    from pathlib import Path

BASE = """\
% Encoding: UTF-8

@article{lee2017cards,
  author = {Lee, Neil},
  title  = {Powerhouse of cards?},
}

@book{hatherley2010ruins,
  title = {A Guide to the New Ruins of Great Britain},
  year  = {2010},
}
"""


@dataclass
class Repository:
    """A working tree with a library in a subfolder.

    Attributes:
        folder: Its top folder.
        environment: That of all commands.
    """

    folder: Path
    environment: dict[str, str]

    @property
    def file(self) -> Path:
        """The bibliography."""
        return self.folder / "my library" / "works.bib"

    def run(self, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run a program, whatever its exit status."""
        return subprocess.run(
            arguments,
            cwd=folder or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def git(self, *arguments: str) -> str:
        """Run git, which is to succeed."""
        run = self.run("git", *arguments)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def northbib(self, *arguments: str, folder: Path | None = None) -> tuple[int, str, str]:
        """Run northbib; give its exit status, and what it prints and says."""
        run = self.run(program.path(), *arguments, folder=folder)
        return run.returncode, run.stdout, run.stderr

    def commit(self, text: str, message: str = "change") -> None:
        """Write the bibliography and commit it."""
        self.file.write_text(text, encoding="utf-8", newline="")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def conflicted(self) -> list[str]:
        """Give the files that git holds for unmerged."""
        return self.git("diff", "--name-only", "--diff-filter=U").splitlines()


@pytest.fixture
def outside(tmp_path: Path) -> Repository:
    """A folder with a bibliography that is in no repository; skips where there is no git."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\nname = Somebody\nemail = somebody@example.org\n[init]\ndefaultBranch = main\n"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(tmp_path),
    }
    repository = Repository(tmp_path / "a repository", environment)
    repository.file.parent.mkdir(parents=True)
    repository.file.write_text(BASE)
    return repository


@pytest.fixture
def repository(outside: Repository) -> Repository:
    """A repository that is set up, with one commit."""
    outside.git("init", "--quiet")
    assert outside.northbib("init", "--git", "my library")[0] == 0
    outside.commit(BASE, "base")
    return outside
