"""Reading files, and telling whether they changed since.

Writing them is in `northbib.library.disk.replacing`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from northbib.errors import StoreError
from northbib.library.disk.replacing import TEMPORARY, may_write, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

__all__ = [
    "Snapshot",
    "Stamp",
    "check_readable",
    "clear_leftovers",
    "file_error",
    "may_write",
    "read_bytes",
    "read_settled",
    "read_snapshot",
    "write_atomically",
    "write_pieces",
]

_STALE_AFTER = 60.0
_TRIES = 5
_QUIET = 0.1
"""How many seconds a file that another program writes has to rest before it is read."""
_PATIENCE = 5.0

_HINTS = {
    errno.ENOENT: "it may have been moved or deleted meanwhile: look where it is, and try again",
    errno.EACCES: "give yourself the right to it, or work on a copy",
    errno.EPERM: "give yourself the right to it, or work on a copy",
    errno.EROFS: "this file system is read-only: copy the files to one that is not",
    errno.ENOSPC: "make room on the disk, and try again",
    errno.EDQUOT: "make room in your quota, and try again",
    errno.EFBIG: "files may not get this large here: split it, or raise the limit",
    errno.EISDIR: "name a file, not a folder",
    errno.ENOTDIR: "a part of this path is a file where a folder has to be",
    errno.ENAMETOOLONG: "choose a shorter name",
    errno.ELOOP: "a symbolic link leads back to itself",
    errno.EIO: "the disk or the network fails: look after it, and try again",
    errno.ESTALE: "the server has put something else in its place: try again",
}

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from the next without reading it."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Give the stamp of a file's status."""
        times = status.st_mtime_ns, status.st_ctime_ns
        return cls(status.st_dev, status.st_ino, status.st_size, *times)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The bytes of a file, and its stamp when they were read; both None if there was no file."""

    data: bytes | None
    stamp: Stamp | None


def check_readable(path: Path) -> None:
    """Refuse a file that cannot be read.

    Raises:
        StoreError: The system does not let us read it.
    """
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        raise file_error(error, path, "read") from error


def read_bytes(path: Path) -> bytes:
    """Read a whole file.

    Raises:
        StoreError: The system does not let us read it.
    """
    try:
        return _fresh(path.read_bytes)
    except OSError as error:
        raise file_error(error, path, "read") from error


def read_snapshot(path: Path) -> Snapshot:
    """Read a whole file, in one state: one that changes meanwhile is read again.

    Raises:
        StoreError: The system does not let us read it, or another program does not stop writing.
    """
    try:
        for _ in range(_TRIES):
            snapshot = _fresh(lambda: _read_once(path))
            if snapshot is not None:
                return snapshot
    except OSError as error:
        raise file_error(error, path, "read") from error
    return read_settled(path)


def read_settled(path: Path) -> Snapshot:
    """Read a file that another program has just changed, once it has come to rest.

    Raises:
        StoreError: The system does not let us read it, or the other program does not stop.
    """
    deadline = time.monotonic() + _PATIENCE
    try:
        before = None
        while time.monotonic() < deadline:
            snapshot = _fresh(lambda: _read_once(path))
            if snapshot is not None and snapshot == before:
                return snapshot
            before = snapshot
            time.sleep(_QUIET)
    except OSError as error:
        raise file_error(error, path, "read") from error
    hint = "try again when it is done"
    raise StoreError("another program keeps writing to this file", where=path, hint=hint)


def write_atomically(path: Path, data: bytes) -> None:
    """Put data in the place of a file, or make the file; all or nothing.

    An existing file keeps its permissions, and its owner where the system allows. A symbolic link
    stays, and the file that it leads to is replaced. The folder has to exist.

    Raises:
        StoreError: The system does not let us write; the file is as it was.
    """
    write_pieces(path, (data,))


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Put pieces in the place of a file, one after the other, as `write_atomically` does.

    Raises:
        StoreError: The system does not let us write; the file is as it was.
    """
    try:
        replace(path, pieces)
    except OSError as error:
        raise file_error(error, path, "written") from error


def clear_leftovers(folder: Path) -> None:
    """Delete the temporary files that a killed run left in a folder more than a minute ago.

    Raises:
        StoreError: The system does not let us delete them.
    """
    try:
        for leftover in folder.glob(TEMPORARY.format("*")):
            # Those who wait for the lock make some and take them away again.
            with contextlib.suppress(FileNotFoundError):
                if abs(time.time() - leftover.stat().st_mtime) > _STALE_AFTER:
                    leftover.unlink()
    except OSError as error:
        raise file_error(error, folder, "cleared of old temporary files") from error


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


def _read_once(path: Path) -> Snapshot | None:
    """Read a file; None if it changed under way."""
    with path.open("rb", buffering=0) as file:
        before = Stamp.of(os.fstat(file.fileno()))
        data = file.read()
        after = Stamp.of(os.fstat(file.fileno()))
    return Snapshot(data, after) if before == after and len(data) == after.size else None


def _fresh(read: Callable[[], _Result]) -> _Result:
    """Read, and again where a server has replaced the file that was just opened."""
    for _ in range(_TRIES - 1):
        try:
            return read()
        except OSError as error:
            if error.errno != errno.ESTALE:
                raise
    return read()
