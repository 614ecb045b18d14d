"""The states of a library that can be compared: files, folders, and what git has of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.bibtex import Document
from northbib.errors import NotFoundError
from northbib.library.bibliography import SUFFIX
from northbib.library.disk.files import read_bytes
from northbib.library.sharing.git import GitError, blobs, git, nearest_folder
from northbib.library.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["State", "read_state", "state_of"]

_FILE = b"100"


@dataclass(frozen=True, slots=True)
class State:
    """A bibliography, or a library of them, as it is or was.

    Attributes:
        files: The bibliographies by the names of their files.
        is_file: Whether it is one file and no library.
    """

    files: Mapping[str, Document]
    is_file: bool


def state_of(path: Path) -> State:
    """Read a library, or a file of any name.

    Raises:
        StoreError: It cannot be read.
    """
    if not path.is_dir():
        return State({path.name: Document.parse(read_bytes(path), str(path))}, is_file=True)
    found = [each.file for each in Store(path).bibliographies.values()]
    files = {file.name: Document.parse(read_bytes(file), str(file)) for file in found}
    return State(files, is_file=False)


def read_state(name: str, library: Path) -> State:
    """Read a file, a library, or one of these as git has it.

    Args:
        name: A path; a revision of git (`HEAD~1`), for the library as it was; or `REVISION:PATH`.
        library: The library that a revision is asked about.

    Raises:
        NotFoundError: There is nothing of that name.
        StoreError: It cannot be read.
    """
    path = Path(name)
    if path.exists():
        return state_of(path)
    revision, colon, inside = name.partition(":")
    folder = Path.cwd() if colon else nearest_folder(library)
    if not colon:
        relative = library.absolute().relative_to(folder)
        inside = f"./{'' if relative == Path() else relative.as_posix()}"
    commit = _commit(folder, revision)
    if commit is None:
        message = f"{name!r} is no file, no folder and no revision of git"
        raise NotFoundError(message, hint="git log lists revisions")
    try:
        return _in_git(folder, f"{commit}:{inside}", inside, name)
    except GitError as error:
        message = f"there is no {inside.removeprefix('./') or 'such folder'} in {revision}"
        raise NotFoundError(message) from error


def _commit(folder: Path, revision: str) -> str | None:
    if revision.startswith("-"):
        return None
    try:
        return _asked(folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    except GitError:
        return None


def _in_git(folder: Path, thing: str, inside: str, name: str) -> State:
    thing = _asked(folder, "rev-parse", "--verify", "--quiet", thing)
    if _asked(folder, "cat-file", "-t", thing) == "blob":
        (data,) = blobs(folder, [thing])
        return State({Path(inside).name: Document.parse(data, name)}, is_file=True)
    listed = git(folder, "ls-tree", "--full-tree", "-z", thing).split(b"\0")
    found = {}
    for line in filter(None, listed):
        about, _, file = line.partition(b"\t")
        mode, _, item = about.split()
        if mode.startswith(_FILE) and _is_bibliography(os.fsdecode(file)):
            found[os.fsdecode(file)] = item.decode()
    contents = blobs(folder, list(found.values()))
    named = zip(found, contents, strict=True)
    return State({file: Document.parse(data, file) for file, data in named}, is_file=False)


def _is_bibliography(name: str) -> bool:
    return name.lower().endswith(SUFFIX) and not name.startswith(".")


def _asked(folder: Path, *arguments: str) -> str:
    return os.fsdecode(git(folder, *arguments).strip())
