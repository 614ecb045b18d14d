"""Asking the git program about a repository, and for what is in it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["GitError", "blobs", "git", "nearest_folder", "top_folder"]

_TIMEOUT = 60.0
_OF_ANOTHER_RUN = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX")


class GitError(InputError):
    """Git did not do what it was asked for, and said why."""


def git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Run git in a folder, and give what it prints.

    Args:
        folder: Where.
        arguments: What it is to do.
        given: What it reads.

    Raises:
        NotFoundError: Git is not installed.
        GitError: It fails; with what it says.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_RUN}
    try:
        run = subprocess.run(  # noqa: S603 - git is given words, not a command line
            ["git", *arguments],  # noqa: S607 - the git that the user has
            cwd=folder,
            env={**environment, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
            input=given,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError as error:
        raise NotFoundError("git is not installed", hint="install it first") from error
    except subprocess.TimeoutExpired as error:
        raise GitError(f"git took more than {_TIMEOUT:g} seconds", where=folder) from error
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines()
        message = said[0].removeprefix("fatal: ") if said else f"git ended with {run.returncode}"
        raise GitError(message, where=folder)
    return run.stdout


def nearest_folder(path: Path) -> Path:
    """Give a folder that is there: the path itself, or the nearest one that it is in."""
    absolute = path.absolute()
    return next(each for each in (absolute, *absolute.parents) if each.is_dir())


def top_folder(path: Path) -> Path:
    """Give the top folder of the working tree that a path is in, whether it is there or not.

    Raises:
        NotFoundError: Git is not installed, or there is no working tree.
    """
    folder = nearest_folder(path)
    try:
        top = git(folder, "rev-parse", "--show-toplevel")
    except GitError as error:
        if "not a git repository" in error.message:
            message = "this is not in a git repository"
            raise NotFoundError(message, where=folder, hint="git init makes one") from error
        raise NotFoundError(error.message, where=folder) from error
    return Path(os.fsdecode(top.removesuffix(b"\n")))


def blobs(folder: Path, names: Sequence[str]) -> list[bytes]:
    """Give the contents of objects, in one run of git.

    Args:
        folder: A folder of the repository.
        names: What git calls the objects, without line breaks; all are there.

    Raises:
        NotFoundError: Git is not installed.
        GitError: It fails.
    """
    if not names:
        return []
    given = "".join(f"{name}\n" for name in names)
    printed = git(folder, "cat-file", "--batch", given=os.fsencode(given))
    found, position = [], 0
    for _ in names:
        line = printed.index(b"\n", position)
        size = int(printed[position:line].rpartition(b" ")[2])
        found.append(printed[line + 1 : line + 1 + size])
        position = line + size + 2
    return found
