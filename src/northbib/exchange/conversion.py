"""Records into a format, batch by batch, with all that is to be said on the way.

A batch is converted by itself, so that several can be at once and a conversion can go on where it
was interrupted; joined, the batches are the file that `write` of the format's module gives.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from northbib.bibtex import entry_source
from northbib.bibtex.writing import fit_key
from northbib.errors import NorthbibError, UsageError
from northbib.exchange.formats import module_of
from northbib.exchange.losses import Loss, converted, keeps, kept_whole
from northbib.exchange.protocol import Rejected
from northbib.findings import Finding
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from northbib.exchange.formats import Format
    from northbib.exchange.protocol import Module, Native, Read

__all__ = ["Batch", "Conversion", "Count", "Told"]

Told = Finding | Rejected | Loss
"""What is said on the way."""


@dataclass(slots=True)
class Count:
    """How many records went through and how many did not, of faults and of fields that were lost.

    Attributes:
        written: Records that were written.
        rejected: Records that were set aside.
        lost: Fields that were lost.
        faults: Other errors in what was read: a file that breaks off.
    """

    written: int = 0
    rejected: int = 0
    lost: int = 0
    faults: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether all that was there went through."""
        return not (self.rejected or self.faults)

    def add(self, batch: Batch) -> None:
        """Count what became of a batch."""
        self.written += batch.written
        self.rejected += sum(isinstance(told, Rejected) for told in batch.told)
        self.lost += sum(isinstance(told, Loss) and told.how != "note" for told in batch.told)
        self.faults += sum(
            isinstance(told, Finding) and told.severity == "error" for told in batch.told
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some records of a file that have been converted.

    Attributes:
        data: Their bytes.
        between: What stands before them if a record does.
        told: What is to be said about them.
        written: How many there are.
    """

    data: bytes = b""
    between: bytes = b""
    told: tuple[Told, ...] = ()
    written: int = 0


@dataclass(frozen=True)
class Conversion:
    """How records are written.

    Attributes:
        entry: The format.
        profile: The system that it is written for, "" for none.
        explain: Whether to look for losses in a format that keeps nothing in notes, too.
        columns: The columns of a table, empty for all.
        filled: Columns of a reading list that are the same in each line, and their texts.
    """

    entry: Format
    profile: str = ""
    explain: bool = False
    columns: tuple[str, ...] = ()
    filled: tuple[tuple[str, str], ...] = ()

    def __reduce__(self) -> tuple[type[Conversion], tuple[object, ...]]:
        """Send other processes what was asked for, not the modules found for it."""
        return Conversion, (self.entry, self.profile, self.explain, self.columns, self.filled)

    @cached_property
    def module(self) -> Module:
        """The module of the format, the profile of it, or its table with the columns asked for."""
        if self.filled:
            return self._with_filled()
        if self.columns:
            return self._with_columns()
        if not self.profile:
            return module_of(self.entry)
        # Profiles are asked for by few.
        from northbib.exchange.profiles import profile_named  # noqa: PLC0415

        return profile_named(self.profile).module(self.entry)

    def _with_columns(self) -> Module:
        module: Any = module_of(self.entry)
        if self.profile:
            raise UsageError("a profile has its own columns", hint="leave --columns out")
        if not hasattr(module, "with_columns"):
            raise UsageError(f"{self.entry.title} has no columns", hint="write csv or xlsx")
        return cast("Module", module.with_columns(self.columns))

    def _with_filled(self) -> Module:
        module: Any = module_of(self.entry)
        if not hasattr(module, "with_filled"):
            message = f"{self.entry.title} has no columns of lists"
            raise UsageError(message, hint="--fill is for --to leganto")
        return cast("Module", module.with_filled(dict(self.filled)))

    @cached_property
    def _empty(self) -> tuple[bytes, ...]:
        return tuple(self.module.write([]))

    @property
    def frame(self) -> tuple[bytes, bytes]:
        """What stands before all records and behind them."""
        return (self._empty[0], self._empty[1]) if self._is_framed else (b"", b"")

    @property
    def _is_framed(self) -> bool:
        return len(self._empty) == len(("head", "foot"))

    @property
    def is_whole(self) -> bool:
        """Whether a file of the format can only be written at once, and not in batches."""
        return getattr(self.module, "IS_WHOLE", False) or bool(self._empty and not self._is_framed)

    def batch(self, reads: Iterable[Read]) -> Batch:
        """Convert some records.

        Args:
            reads: The records, and what was found in place of some.
        """
        told: list[Told] = []
        pairs = list(self._pairs(reads, told))
        try:
            data, between = self._joined(pairs)
        except NorthbibError:
            pairs = [pair for pair in pairs if self._can_be_written(pair, told)]
            data, between = self._joined(pairs)
        return Batch(data, between, tuple(told), len(pairs))

    def whole(self, reads: Iterable[Read], done: Callable[[Batch], None]) -> Iterator[bytes]:
        """Convert all records, for a format whose files are written at once.

        Args:
            reads: The records, and what was found in place of some.
            done: Is called with what is to be said of each.
        """

        def natives() -> Iterator[Native]:
            for read in reads:
                told: list[Told] = []
                pairs = list(self._pairs([read], told))
                done(Batch(told=tuple(told), written=len(pairs)))
                yield from (native for _, native in pairs)

        return self.module.write(natives())

    def file(self, reads: Iterable[Read]) -> tuple[bytes, tuple[Told, ...], Count]:
        """Convert all records, and give the file, what is to be said, and what became of them."""
        batches: list[Batch] = []
        if self.is_whole:
            data = b"".join(self.whole(reads, batches.append))
        else:
            batches.append(self.batch(reads))
            head, foot = self.frame
            data = head + batches[0].data + foot
        count = Count()
        for batch in batches:
            count.add(batch)
        return data, tuple(told for batch in batches for told in batch.told), count

    def _pairs(self, reads: Iterable[Read], told: list[Told]) -> Iterator[tuple[Record, Native]]:
        """Give records with their parts; those that the format cannot hold at all are told."""
        for read in reads:
            if not isinstance(read, Record):
                told.append(read)
                continue
            try:
                native = self._native(read, told)
            except NorthbibError as error:
                told.append(_refused(read, error))
                continue
            yield read, native

    def _native(self, record: Record, told: list[Told]) -> Native:
        if self.explain:
            result = converted(record, self.module)
            told += result.losses
            return result.native
        module = self.module
        return kept_whole(record, module) if keeps(module) else module.encode(record)

    def _can_be_written(self, pair: tuple[Record, Native], told: list[Told]) -> bool:
        record, native = pair
        try:
            for _ in self.module.write([native]):
                pass
        except NorthbibError as error:
            told.append(_refused(record, error))
            return False
        return True

    def _joined(self, pairs: list[tuple[Record, Native]]) -> tuple[bytes, bytes]:
        """Give the bytes of records without the frame of the file, and what parts two of them."""
        if not pairs:
            return b"", b""
        natives = [native for _, native in pairs]
        pieces = list(self.module.write([natives[0], *natives]))
        if self._is_framed:
            pieces = pieces[1:-1]
        # The first one stands there twice, once with what parts two records before it.
        first = pieces.pop(0)
        between = pieces[0][: len(pieces[0]) - len(first)]
        return b"".join(pieces).removeprefix(between), between


def _refused(record: Record, error: NorthbibError) -> Rejected:
    # BibLaTeX holds all of a record, but not every key.
    key = fit_key(record.key) or "record"
    finding = Finding(
        code="not-written",
        severity="error",
        message=f"{record.key} was not written: {error.message}",
        key=record.key,
        fix=error.hint,
    )
    return Rejected(finding, entry_source(record.replace(key=key)).encode())
