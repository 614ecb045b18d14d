"""The states of a library that can be compared: files, folders, and what git has of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.bibtex import Document
from northbib.errors import InputError, NotFoundError
from northbib.library.bibliography import SUFFIX
from northbib.library.files import read_bytes
from northbib.library.sharing.git import GitError, blobs, git, nearest_folder
from northbib.library.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["State", "read_state", "working_state"]

_LINK = b"120000"


@dataclass(frozen=True, slots=True)
class State:
    """A bibliography, or a library of them, as it is or was.

    Attributes:
        files: The bibliographies by the names of their files.
        is_file: Whether it is one file and no library.
    """

    files: Mapping[str, Document]
    is_file: bool


def working_state(path: Path) -> State:
    """Read a file or a library.

    Args:
        path: A file of any name, or a folder.

    Raises:
        InputError: It cannot be read.
    """
    if path.is_dir():
        found = Store(path).bibliographies.values()
        documents = {each.file.name: _document(each.data, str(each.file)) for each in found}
        return State(documents, is_file=False)
    return State({path.name: _document(read_bytes(path), str(path))}, is_file=True)


def read_state(name: str, library: Path) -> State:
    """Read a file, a library, or one of them as git has it.

    Args:
        name: The path of a file or a folder; a revision of git (`HEAD~1`), for the library as it
            was; or `REVISION:PATH`.
        library: The library that a revision is asked about.

    Raises:
        NotFoundError: There is nothing of that name, or git is not installed.
        InputError: It cannot be read.
    """
    path = type(library)(name)
    if path.exists():
        return working_state(path)
    ...
