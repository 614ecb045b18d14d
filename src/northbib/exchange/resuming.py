"""A conversion that goes on where it was interrupted.

What is done stands in `OUTPUT.partial`, the losses that it cost in `OUTPUT.losses`, and in
`OUTPUT.state` how much of them is sure: the state is replaced as a whole after each stretch, so
that a process may be killed at any instant. Inputs are told by their SHA-256.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.errors import ConflictError, InputError
from northbib.exchange.conversion import Count
from northbib.exchange.losses import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        losses: The length of the file of losses.
        count: What became of the records.
    """

    parts: int = 0
    size: int = 0
    rejected: int = 0
    losses: int = 0
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
        self._losses_path = output.with_name(f"{output.name}.losses")
        self._request = dict(request)
        self._saved = time.monotonic()
        self.stand = self._read()
        self._file = _opened(self._path, self.stand.size)
        self._losses: BinaryIO | None = None

    def _read(self) -> Stand:
        try:
            known = json.loads(self._state.read_bytes())
            stand = Stand(**{**known["stand"], "count": Count(**known["stand"]["count"])})
            has_all = self._path.stat().st_size >= stand.size
            has_all = has_all and _size(self._losses_path) >= stand.losses
        except (OSError, ValueError, TypeError, KeyError):
            return Stand()
        if known.get("request") != self._request:
            raise ConflictError(
                "what was begun here is another conversion, or its input has changed since",
                where=self._path,
                hint="delete this file to begin anew",
            )
        return stand if has_all else Stand()

    def write(self, data: bytes) -> None:
        """Write some bytes.

        Raises:
            InputError: They cannot be written.
        """
        with _written(self._path):
            self._file.write(data)
        self.stand.size += len(data)

    def losses(self) -> Iterator[Loss]:
        """Give the losses of what is done."""
        if self.stand.losses:
            with self._losses_path.open("rb") as file:
                while file.tell() < self.stand.losses:
                    yield Loss(*json.loads(file.readline()))

    def keep(self, losses: Iterable[Loss]) -> None:
        """Keep losses of what is being done, for those who go on with it."""
        for loss in losses:
            if self._losses is None:
                self._losses = _opened(self._losses_path, self.stand.losses)
            line = json.dumps([loss.key, loss.name, loss.how]).encode() + b"\n"
            with _written(self._losses_path):
                self._losses.write(line)
            self.stand.losses += len(line)

    def save(self, *, at_once: bool = False) -> None:
        """Keep how far it is, now and then; `at_once` before something else may go wrong.

        Raises:
            InputError: That cannot be written; what was kept before stays.
        """
        if not at_once and time.monotonic() - self._saved < _EVERY:
            return
        known = {"request": self._request, "stand": asdict(self.stand)}
        new = self._state.with_name(f"{self._state.name}.new")
        with _written(self._path):
            for file in filter(None, (self._file, self._losses)):
                _secure(file)
            try:
                new.write_text(json.dumps(known))
                new.replace(self._state)
            except OSError:
                new.unlink(missing_ok=True)
                raise
        self._saved = time.monotonic()

    def finish(self) -> None:
        """Put the file in the place of the output.

        Raises:
            InputError: It cannot be written.
        """
        target = Path(os.path.realpath(self._output))
        with _written(self._path):
            _secure(self._file)
            self._file.close()
            with suppress(FileNotFoundError):
                self._path.chmod(target.stat().st_mode)
            self._path.replace(target)
        self.discard()

    def close(self) -> None:
        """Leave what is done for a later run."""
        self._file.close()
        if self._losses is not None:
            self._losses.close()

    def discard(self) -> None:
        """Take away what is left beside the output."""
        self.close()
        for path in (self._path, self._state, self._losses_path):
            path.unlink(missing_ok=True)


def _opened(path: Path, size: int) -> BinaryIO:
    """Open a file to go on with behind what is sure of it."""
    with _written(path):
        file = path.open("r+b" if path.exists() else "w+b")
        file.truncate(size)
        file.seek(size)
    return file


@contextmanager
def _written(path: Path) -> Iterator[None]:
    """Have it said of a file that it cannot be written."""
    try:
        yield
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=path) from error


def _secure(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
