"""Going through large files: part by part, in one process or in several, in their order."""

from __future__ import annotations

import gc
import os
import signal
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from northbib.exchange.converting import read_stream
from northbib.exchange.formats import module_of
from northbib.exchange.protocol import AT_ONCE
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.conversion import Batch, Conversion
    from northbib.exchange.formats import Format
    from northbib.exchange.protocol import Read

__all__ = ["Keys", "Part", "Reads", "parts_of", "run", "skip"]

_AHEAD = 2
"""Parts for each process that are read before they are asked for."""


class Part(Protocol):
    """Some records of a file that stand one behind the other."""

    def read(self) -> Iterable[Read]:
        """Give the records, and what was found in place of some."""
        ...


class Keys(Protocol):
    """Gives keys to records that have none."""

    def take(self, keys: Iterable[str]) -> None:
        """Know of keys that records have."""
        ...

    def give(self, reads: Iterable[Read]) -> list[Read]:
        """Give the records with a key each, and all else as it is; their keys are then known."""
        ...


@dataclass(frozen=True, slots=True)
class Reads:
    """A part that has been read already."""

    found: tuple[Read, ...]

    def read(self) -> Iterable[Read]:
        """Give the records, and what was found in place of some."""
        return self.found


def parts_of(source: BinaryIO, name: str, entry: Format) -> Iterator[Part]:
    """Cut a file into parts.

    Args:
        source: Its bytes.
        name: Its path as the user gave it.
        entry: Its format.

    Raises:
        UsageError: The format is only written.
        InputError: It is not of that format at all.
    """
    cut = getattr(module_of(entry), "parts", None)
    if cut is not None:
        yield from cut(source, name)
        return
    reads = read_stream(source, name, entry)
    while found := _next(reads):
        yield Reads(found)


def _next(reads: Iterator[Read]) -> tuple[Read, ...]:
    with _uncollected():
        return tuple(islice(reads, AT_ONCE))


def skip(parts: Iterator[Part], count: int) -> None:
    """Pass over parts that are done with."""
    for _ in islice(parts, count):
        pass


def run(
    parts: Iterable[Part], conversion: Conversion, keys: Keys, jobs: int = 1
) -> Iterator[Batch]:
    """Convert parts, and give a batch for each in their order.

    Args:
        parts: The parts.
        conversion: How.
        keys: Gives keys to those that have none.
        jobs: The number of processes.
    """
    tried = _in_processes(parts, conversion, jobs) if jobs > 1 else _one_by_one(parts, conversion)
    for each in tried:
        if each.batch is None:
            yield conversion.batch(keys.give(each.reads))
        else:
            keys.take(each.keys)
            yield each.batch


@dataclass(frozen=True, slots=True)
class _Tried:
    """A part that was converted; its records instead, if some of them have no key."""

    batch: Batch | None
    keys: Sequence[str]
    reads: Sequence[Read] = ()


def _tried(part: Part, conversion: Conversion) -> _Tried:
    with _uncollected():
        reads = list(part.read())
        keys = [read.key for read in reads if isinstance(read, Record)]
        if all(keys):
            return _Tried(conversion.batch(reads), keys)
    return _Tried(None, (), reads)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let Python look for circles after a part and not within, which takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _one_by_one(parts: Iterable[Part], conversion: Conversion) -> Iterator[_Tried]:
    source = iter(parts)
    while True:
        # Read and converted without a look between, when all of the part would be looked at.
        with _uncollected():
            part = next(source, None)
            if part is None:
                return
            tried = _tried(part, conversion)
            del part
        yield tried


def _in_processes(parts: Iterable[Part], conversion: Conversion, jobs: int) -> Iterator[_Tried]:
    # What makes processes takes longer to load than a small file to convert.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from multiprocessing import get_all_start_methods, get_context  # noqa: PLC0415

    source = iter(parts)
    # A process that shows progress has a thread, and may not be forked.
    method = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(jobs, get_context(method), initializer=_begin)
    try:
        waiting = deque(pool.submit(_tried, part, conversion) for part in islice(source, jobs))
        while waiting:
            waiting.extend(
                pool.submit(_tried, part, conversion)
                for part in islice(source, max(jobs * _AHEAD - len(waiting), 0) or 1)
            )
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    # The process that was interrupted ends the others; if it is killed, they end by themselves.
    from threading import Thread  # noqa: PLC0415

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process  # noqa: PLC0415

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
