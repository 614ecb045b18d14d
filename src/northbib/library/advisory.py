"""The operating system's own locks on an open file, which end with the process that holds them."""

from __future__ import annotations

import errno
import sys

__all__ = ["hold", "is_held"]

if sys.platform == "win32":
    import msvcrt

    # A byte far behind the end, so that the file can still be read.
    _PLACE = 1 << 30

    def _lock(descriptor: int) -> None:
        import os  # noqa: PLC0415

        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)


def hold(descriptor: int) -> None:
    """Hold the lock of a file that nobody else knows of yet, where the file system has locks."""
    is_held(descriptor)


def is_held(descriptor: int) -> bool | None:
    """Tell whether another process holds the lock of a file; if not, it is ours from now on.

    Returns:
        None where this file system has no locks.
    """
    try:
        _lock(descriptor)
    except OSError as error:
        return True if error.errno in _HELD else None
    return False
