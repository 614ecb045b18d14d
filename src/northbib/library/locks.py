"""One writer at a time: a lock for each folder of bibliographies.

The lock files stand in the user's cache folder, so that nothing of ours is left between the
bibliographies. The system frees a lock when its process ends, however it ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
import platformdirs

from northbib.errors import StoreError
from northbib.library.files import file_error, may_write

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TIMEOUT", "locked"]

TIMEOUT = 30.0
"""How many seconds to wait for another writer."""

_POLL = 0.01


@contextlib.contextmanager
def locked(*paths: Path, timeout: float = TIMEOUT) -> Iterator[None]:
    """Keep all other writers out of the folders of these paths while the block runs.

    Args:
        paths: Folders, or files, which stand for the folders where they really are.
        timeout: Seconds to wait for another writer.

    Raises:
        StoreError: Another writer holds a lock for longer than that, or no lock file can be made.
    """
    folders = {_folder(path): path for path in paths}
    with contextlib.ExitStack() as stack:
        # Always in the same order, so that two writers never wait for each other.
        for folder in sorted(folders):
            stack.enter_context(_lock(folder, folders[folder], timeout))
        yield


@contextlib.contextmanager
def _lock(folder: Path, path: Path, timeout: float) -> Iterator[None]:
    name = hashlib.sha256(os.fsencode(folder)).hexdigest()[:32]
    lock = filelock.FileLock(_lock_folder(path) / f"{name}.lock")
    try:
        lock.acquire(timeout=timeout, poll_interval=_POLL)
    except filelock.Timeout as error:
        message = f"another program has been writing here for {timeout:g} seconds"
        raise StoreError(message, where=path, hint="try again when it is done") from error
    except OSError as error:
        raise file_error(error, path, "locked") from error
    try:
        yield
    finally:
        lock.release()


def _folder(path: Path) -> Path:
    real = Path(os.path.realpath(path))
    return real if real.is_dir() else real.parent


def _lock_folder(path: Path) -> Path:
    # A service account may have no home; the temporary folder serves it.
    folders = (
        Path(platformdirs.user_cache_dir("northbib", appauthor=False)) / "locks",
        Path(tempfile.gettempdir()) / f"northbib-locks-{_user()}",
    )
    failures: list[OSError] = []
    for folder in folders:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            failures.append(error)
            continue
        if may_write(folder):
            return folder
    reason = failures[-1] if failures else PermissionError(1, "no folder for locks can be written")
    raise file_error(reason, path, "locked") from reason


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0
