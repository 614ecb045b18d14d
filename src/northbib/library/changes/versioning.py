"""A commit in git for each change of a library, where its settings ask for it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.findings import Finding
from northbib.library.settings import NAME, read_settings, settings_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

__all__ = ["commit", "commits"]

_TABLE = "git"
_COMMIT = "commit"
_TIMEOUT = 60.0
_OF_ANOTHER_RUN = ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX")


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
        _git(library, "add", "--all", "--", *names)
        if _git(library, "status", "--porcelain", "--", *names):
            _git(library, "commit", "--quiet", "--message", message, "--only", "--", *names)
    except FileNotFoundError:
        return _not_committed(library, "git is not installed")
    except subprocess.TimeoutExpired:
        return _not_committed(library, f"git took more than {_TIMEOUT:g} seconds")
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        return _not_committed(library, said[0] if said else f"git ended with {error.returncode}")
    return None


def _git(folder: Path, *arguments: str) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name not in _OF_ANOTHER_RUN}
    run = subprocess.run(  # noqa: S603 - the arguments are ours, and the files stand behind --
        ["git", *arguments],  # noqa: S607 - the git that the user has
        cwd=folder,
        env={**environment, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_TIMEOUT,
        check=True,
    )
    return run.stdout


def _not_committed(library: Path, why: str) -> Finding:
    return Finding(
        code="not-committed",
        severity="error",
        message=f"the change is written, but not committed: {why}",
        file=str(library),
        fix=f"commit it yourself, or take {_COMMIT} out of {NAME}",
    )
