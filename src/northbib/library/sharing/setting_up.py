"""Setting git up so that it merges bibliographies by entry and names entries in its diffs."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.library.disk.files import read_bytes, write_atomically
from northbib.library.sharing.git import GitError, git, top_folder

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SetUp", "set_up"]

_ATTRIBUTES = ".gitattributes"
_LINE = b"*.bib merge=northbib diff=northbib"
_NAME = "northbib"
_PROBE = "library.bib"


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was done to a repository.

    Attributes:
        top: The top folder of the working tree.
        attributes: The file of attributes that was written; None if it says so already.
        settings: The names of the settings that were changed.
        problem: Why git will not use them all the same.
    """

    top: Path
    attributes: Path | None
    settings: tuple[str, ...]
    problem: Finding | None = None


def set_up(library: Path) -> SetUp:
    """Set the repository of a library up; what is set up already is left as it is.

    The attributes go to the top folder of the working tree, to be committed; the settings go to the
    repository's own configuration, which all its working trees share, and no clone has.

    Args:
        library: The library, which need not be there yet.

    Raises:
        NotFoundError: Git is not installed, or the library is in no working tree.
        GitError: The configuration cannot be written.
        StoreError: The file of attributes cannot be written.
    """
    top = top_folder(library)
    settings = tuple(name for name, value in _settings().items() if _set(top, name, value))
    probe = (library if library.suffix else library / _PROBE).absolute()
    attributes = None
    if not _has_attributes(top, probe):
        attributes = top / _ATTRIBUTES
        _add_line(attributes)
    return SetUp(
        top, attributes, settings, None if _has_attributes(top, probe) else _overridden(top)
    )


def _settings() -> dict[str, str]:
    """Give the settings of git by name.

    The driver is called by the path of the interpreter that runs now, so that it is found from
    outside of a virtual environment as well. Where it is not there any more, or fails, git's merge
    by line takes its place. `-P`: nothing is imported from the repository.
    """
    program = f"{shlex.quote(sys.executable)} -P -m northbib" if sys.executable else "northbib"
    driver = (
        f"{program} merge-driver --marker-size %L -- %O %A %B %P; status=$?;"
        " test $status -le 1 && exit $status;"
        " git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    )
    return {
        f"merge.{_NAME}.name": "bibliographies, by entry and field",
        f"merge.{_NAME}.driver": driver,
        f"diff.{_NAME}.xfuncname": r"^[[:blank:]]*(@[^{(]+[{(][^,]*)",
    }


def _set(top: Path, name: str, value: str) -> bool:
    """Put a setting into the repository's configuration; tell whether it was another one."""
    known = ""
    # Git fails where there is none.
    with suppress(GitError):
        known = os.fsdecode(git(top, "config", "--local", "--get", name))
    if known == f"{value}\n":
        return False
    git(top, "config", "--local", "--replace-all", name, value)
    return True


def _has_attributes(top: Path, probe: Path) -> bool:
    printed = git(top, "check-attr", "-z", "merge", "diff", "--", str(probe))
    return printed.split(b"\0")[2::3] == [_NAME.encode()] * 2


def _add_line(file: Path) -> None:
    before = read_bytes(file) if file.exists() else b""
    eol = b"\r\n" if b"\r\n" in before else b"\n"
    gap = eol if before and not before.endswith(b"\n") else b""
    write_atomically(file, before + gap + _LINE + eol)


def _overridden(top: Path) -> Finding:
    return Finding(
        code="attributes-overridden",
        severity="warning",
        message=f"another {_ATTRIBUTES}, or info/attributes, says something else of .bib files",
        file=str(top),
        fix=f"take them out there, or write {_LINE.decode()} behind them",
    )
