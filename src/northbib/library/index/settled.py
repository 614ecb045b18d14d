"""Whether the stamp of a file tells that it is as it was when it was last read."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.disk.files import Stamp

__all__ = ["is_settled"]

_COARSEST = 2 * 10**9
"""Nanoseconds between two times that the coarsest file system (FAT) can tell apart."""


def is_settled(stamp: Stamp, now: int | None = None) -> bool:
    """Tell whether a later change of the file cannot but change its stamp.

    One that comes so soon after the last that both have the same time could leave the stamp as it
    was: such a file is looked through again, until it has been left alone for a while (as git does
    with the files of its index that it calls racy). So is one whose time lies in the future.

    Args:
        stamp: The stamp from before the file was read.
        now: The time at that moment, in nanoseconds.
    """
    now = time.time_ns() if now is None else now
    return max(stamp.modified, stamp.changed) + _COARSEST < now
