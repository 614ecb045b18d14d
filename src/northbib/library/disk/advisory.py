"""The operating system's own locks on an open file, which end with the process that holds them."""

from __future__ import annotations

import errno
import os
import sys
import time

__all__ = ["hold", "is_held"]

if sys.platform == "win32":
    import msvcrt

    # A byte far behind the end, so that the file can still be read.
    _PLACE = 1 << 30

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _PLACE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_TRIES = 100
_PAUSE = 0.001


def hold(descriptor: int) -> None:
    """Hold the lock of a file of ours, where the file system has locks.

    Others hold it for a moment at most, to see whether somebody does.
    """
    for _ in range(_TRIES):
        if not is_held(descriptor):
            return
        time.sleep(_PAUSE)


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
