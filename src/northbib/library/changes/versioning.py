"""A commit in git for each change of a library, where its settings ask for it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError
from northbib.findings import Finding
from northbib.library.settings import NAME, read_settings, settings_file
from northbib.library.sharing.git import GitError, git

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["commit", "commits"]

_TABLE = "git"
_COMMIT = "commit"


def commits(library: Path) -> bool:
    """Tell whether the settings of a library ask for a commit for each change.

    Args:
        library: The folder or the file that the library is.

    Raises:
        InputError: The settings cannot be read, or make no sense.
    """
    table = read_settings(library).get(_TABLE, {})
    if isinstance(table, dict) and not table.keys() - {_COMMIT}:
        wanted = table.get(_COMMIT, False)
        if isinstance(wanted, bool):
            return wanted
    raise InputError(
        f"the settings of {_TABLE} make no sense",
        where=settings_file(library),
        hint=f"[{_TABLE}] has one setting, {_COMMIT} = true or false",
    )


def commit(library: Path, files: Sequence[Path], message: str) -> Finding | None:
    """Commit some files, and nothing else that is changed or staged.

    Args:
        library: The folder of the bibliographies, in a working tree of git.
        files: The files, some of which may be gone.
        message: What the commit says.

    Returns:
        Why there is no commit; None if there is one, or if git sees no change.
    """
    names = [os.path.realpath(file) for file in files]
    try:
        git(library, "add", "--all", "--", *names)
        if git(library, "status", "--porcelain", "--", *names):
            git(library, "commit", "--quiet", "--message", message, "--only", "--", *names)
    except (GitError, NotFoundError) as error:
        return _not_committed(library, error.message)
    return None


def _not_committed(library: Path, why: str) -> Finding:
    return Finding(
        code="not-committed",
        severity="error",
        message=f"the change is written, but not committed: {why}",
        file=str(library),
        fix=f"commit it yourself, or take {_COMMIT} out of {NAME}",
    )
