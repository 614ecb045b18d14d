"""Three-way merges of sequences: which units are there, and in what order.

The order is that of ours, but where only theirs has changed it. What theirs has added stands behind
the same neighbour as there. Units with a name (`str`) are never in conflict with their neighbours:
only where both sides have changed the same stretch of those without a name (`bytes`), the two
stretches are kept side by side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.merging.lines import shared_ends
from northbib.bibtex.merging.matching import chunks
from northbib.bibtex.merging.placing import place
from northbib.bibtex.merging.slots import OURS, THEIRS, Slot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from northbib.bibtex.merging.matching import Chunk
    from northbib.bibtex.merging.slots import Identity

__all__ = ["Versions", "merged_order"]

Versions = tuple["Sequence[Identity]", "Sequence[Identity]", "Sequence[Identity]"]
"""The sequence in base, ours and theirs."""


def merged_order(versions: Versions, wanted: Collection[str]) -> list[Slot]:
    """Merge the order of three versions of a sequence.

    Args:
        versions: Base, ours and theirs; a name stands in each once at most.
        wanted: The names that are to be in the result, each of which ours or theirs has.

    Returns:
        The result with its two ends, which stand before the first place and behind the last.
    """
    merger = _Merger(versions)
    slots = [Slot.of(-1, -1, -1), *merger.kept(wanted), Slot.of(*map(len, versions))]
    there = {name for slot in slots if (name := merger.name(slot)) is not None}
    for version in (OURS, THEIRS):
        missing = {
            at: merger.named(name)
            for name, at in merger.places[version].items()
            if name in wanted and name not in there
        }
        there |= {name for slot in missing.values() if (name := merger.name(slot)) is not None}
        slots = place(slots, version, missing)
    return slots


class _Run(NamedTuple):
    """The slots of a stretch, and whether they are those of ours."""

    slots: Iterable[Slot]
    is_ours: bool


class _Merger:
    """Merges the order of three versions, stretch by stretch.

    Attributes:
        versions: Base, ours and theirs.
        places: Where each name stands, in each version.
    """

    def __init__(self, versions: Versions) -> None:
        self.versions = versions
        self.places = [
            {name: at for at, name in enumerate(version) if isinstance(name, str)}
            for version in versions
        ]

    def kept(self, wanted: Collection[str]) -> Iterator[Slot]:
        """Give the result without what is not to be seen in its stretch."""
        runs = [self._run(chunk) for chunk in chunks(*self.versions)]
        runs = [run._replace(slots=list(run.slots)) for run in runs]
        # A name that both sides have moved stands where ours has it.
        in_ours = {self.name(slot) for run in runs if run.is_ours for slot in run.slots}
        for run in runs:
            for slot in run.slots:
                name = self.name(slot)
                if name is None or (name in wanted and (run.is_ours or name not in in_ours)):
                    yield slot

    def name(self, slot: Slot) -> str | None:
        """Give the name of what stands in a slot, None if it has none."""
        version = OURS if slot.first[OURS] is not None else THEIRS
        at, sequence = slot.first[version], self.versions[version]
        if slot.clash is not None or at is None or not 0 <= at < len(sequence):
            return None
        name = sequence[at]
        return name if isinstance(name, str) else None

    def named(self, name: str) -> Slot:
        """Give the slot of a name, with its place in each version."""
        base, ours, theirs = (places.get(name) for places in self.places)
        return Slot.of(base, ours, theirs)

    def _run(self, chunk: Chunk) -> _Run:
        base, ours, theirs = self.versions
        old, one, other = base[chunk.base], ours[chunk.ours], theirs[chunk.theirs]
        if chunk.is_common:
            slot = Slot.of(chunk.base.start, chunk.ours.start, chunk.theirs.start)
            return _Run([slot], is_ours=True)
        if one == other:
            return _Run(map(self._slot, _range(chunk.ours), _range(chunk.theirs)), is_ours=True)
        old_text, text, other_text = _unnamed(old), _unnamed(one), _unnamed(other)
        if other == old or (one != old and other_text in (old_text, text)):
            return self._of_ours(chunk)
        if one == old or text == old_text:
            return self._of_theirs(chunk)
        return _Run(self._clashing(chunk), is_ours=True)

    def _of_ours(self, chunk: Chunk) -> _Run:
        return _Run([self._slot(at, None) for at in _range(chunk.ours)], is_ours=True)

    def _of_theirs(self, chunk: Chunk) -> _Run:
        return _Run([self._slot(None, at) for at in _range(chunk.theirs)], is_ours=False)

    def _slot(self, ours: int | None, theirs: int | None) -> Slot:
        unit = self.versions[OURS][ours] if ours is not None else None
        unit = self.versions[THEIRS][theirs] if theirs is not None else unit
        return self.named(unit) if isinstance(unit, str) else Slot.of(None, ours, theirs)

    def _clashing(self, chunk: Chunk) -> Iterator[Slot]:
        """Give ours, with that of theirs beside it which has no name."""
        _, ours, theirs = self.versions
        texts = [at for at in _range(chunk.ours) if isinstance(ours[at], bytes)]
        others = [at for at in _range(chunk.theirs) if isinstance(theirs[at], bytes)]
        head, tail = shared_ends([ours[at] for at in texts], [theirs[at] for at in others])
        sides = texts[head : len(texts) - tail], others[head : len(others) - tail]
        shared = dict(zip(texts[:head], others[:head], strict=True))
        shared |= dict(zip(texts[len(texts) - tail :], others[len(others) - tail :], strict=True))
        clash = Slot.clashing(*sides)
        first = next(iter(texts[head:]), chunk.ours.stop)
        inside = set(sides[0])
        for at in _range(chunk.ours):
            if at == first:
                yield clash
            if at not in inside:
                yield self._slot(at, shared.get(at))
        if first == chunk.ours.stop:
            yield clash


def _range(stretch: slice) -> range:
    return range(stretch.start, stretch.stop)


def _unnamed(units: Sequence[Identity]) -> list[Identity]:
    return [unit for unit in units if isinstance(unit, bytes)]
