"""From one format to another, record by record, with all that is to be said on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.exchange.formats import module_of
from northbib.exchange.losses import Loss, converted, keeps
from northbib.exchange.protocol import Rejected
from northbib.findings import Finding
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from northbib.exchange.formats import Format
    from northbib.exchange.protocol import Native, Read

__all__ = ["Count", "Told", "conversion"]

Told = Finding | Rejected | Loss
"""What is said on the way."""


@dataclass(slots=True)
class Count:
    """How many records went through, and how many did not."""

    written: int = 0
    rejected: int = 0


def conversion(
    reads: Iterable[Read], entry: Format, tell: Callable[[Told], None], *, explain: bool = False
) -> tuple[Iterator[bytes], Count]:
    """Convert what was read into a format, in memory that does not grow with it.

    Args:
        reads: Records, and what was found in place of some.
        entry: The format to write.
        tell: Called with each finding, each record that was rejected and, to explain, each loss.
        explain: Whether to look for losses in a format that keeps nothing in notes, too.

    Returns:
        The pieces of the file, and a count that is right when the last of them has been taken.
    """
    module = module_of(entry)
    count = Count()
    looks = explain or keeps(module)

    def native(record: Record) -> Native:
        if not looks:
            return module.encode(record)
        result = converted(record, module)
        if explain:
            for loss in result.losses:
                tell(loss)
        return result.native

    def natives() -> Iterator[Native]:
        for found in reads:
            if isinstance(found, Record):
                count.written += 1
                yield native(found)
            else:
                count.rejected += isinstance(found, Rejected)
                tell(found)

    return module.write(natives()), count
