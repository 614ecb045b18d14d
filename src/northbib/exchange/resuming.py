"""A conversion that goes on where it was interrupted.

What is done stands in `OUTPUT.partial`, and in `OUTPUT.state` how much of it is sure: the state is
replaced as a whole after each stretch, so that a process may be killed at any instant. Inputs are
told by their SHA-256.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import ConflictError, InputError
from northbib.exchange.conversion import Count

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

__all__ = ["Partial", "Stand", "sums_of"]

_EVERY = 0.5
"""Seconds of work that an interrupt may cost."""


@dataclass(slots=True)
class Stand:
    """How far a conversion is.

    Attributes:
        parts: How many parts of the input are done.
        size: The length of the output as far as they reach.
        rejected: The length of the file of records set aside.
        count: What became of the records.
    """

    parts: int = 0
    size: int = 0
    rejected: int = 0
    count: Count = field(default_factory=Count)


def sums_of(files: Sequence[str]) -> dict[str, str]:
    """Give the SHA-256 of files.

    Raises:
        InputError: One cannot be read.
    """
    sums = {}
    for file in files:
        try:
            with Path(file).open("rb") as stream:
                sums[file] = file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            raise InputError(f"cannot be read: {error.strerror}", where=file) from error
    return sums


class Partial:
    """A file that is being written, and can be gone on with.

    Args:
        output: The file that it becomes.
        request: What is converted, and how; it has to be the same when it goes on.

    Attributes:
        stand: How far it is.

    Raises:
        ConflictError: Something else was begun here.
    """

    def __init__(self, output: Path, request: Mapping[str, object]) -> None:
        self._output = output
        self._path = output.with_name(f"{output.name}.partial")
        self._state = output.with_name(f"{output.name}.state")
        self._request = dict(request)
        self._saved = time.monotonic()
        self.stand = self._read()
        self._file: BinaryIO = self._opened()

    def _read(self) -> Stand:
        try:
            known = json.loads(self._state.read_bytes())
            stand = Stand(**{**known["stand"], "count": Count(**known["stand"]["count"])})
            has_all = self._path.stat().st_size >= stand.size
        except (OSError, ValueError, TypeError, KeyError):
            return Stand()
        if known.get("request") != self._request:
            raise ConflictError(
                "what was begun here is another conversion, or its input has changed since",
                where=self._path,
                hint="delete this file to begin anew",
            )
        return stand if has_all else Stand()

    def _opened(self) -> BinaryIO:
        try:
            file = self._path.open("r+b" if self._path.exists() else "w+b")
            file.truncate(self.stand.size)
            file.seek(self.stand.size)
        except OSError as error:
            raise InputError(f"cannot be written: {error.strerror}", where=self._path) from error
        return file

    def write(self, data: bytes) -> None:
        """Write some bytes."""
        self._file.write(data)
        self.stand.size += len(data)

    def save(self, *, at_once: bool = False) -> None:
        """Keep how far it is, now and then; `at_once` before something else may go wrong."""
        if not at_once and time.monotonic() - self._saved < _EVERY:
            return
        self._file.flush()
        os.fsync(self._file.fileno())
        known = {"request": self._request, "stand": asdict(self.stand)}
        new = self._state.with_name(f"{self._state.name}.new")
        new.write_text(json.dumps(known))
        new.replace(self._state)
        self._saved = time.monotonic()

    def finish(self) -> None:
        """Put the file in the place of the output."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        target = Path(os.path.realpath(self._output))
        with suppress(FileNotFoundError):
            self._path.chmod(target.stat().st_mode)
        self._path.replace(target)
        self.discard()

    def close(self) -> None:
        """Leave what is done for a later run."""
        self._file.close()

    def discard(self) -> None:
        """Take away what is left beside the output."""
        self.close()
        for path in (self._path, self._state):
            path.unlink(missing_ok=True)
