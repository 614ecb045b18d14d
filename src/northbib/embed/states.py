"""The state of a library: a digest of all that its records are read from."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

from northbib.library.disk.files import Stamp
from northbib.library.index.settled import is_settled

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from northbib.embed.cache import Cache
    from northbib.library import Store

__all__ = ["LibraryState", "digest_of", "settled_stamp_of", "stamp_of"]

_BYTES = 16
_ABSENT = "-"
_TELLS = sys.platform != "win32"
"""Whether the system notes the time of each change where no program can set it."""


def digest_of(data: bytes) -> str:
    """Give a digest of bytes: what has the same one has the same bytes."""
    return hashlib.blake2b(data, digest_size=_BYTES).hexdigest()


def stamp_of(status: os.stat_result) -> str:
    """Give a text that tells one state of a file from the next."""
    times = f"{status.st_mtime_ns} {status.st_ctime_ns}"
    return f"{status.st_dev} {status.st_ino} {status.st_size} {times}"


def settled_stamp_of(status: os.stat_result) -> str:
    """Give a stamp to remember: one that every later state of the file differs from.

    It is "" for a file that changed a moment ago, or by the clock changes in the future: a later
    change might leave its times as they are.
    """
    return stamp_of(status) if _TELLS and is_settled(Stamp.of(status)) else ""


class LibraryState:
    """The state that a library's files are in when a run begins.

    Attributes:
        digest: A digest of their names and contents.
    """

    def __init__(self, library: Store, cache: Cache) -> None:
        """Look at the files; those whose stamps are remembered are not read.

        Raises:
            StoreError: The folder cannot be read.
        """
        self._library = library
        self._stamps = self._now()
        digest = hashlib.blake2b(digest_size=_BYTES)
        for name, file in self._files():
            digest.update(f"{name}\0{_content(file, cache)}\0".encode("utf-8", "surrogateescape"))
        self.digest = digest.hexdigest()

    def is_as_it_was(self) -> bool:
        """Tell whether nothing has changed since, so that what was read is of this state."""
        return self._stamps == self._now()

    def _files(self) -> Iterator[tuple[str, Path]]:
        for name, each in self._library.bibliographies.items():
            yield f"{name}\0{each.file.name}", each.file

    def _now(self) -> list[Stamp | None]:
        return [_stamp(file) for _, file in self._files()]


def _content(file: Path, cache: Cache) -> str:
    """Give a digest of a file, remembered or read."""
    try:
        place = str(file).encode("utf-8", "backslashreplace").decode()
        status = file.stat()
        known = cache.file(place)
        if known is not None and known[0] == stamp_of(status):
            return known[1]
        stamp = settled_stamp_of(status)
        digest = digest_of(file.read_bytes())
    except OSError:
        return _ABSENT
    if stamp:
        cache.keep_file(place, stamp, digest)
    return digest


def _stamp(file: Path) -> Stamp | None:
    try:
        return Stamp.of(file.stat())
    except OSError:
        return None
