"""Putting units of one side beside the neighbours that they have there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.merging.slots import BASE, OURS, THEIRS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.bibtex.merging.slots import Slot

__all__ = ["place"]


def place(slots: Sequence[Slot], version: int, missing: Mapping[int, Slot]) -> list[Slot]:
    """Put units of a side into a merged sequence.

    Each comes behind the nearest unit before it that is there too, and what the other side has
    added there; or before the one behind it, where that is nearer.

    Args:
        slots: The sequence with its two ends.
        version: The side.
        missing: The slots of the units by their places on that side, in the order of these.
    """
    if not missing:
        return list(slots)
    behind: dict[int, list[Slot]] = {}
    for number, slot in _seats(slots, version, missing):
        behind.setdefault(number, []).append(slot)
    return [each for number, slot in enumerate(slots) for each in (slot, *behind.get(number, ()))]


def _seats(
    slots: Sequence[Slot], version: int, missing: Mapping[int, Slot]
) -> Iterator[tuple[int, Slot]]:
    """Give with each unit the number of the slot that it comes behind."""
    known = _known(slots, version)
    places = sorted(known)
    beyond = _beyond(slots, OURS if version == THEIRS else THEIRS)
    start, end = places[0], places[-1]
    number = 0
    before, seat = start, beyond[0]
    for at, slot in missing.items():
        while places[number + 1] < at:
            number += 1
            before, seat = places[number], beyond[known[places[number]]]
        after = places[number + 1]
        is_first = before == start and after != end
        if is_first or after - at < at - before:
            seat = known[after] - 1
        before = at
        yield seat, slot


def _known(slots: Sequence[Slot], version: int) -> dict[int, int]:
    """Give the numbers of the slots by the places that they have on a side."""
    known: dict[int, int] = {}
    for number, slot in enumerate(slots):
        for at in (slot.first[version], slot.last[version]):
            if at is not None:
                known[at] = number
    return known


def _beyond(slots: Sequence[Slot], version: int) -> list[int]:
    """Give for each slot the last one behind it that has, like all between, been added by a side.

    That is the slot itself if there is none.
    """
    beyond = list(range(len(slots)))
    for number in reversed(range(len(slots) - 1)):
        if _is_added(slots[number + 1], version):
            beyond[number] = beyond[number + 1]
    return beyond


def _is_added(slot: Slot, version: int) -> bool:
    other = OURS if version == THEIRS else THEIRS
    return slot.first[version] is not None and slot.first[BASE] is slot.first[other] is None
