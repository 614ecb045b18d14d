"""From one format to another, in batches, with all that is to be said on the way.

A batch is converted by itself, so that several can be at once and a conversion can go on where it
was interrupted; joined, the batches are the file that `write` of the format's module gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from northbib.errors import NorthbibError
from northbib.exchange.losses import Loss, converted, keeps
from northbib.exchange.protocol import Rejected
from northbib.findings import Finding
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from northbib.exchange.protocol import Module, Native, Read

__all__ = ["Batch", "Conversion", "Count", "Part", "Reads", "Told", "batches", "conversion"]

Told = Finding | Rejected | Loss
"""What is said on the way."""

Keyed = "Callable[[Iterable[Read]], Iterable[Read]]"

_AT_ONCE = 500
"""Records of a batch, where the format does not cut files by itself."""


class Part(Protocol):
    """Some records of a file that stand one behind the other."""

    def read(self) -> Iterable[Read]:
        """Give the records, and what was found in place of some."""
        ...


@dataclass(frozen=True, slots=True)
class Reads:
    """A part whose records have been read already."""

    found: tuple[Read, ...]

    def read(self) -> Iterable[Read]:
        """Give the records, and what was found in place of some."""
        return self.found


@dataclass(slots=True)
class Count:
    """How many records went through, how many did not, and how many fields were lost."""

    written: int = 0
    rejected: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of a file that has been converted.

    Attributes:
        data: Its bytes.
        told: What is to be said about it.
        written: How many records it has.
    """

    data: bytes = b""
    told: tuple[Told, ...] = ()
    written: int = 0

    def add_to(self, count: Count) -> None:
        """Count what became of the batch."""
        count.written += self.written
        count.rejected += sum(isinstance(told, Rejected) for told in self.told)
        count.lost += sum(isinstance(told, Loss) and told.how != "note" for told in self.told)


@dataclass(frozen=True)
class Conversion:
    """How records are written.

    Attributes:
        module: The module of the format, or a profile of it.
        explain: Whether to look for losses in a format that keeps nothing in notes, too.
    """

    module: Module
    explain: bool = False

    @cached_property
    def frame(self) -> tuple[bytes, bytes]:
        """What stands before all records and behind them."""
        pieces = list(self.module.write([]))
        return (pieces[0], pieces[-1]) if len(pieces) > 1 else (b"", b"")

    @property
    def is_in_one(self) -> bool:
        """Whether a file of the format cannot be put together from batches."""
        return bool(getattr(self.module, "WHOLE", False))

    def batch(self, reads: Iterable[Read], *, is_first: bool) -> Batch:
        """Convert some records.

        Args:
            reads: The records, and what was found in place of some.
            is_first: Whether no record was written before them.
        """
        told: list[Told] = []
        natives: list[tuple[Record, Native]] = []
        for read in reads:
            if isinstance(read, Record):
                natives += self._natives(read, told)
            else:
                told.append(read)
        try:
            data = self._joined([native for _, native in natives], is_first=is_first)
        except NorthbibError:
            natives = [pair for pair in natives if self._can_be_written(*pair, told)]
            data = self._joined([native for _, native in natives], is_first=is_first)
        return Batch(data, tuple(told), len(natives))

    def whole(self, reads: Iterable[Read], tell: Callable[[Batch], None]) -> Iterator[bytes]:
        """Convert all records at once, for a format that is not put together from batches."""

        def natives() -> Iterator[Native]:
            for read in reads:
                told: list[Told] = [] if isinstance(read, Record) else [read]
                pairs = self._natives(read, told) if isinstance(read, Record) else []
                tell(Batch(b"", tuple(told), len(pairs)))
                yield from (native for _, native in pairs)

        return self.module.write(natives())

    def _natives(self, record: Record, told: list[Told]) -> list[tuple[Record, Native]]:
        """Give the parts of a record; nothing if the format cannot hold it at all."""
        try:
            if not (self.explain or keeps(self.module)):
                return [(record, self.module.encode(record))]
            result = converted(record, self.module)
        except NorthbibError as error:
            told.append(_refused(record, error))
            return []
        if self.explain:
            told += result.losses
        return [(record, result.native)]

    def _can_be_written(self, record: Record, native: Native, told: list[Told]) -> bool:
        try:
            for _ in self.module.write([native]):
                pass
        except NorthbibError as error:
            told.append(_refused(record, error))
            return False
        return True

    def _joined(self, natives: list[Native], *, is_first: bool) -> bytes:
        """Write records as they stand in the middle of a file, or after its head."""
        if not natives:
            return b""
        framed = self.frame != (b"", b"") or len(list(self.module.write([]))) > 1
        # What stands between two records is written with the second: the first one stands in.
        pieces = list(self.module.write(natives if is_first else [natives[0], *natives]))
        start = (0 if is_first else 1) + (1 if framed else 0)
        return b"".join(pieces[start : len(pieces) - (1 if framed else 0)])


def _refused(record: Record, error: NorthbibError) -> Rejected:
    # BibLaTeX holds all of a record; what it cannot say is its key.
    source = ""
    return Rejected(Finding("not-written", "error", error.message), source.encode())


def batches(reads: Iterable[Read]) -> Iterator[Reads]:
    """Put what is read from a file into parts."""
    source = iter(reads)
    while found := tuple(islice(source, _AT_ONCE)):
        yield Reads(found)
