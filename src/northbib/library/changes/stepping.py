"""One file of a change takes its new content, or is put back; what others write is not lost."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TYPE_CHECKING

from northbib.errors import StoreError
from northbib.library.disk.files import Snapshot, Stamp, file_error
from northbib.library.disk.replacing import Replacement, flush_folder, real_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from northbib.library.disk.pieces import Pieces

__all__ = ["Changed", "Step"]

_QUIET = 0.1


class Changed(Exception):  # noqa: N818 - what was to be written is made anew, and it is no error
    """Another program has changed a file since it was read."""


class Step:
    """What a change does to one file; as a context, the prepared file goes if it is not used.

    Args:
        file: The file as the user knows it.
        snapshot: The file as it was read.
        after: Its new bytes; None if it is to be taken away.

    Raises:
        OSError: The new file cannot be prepared beside the old one.
    """

    def __init__(self, file: Path, snapshot: Snapshot, after: Pieces | None) -> None:
        self._file = file
        self._real = real_path(file)
        self._snapshot = snapshot
        self._displaced = snapshot.data
        self._replacement = None if after is None else Replacement(file, after.pieces)
        self._is_taken = False

    def __enter__(self) -> Step:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._replacement is not None:
            self._replacement.discard()

    def take(self) -> None:
        """Put the new content in its place.

        Raises:
            Changed: The file is not as it was read; `put_back` gives what it is now.
            StoreError: The system does not let us write; the file is as it was.
        """
        try:
            with self._watched() as descriptor:
                self._is_taken = True
                self._swap()
                if descriptor is not None:
                    self._look_back(descriptor)
        except FileExistsError as error:
            raise Changed from error
        except OSError as error:
            raise file_error(error, self._file, "written") from error

    def put_back(self) -> None:
        """Put back what stood there before, if the new content has taken its place.

        Raises:
            StoreError: The system does not let us.
        """
        if not self._is_taken or not self._is_in_place():
            return
        try:
            if self._displaced is None:
                self._file.unlink()
            else:
                with Replacement(self._file, (self._displaced,)) as before:
                    before.swap()
        except OSError as error:
            failed = file_error(error, self._file, "put back")
            failed.hint = "the next northbib command that writes here finishes what was begun"
            raise failed from error

    def flush(self) -> None:
        """Have the disk confirm that the new content is in its place.

        Raises:
            StoreError: It does not; the new content may be lost when the power fails.
        """
        try:
            flush_folder(self._real.parent)
        except OSError as error:
            reason = (error.strerror or "").lower()
            raise StoreError(
                f"is written, but the disk does not confirm it: {reason}",
                where=self._file,
                hint="look after the disk, and whether the file is as it should be",
            ) from error

    @contextlib.contextmanager
    def _watched(self) -> Iterator[int | None]:
        """Open the file as it is, so that what is written to it until the end is noticed."""
        stamp = self._snapshot.stamp
        if stamp is None:
            yield None
            return
        try:
            # Opened, since a network file system may answer from memory until then.
            descriptor = os.open(self._real, os.O_RDONLY)
        except FileNotFoundError as error:
            raise Changed from error
        try:
            if Stamp.of(os.fstat(descriptor)) != stamp:
                raise Changed
            if sys.platform != "win32":
                yield descriptor
        finally:
            os.close(descriptor)
        if sys.platform == "win32":  # where an open file cannot be replaced
            yield None

    def _swap(self) -> None:
        if self._replacement is None:
            self._real.unlink()
        else:
            self._replacement.swap()

    def _is_in_place(self) -> bool:
        if self._replacement is None:
            return not self._real.exists()
        return self._replacement.is_in_place()

    def _look_back(self, descriptor: int) -> None:
        """See whether the file was written to up to the moment when its place was taken.

        Raises:
            Changed: It was.
        """
        stamp = self._snapshot.stamp
        status = os.fstat(descriptor)
        if stamp is not None and (status.st_size, status.st_mtime_ns) != (
            stamp.size,
            stamp.modified,
        ):
            self._displaced = _settled(descriptor)
            raise Changed


def _settled(descriptor: int) -> bytes:
    """Read an open file once whoever writes to it has come to rest."""
    while True:
        before = os.fstat(descriptor)
        time.sleep(_QUIET)
        data = os.pread(descriptor, before.st_size, 0)
        after = os.fstat(descriptor)
        if Stamp.of(before) == Stamp.of(after) and len(data) == after.st_size:
            return data
