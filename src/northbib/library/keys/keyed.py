"""Citation keys for records that come without one from formats which have none."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from northbib.library.keys.pattern import DEFAULT, Pattern
from northbib.library.keys.unique import free_key
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["keyed"]

T = TypeVar("T")


def keyed(reads: Iterable[T]) -> Iterator[T]:
    """Give records with a key each: their own, or one by the default pattern that none has had.

    What is no record is passed on as it is.
    """
    taken: set[str] = set()
    pattern = Pattern.parse(DEFAULT)
    for read in reads:
        if isinstance(read, Record):
            key = read.key or free_key(read, pattern, taken.__contains__)
            record = read if read.key else read.replace(key=key)
            taken.add(record.key.lower())
            yield record  # type: ignore[misc]
        else:
            yield read
