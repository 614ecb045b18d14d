"""Replacing a file so that a crash leaves the old one or the new one, never half of one.

The new bytes go to a file in the same folder, are flushed to the disk, and take the old file's
place by a rename; the folder is flushed as well (POSIX, `rename` and `fsync`). Mode, owner and
extended attributes, access control lists among them, are those of the old file. A symbolic link
stays, and what it leads to is replaced. A file with further hard links is parted from them: the
other names keep the old bytes, as copies made by `cp -l` and snapshots need it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

__all__ = ["TEMPORARY", "Replacement", "flush_folder", "may_write", "real_path", "replace"]

TEMPORARY = ".northbib-{}.tmp"

_GROUP = stat.S_IRWXG


def replace(path: Path, pieces: Iterable[bytes | memoryview]) -> None:
    """Put bytes in the place of a file, or make the file; all or nothing.

    Raises:
        OSError: What the system says; the file is as it was.
    """
    with Replacement(path, pieces) as replacement:
        replacement.swap()
    flush_folder(replacement.target.parent)


class Replacement:
    """The next content of a file, on the disk beside it; as a context, it goes if unused.

    Attributes:
        path: The file as the user knows it.
        target: Where it really is.
    """

    def __init__(self, path: Path, pieces: Iterable[bytes | memoryview]) -> None:
        self.path = path
        self.target = real_path(path)
        self.is_new = (before := _status(self.target)) is None
        self._temporary = self.target.with_name(TEMPORARY.format(os.urandom(8).hex()))
        descriptor = os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            with os.fdopen(descriptor, "wb", buffering=0):
                if before is not None:
                    _keep_rights(self._temporary, self.target, before)
                for piece in pieces:
                    _write(descriptor, piece)
                os.fsync(descriptor)
                self._inode = os.fstat(descriptor).st_ino
        except BaseException:
            self.discard()
            raise

    def __enter__(self) -> Replacement:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.discard()

    def swap(self) -> None:
        """Take the file's place.

        Raises:
            FileExistsError: There was no file before, and now there is one.
            OSError: What the system says; the file is as it was.
        """
        try:
            if self.is_new and _linked(self._temporary, self.target):
                return
            self._temporary.replace(self.target)
        except OSError:
            # A server may have done it, and its answer got lost.
            if not self.is_in_place():
                raise

    def discard(self) -> None:
        """Take the temporary file away if it is there."""
        # One that cannot be taken away is cleared by a later change.
        with contextlib.suppress(OSError):
            self._temporary.unlink(missing_ok=True)

    def is_in_place(self) -> bool:
        """Tell whether the new content has taken the file's place."""
        try:
            return self.target.stat().st_ino == self._inode
        except OSError:
            return False


def real_path(path: Path) -> Path:
    """Give the place that a path leads to, through symbolic links; nothing has to be there yet.

    Raises:
        OSError: What the system says: a link that cannot be read is not taken for a file.
    """
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))


def may_write(path: Path) -> bool:
    """Tell whether this process has the right to write to a file or folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def flush_folder(folder: Path) -> None:
    """Flush a folder to the disk, so that a rename in it outlives a loss of power.

    Raises:
        OSError: The disk fails.
    """
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


def _write(descriptor: int, piece: bytes | memoryview) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep_rights(temporary: Path, target: Path, before: os.stat_result) -> None:
    mode = stat.S_IMODE(before.st_mode)
    if hasattr(os, "chown") and not _keep_owner(temporary, before):
        # A group that the file did not belong to is not to see what only others might not.
        mode &= ~_GROUP | (mode & stat.S_IRWXO) << 3
    temporary.chmod(mode)
    if hasattr(os, "listxattr"):
        _keep_attributes(temporary, target)


def _keep_owner(temporary: Path, before: os.stat_result) -> bool:
    """Give a file the owner and group of another; tell whether the group could be kept."""
    # Only root may give a file away; for all others it becomes the writer's own.
    with contextlib.suppress(PermissionError):
        os.chown(temporary, before.st_uid, before.st_gid)
        return True
    with contextlib.suppress(PermissionError):
        os.chown(temporary, -1, before.st_gid)
        return True
    return temporary.stat().st_gid == before.st_gid


def _keep_attributes(temporary: Path, target: Path) -> None:
    # Some file systems have none, and some of them only the system may set.
    with contextlib.suppress(OSError):
        for name in os.listxattr(target):
            with contextlib.suppress(OSError):
                os.setxattr(temporary, name, os.getxattr(target, name))


def _linked(temporary: Path, target: Path) -> bool:
    """Give a new file its name, unless something has that name; False where links are unknown."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ESTALE):
            raise
        return False
    return True
