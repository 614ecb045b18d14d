"""A conversion that goes on where it was interrupted.

What is done stands in `OUTPUT.partial`, the losses that it cost in `OUTPUT.losses`, the keys of its
records in `OUTPUT.keys`, and in `OUTPUT.state` how much of them is sure: the state is replaced as a
whole after each stretch, so that a process may be killed at any instant. Inputs are told by their
SHA-256.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.errors import ConflictError, InputError
from northbib.exchange.conversion import Count
from northbib.exchange.losses import Loss
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.conversion import Batch
    from northbib.exchange.protocol import Read
    from northbib.exchange.running import Keys

__all__ = ["Partial", "Stand", "sums_of"]

_EVERY = 0.5
"""Seconds of work that an interrupt may cost."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How far a conversion is.

    Attributes:
        parts: How many parts of the input are done.
        size: The length of the output as far as they reach.
        rejected: The length of the file of records set aside.
        losses: The length of the file of losses.
        keys: The length of the file of keys.
        count: What became of the records.
    """

    parts: int = 0
    size: int = 0
    rejected: int = 0
    losses: int = 0
    keys: int = 0
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
        stand: How far it is, by parts that are done; what is written of the next one is not in it.

    Raises:
        ConflictError: Something else was begun here.
    """

    def __init__(self, output: Path, request: Mapping[str, object]) -> None:
        self._output = output
        self._path = output.with_name(f"{output.name}.partial")
        self._state = output.with_name(f"{output.name}.state")
        self._losses = _Lines(output.with_name(f"{output.name}.losses"))
        self._keys = _Lines(output.with_name(f"{output.name}.keys"))
        self._request = dict(request)
        self._saved = time.monotonic()
        self.stand = self._read()
        self._file = _opened(self._path, self.stand.size)
        self._size = self.stand.size
        self._losses.size, self._keys.size = self.stand.losses, self.stand.keys

    def _read(self) -> Stand:
        try:
            known = json.loads(self._state.read_bytes())
            stand = Stand(**{**known["stand"], "count": Count(**known["stand"]["count"])})
            has_all = self._path.stat().st_size >= stand.size
            has_all = has_all and self._losses.has(stand.losses) and self._keys.has(stand.keys)
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
        self._size += len(data)

    def done(self, batch: Batch, rejected: int) -> None:
        """Take a part for done: an interrupt comes before that or behind it, never within.

        Args:
            batch: What became of it; its bytes are written.
            rejected: The length of the file of records set aside.
        """
        count = replace(self.stand.count)
        count.add(batch)
        self.stand = Stand(
            self.stand.parts + 1, self._size, rejected, self._losses.size, self._keys.size, count
        )

    def losses(self) -> Iterator[Loss]:
        """Give the losses of what is done."""
        return (Loss(*known) for known in self._losses)

    def keys(self, given: Keys) -> Keys:
        """Have keys given that what is done has not, and kept for those who go on."""
        given.take(key for known in self._keys for key in known)
        return _KeptKeys(given, self._keys)

    def keep(self, losses: Iterable[Loss]) -> None:
        """Keep losses of what is being done, for those who go on with it."""
        for loss in losses:
            self._losses.add([loss.key, loss.name, loss.how])

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
            for file in filter(None, (self._file, self._losses.file, self._keys.file)):
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
        for file in filter(None, (self._file, self._losses.file, self._keys.file)):
            file.close()

    def discard(self) -> None:
        """Take away what is left beside the output."""
        self.close()
        for path in (self._path, self._state, self._losses.path, self._keys.path):
            path.unlink(missing_ok=True)


class _KeptKeys:
    """Gives keys by something that does, and keeps all that are known of in a file."""

    def __init__(self, keys: Keys, file: _Lines) -> None:
        self._keys = keys
        self._file = file

    def take(self, keys: Iterable[str]) -> None:
        """Know of keys that records have."""
        known = list(keys)
        self._keys.take(known)
        self._file.add(known)

    def give(self, reads: Iterable[Read]) -> list[Read]:
        """Give the records with a key each, and all else as it is; their keys are then known."""
        given = self._keys.give(reads)
        self._file.add([read.key for read in given if isinstance(read, Record)])
        return given


class _Lines:
    """A file of lines of JSON that is only made once there is one.

    Attributes:
        path: The file.
        size: The length of what is sure of it and what was added.
        file: The file once it is open.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = 0
        self.file: BinaryIO | None = None

    def has(self, size: int) -> bool:
        """Tell whether the file is at least that long."""
        try:
            return self.path.stat().st_size >= size
        except FileNotFoundError:
            return not size

    def add(self, value: object) -> None:
        """Add a line."""
        if self.file is None:
            self.file = _opened(self.path, self.size)
        line = json.dumps(value).encode() + b"\n"
        with _written(self.path):
            self.file.write(line)
        self.size += len(line)

    def __iter__(self) -> Iterator[Any]:
        """Read the lines that are sure; none may have been added."""
        if self.size:
            with self.path.open("rb") as file:
                while file.tell() < self.size:
                    yield json.loads(file.readline())


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
