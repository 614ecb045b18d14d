"""Citation keys for records that come without one from formats which have none."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, TypeVar

from northbib.library.keys.pattern import DEFAULT, Pattern
from northbib.library.keys.unique import free_key
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Keyed"]

T = TypeVar("T")


class Keyed:
    """Gives records a key each: their own, or one by the default pattern that none has had.

    Of a key that was had, eight bytes are kept; only once a record has none, more is needed.
    """

    def __init__(self) -> None:
        self._pattern = Pattern.parse(DEFAULT)
        self._sums = array("q")
        self._taken: set[int] | None = None
        self._repeated = 0

    @property
    def repeated(self) -> int:
        """How often a key was there that had been there before, whatever its case."""
        self._look_up()
        return self._repeated

    def take(self, keys: Iterable[str]) -> None:
        """Know of keys that records have."""
        sums = (hash(key.lower()) for key in keys)
        if self._taken is None:
            self._sums.extend(sums)
        else:
            for each in sums:
                self._repeated += each in self._taken
                self._taken.add(each)

    def give(self, reads: Iterable[T]) -> list[T]:
        """Give the records with a key each, and all else as it is; their keys are then known."""
        return [self._given(read) if isinstance(read, Record) else read for read in reads]  # type: ignore[misc]

    def _given(self, record: Record) -> Record:
        given = record if record.key else record.replace(key=self._new(record))
        self.take([given.key])
        return given

    def _look_up(self) -> set[int]:
        """Give what is known of the keys, so that one can be looked up."""
        if self._taken is None:
            self._taken = set(self._sums)
            self._repeated = len(self._sums) - len(self._taken)
            self._sums = array("q")
        return self._taken

    def _new(self, record: Record) -> str:
        taken = self._look_up()
        return free_key(record, self._pattern, lambda key: hash(key) in taken)
