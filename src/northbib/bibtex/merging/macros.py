"""A macro stands before what uses it, also where one side has put the file into another order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.merging.slots import OURS, THEIRS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.bibtex.merging.parts import Unit
    from northbib.bibtex.merging.slots import Identity, Slot

__all__ = ["macros_first"]


def macros_first(
    slots: Sequence[Slot],
    versions: Sequence[Sequence[Unit]],
    base: Mapping[Identity, Unit],
) -> list[Slot]:
    """Move macros up to where they stand before all that a side has added or changed behind them.

    Args:
        slots: A merged sequence.
        versions: The units of base, ours and theirs.
        base: The units of base by their names.
    """
    moves: dict[int, int] = {}
    for version in (OURS, THEIRS):
        numbers = {slot.first[version]: number for number, slot in enumerate(slots)}
        first = len(slots)
        for at in reversed(range(len(versions[version]))):
            unit, number = versions[version][at], numbers.get(at)
            if number is None:
                continue
            if unit.kind == "string" and number > first:
                moves[number] = min(first, moves.get(number, first))
            old = base.get(unit.identity)
            if unit.kind != "text" and (old is None or old.body != unit.body):
                first = min(first, moves.get(number, number))
    if not moves:
        return list(slots)
    # What is moved before a slot stands there in the order that it had.
    order = sorted(range(len(slots)), key=lambda n: (moves.get(n, n), n not in moves, n))
    return [slots[number] for number in order]
