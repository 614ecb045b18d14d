"""Reading and replacing files so that a crash leaves the old one or the new one, never half of one.

A write goes to a new file in the same folder, is flushed to the disk, takes the old file's place
by a rename, and the folder is flushed as well (POSIX, `rename` and `fsync`).
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from pathlib import Path

from northbib.errors import StoreError

__all__ = ["clear_leftovers", "file_error", "may_write", "read_bytes", "write_atomically"]

_TEMPORARY = ".northbib-{}.tmp"
_STALE_AFTER = 60.0

_HINTS = {
    errno.ENOENT: "it may have been moved or deleted meanwhile: look where it is, and try again",
    errno.EACCES: "give yourself the right to it, or work on a copy",
    errno.EPERM: "give yourself the right to it, or work on a copy",
    errno.EROFS: "this file system is read-only: copy the files to one that is not",
    errno.ENOSPC: "make room on the disk, and try again",
    errno.EDQUOT: "make room in your quota, and try again",
    errno.EISDIR: "name a file, not a folder",
    errno.ENOTDIR: "a part of this path is a file where a folder has to be",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "a symbolic link leads back to itself",
}


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        StoreError: The system does not let us read it.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise file_error(error, path, "read") from error


def write_atomically(path: Path, data: bytes) -> None:
    """Put data in the place of a file, or make the file; all or nothing.

    An existing file keeps its permissions, and its owner where the system allows. A symbolic link
    stays, and the file that it leads to is replaced. The folder has to exist.

    Raises:
        StoreError: The system does not let us write; the file is as it was.
    """
    try:
        _replace(Path(os.path.realpath(path)), data)
    except OSError as error:
        raise file_error(error, path, "written") from error


def clear_leftovers(folder: Path) -> None:
    """Delete the temporary files that a killed run left in a folder more than a minute ago.

    Raises:
        StoreError: The system does not let us delete them.
    """
    try:
        for leftover in folder.glob(_TEMPORARY.format("*")):
            if time.time() - leftover.stat().st_mtime > _STALE_AFTER:
                leftover.unlink(missing_ok=True)
    except OSError as error:
        raise file_error(error, folder, "cleared of old temporary files") from error


def may_write(path: Path) -> bool:
    """Tell whether this process has the right to write to a file or folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def file_error(error: OSError, path: Path, done: str) -> StoreError:
    """Give the error for a failed system call.

    Args:
        error: What the system said.
        path: The file as the user knows it.
        done: What could not be done to it, as a participle: "read".
    """
    reason = error.strerror or type(error).__name__
    hint = _HINTS.get(error.errno or 0)
    return StoreError(f"cannot be {done}: {reason.lower()}", where=path, hint=hint)


def _replace(target: Path, data: bytes) -> None:
    before = _status(target)
    temporary = target.with_name(_TEMPORARY.format(os.urandom(8).hex()))
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if before is not None:
                _keep_owner_and_mode(temporary, before)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)


def _status(target: Path) -> os.stat_result | None:
    """Give the status of a file that may be replaced, None if there is none yet."""
    try:
        status = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not may_write(target):
        # A rename would take a write-protected file away as well.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return status


def _keep_owner_and_mode(temporary: Path, before: os.stat_result) -> None:
    if hasattr(os, "chown"):
        # Only root may give a file away; for all others it becomes the writer's own.
        with contextlib.suppress(PermissionError):
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _flush_folder(folder: Path) -> None:
    if not hasattr(os, "O_DIRECTORY"):  # Windows has no way to flush a folder.
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # Some file systems cannot.
            raise
    finally:
        os.close(descriptor)
