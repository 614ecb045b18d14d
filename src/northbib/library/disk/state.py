"""Where what is kept for a user between two runs stands: outside of every library."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path

import platformdirs

from northbib.errors import StoreError
from northbib.library.disk.files import file_error

__all__ = ["state_folder"]

_NO_HOME = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR)


def state_folder() -> Path:
    """Give the user's state folder, made if it is not there (`~/.local/state/northbib` on Linux).

    A service account may have no home that it can write to; a folder of its own among the
    temporary files serves it.

    Raises:
        StoreError: Neither can be made.
    """
    home = Path(platformdirs.user_state_dir("northbib", appauthor=False))
    try:
        return _made(home)
    except OSError as error:
        if error.errno not in _NO_HOME:
            raise file_error(error, home, "made for the journal") from error
        spare = Path(tempfile.gettempdir()) / f"northbib-state-{_user()}"
    try:
        return _own(_made(spare))
    except OSError as error:
        raise file_error(error, home, "made for the journal") from error


def _made(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Where a folder belongs to somebody else, as after a run with sudo, it is of no use.
    if folder.stat().st_uid != _user() != 0:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return folder


def _own(folder: Path) -> Path:
    """Refuse a folder that somebody else has put there to read along."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != _user() or status.st_mode & 0o077:
        raise StoreError(
            "this folder belongs to somebody else",
            where=folder,
            hint="set XDG_STATE_HOME to a folder of your own",
        )
    return folder


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0
