"""The places of a merged sequence, and what stands between two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["BASE", "OURS", "THEIRS", "Gaps", "Identity", "Places", "Slot"]

BASE, OURS, THEIRS = 0, 1, 2
"""The three versions, as places in a tuple."""

Identity = str | bytes
"""The name of a unit; or, of one without a name, its bytes."""

Places = tuple[int | None, int | None, int | None]
"""Where a unit stands in each version."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place of a merged sequence.

    Attributes:
        first: Where the unit that stands here stands in each version; for a clash, where the first
            unit of each side does.
        last: The same for the last unit.
        clash: The units without a name of ours and of theirs that are in conflict here.
    """

    first: Places
    last: Places
    clash: tuple[Sequence[int], Sequence[int]] | None = None

    @classmethod
    def of(cls, base: int | None, ours: int | None, theirs: int | None) -> Slot:
        """Give the slot of one unit."""
        places = base, ours, theirs
        return cls(places, places)

    @classmethod
    def clashing(cls, ours: Sequence[int], theirs: Sequence[int]) -> Slot:
        """Give the slot of a conflict, where one side may have nothing."""
        first, other_first = (next(iter(side), None) for side in (ours, theirs))
        last, other_last = (next(reversed(side), None) for side in (ours, theirs))
        return cls((None, first, other_first), (None, last, other_last), (ours, theirs))


@dataclass(frozen=True, slots=True)
class Gaps:
    """What stands between the units of three versions.

    Attributes:
        versions: For each version the gap before each unit, and the one behind the last.
        fits: Whether a gap can stand between two units that were not neighbours.
        default: What stands there if no other gap does.
    """

    versions: tuple[Sequence[bytes], Sequence[bytes], Sequence[bytes]]
    fits: Callable[[bytes], bool]
    default: bytes

    def between(self, before: Slot, after: Slot) -> bytes:
        """Give what stands between two slots of the merged sequence."""
        base, ours, theirs = (self._gap(version, before, after) for version in range(3))
        if ours is not None and theirs is not None:
            return theirs if ours == base else ours
        if ours is not None or theirs is not None:
            return ours or theirs or b""
        return next(self._candidates(before, after), self.default)

    def _gap(self, version: int, before: Slot, after: Slot) -> bytes | None:
        one, other = before.last[version], after.first[version]
        if one is None or other is None or one + 1 != other:
            return None
        return self.versions[version][other]

    def _candidates(self, before: Slot, after: Slot) -> Iterator[bytes]:
        """Give what stands before the second slot or behind the first in ours and theirs."""
        if after.first == tuple(len(gaps) - 1 for gaps in self.versions):
            yield self.versions[OURS][-1]
            return
        if before.last == (-1, -1, -1):
            yield from (gaps[0] for gaps in self.versions[OURS:] if len(gaps) > 1)
        for version in (THEIRS, OURS):
            gaps, at = self.versions[version], after.first[version]
            if at is not None and self.fits(gaps[at]):
                yield gaps[at]
        for version in (THEIRS, OURS):
            gaps, at = self.versions[version], before.last[version]
            if at is not None and at + 2 < len(gaps) and self.fits(gaps[at + 1]):
                yield gaps[at + 1]
