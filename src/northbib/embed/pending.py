"""Articles that are to be written once it is known that all of them can be.

Until then their new bytes lie in a temporary file, so that a site of any size fits in memory.
"""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from northbib.embed.states import digest_of
from northbib.findings import Finding
from northbib.library.changes.stepping import Changed, Step
from northbib.library.disk.files import clear_leftovers, file_error, may_write, read_snapshot
from northbib.library.disk.pieces import Pieces

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

__all__ = ["Pending"]


class _Change(NamedTuple):
    path: Path
    before: str
    start: int
    length: int


class Pending:
    """Changes of articles that are not written yet."""

    def __init__(self) -> None:
        self._changes: list[_Change] = []
        self._spool: IO[bytes] | None = None

    def add(self, path: Path, before: bytes, after: bytes) -> None:
        """Take in the new bytes of an article.

        Raises:
            StoreError: There is no room for them among the temporary files.
        """
        try:
            if self._spool is None:
                self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - `close` closes it
            start = self._spool.seek(0, os.SEEK_END)
            self._spool.write(after)
            self._spool.flush()
        except OSError as error:
            raise file_error(error, Path(tempfile.gettempdir()), "written") from error
        self._changes.append(_Change(path, digest_of(before), start, len(after)))

    def write(self) -> Iterator[tuple[Path, Finding | None]]:
        """Write the articles, each whole or not at all, none if one of them may not be written.

        What another program has made of an article meanwhile is kept, and a finding says so.

        Raises:
            StoreError: An article cannot be written; those before it are.
        """
        for change in self._changes:
            if not may_write(change.path):
                refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                raise file_error(refused, change.path, "written")
        for folder in dict.fromkeys(change.path.parent for change in self._changes):
            clear_leftovers(folder)
        for change in self._changes:
            yield change.path, self._write(change)

    def close(self) -> None:
        """Give up what is not written."""
        if self._spool is not None:
            self._spool.close()

    def _write(self, change: _Change) -> Finding | None:
        snapshot = read_snapshot(change.path)
        if snapshot.data is None or digest_of(snapshot.data) != change.before:
            return _changed_meanwhile(change.path)
        try:
            step = Step(change.path, snapshot, Pieces((self._after(change),)))
        except OSError as error:
            raise file_error(error, change.path, "written") from error
        with step:
            try:
                step.take()
            except Changed:
                step.put_back()
                return _changed_meanwhile(change.path)
            step.flush()
        return None

    def _after(self, change: _Change) -> bytes:
        if self._spool is None:
            return b""
        self._spool.seek(change.start)
        return self._spool.read(change.length)


def _changed_meanwhile(path: Path) -> Finding:
    return Finding(
        code="changed-meanwhile",
        severity="error",
        message="another program saved this article meanwhile, and what it wrote stays",
        file=str(path),
        fix="run the command again",
    )
