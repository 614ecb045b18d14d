"""What a change puts in the place of what, entry by entry, so that it can be found and taken back.

The splices of a document say which bytes change. A patch has besides what stood there and what
stands around it, and covers whole entries: so it can be made, or taken back, where the file has
changed meanwhile (`northbib.library.changes.redoing`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.bibtex.edits import Splice, applied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex import Document

__all__ = ["Patch", "backwards", "patched", "patches", "with_context"]

_CONTEXT = 200


@dataclass(frozen=True, slots=True)
class Patch:
    """Bytes that take the place of others; whole entries, with or without what is between them.

    Attributes:
        start: The first byte in the file as it was, counted from 0.
        old: What stood there.
        new: What stands there then.
        lead: What stands right before it, so that the place is found again; at most 200 bytes.
        trail: What stands right behind it.
    """

    start: int
    old: bytes
    new: bytes
    lead: bytes = b""
    trail: bytes = b""

    @property
    def end(self) -> int:
        """The byte after its last in the file as it was."""
        return self.start + len(self.old)

    @property
    def splice(self) -> Splice:
        """The same without what stood there."""
        return Splice(self.start, len(self.old), self.new)


def patched(data: bytes, changes: Sequence[Patch]) -> bytes:
    """Give a file with patches in it, which are in order and do not overlap."""
    return applied(data, [patch.splice for patch in changes])


def patches(document: Document) -> tuple[Patch, ...]:
    """Give what was changed in a document since it was parsed, by whole entries."""
    data, splices = document.data, document.splices
    changed = [(splice.start, splice.start + splice.old_length) for splice in splices]
    found = []
    rest = list(reversed(splices))
    for start, end in _united([*document.altered, *changed]):
        inside = []
        while rest and rest[-1].start + rest[-1].old_length <= end:
            splice = rest.pop()
            inside.append(splice._replace(start=splice.start - start))
        old = data[start:end]
        found.append(Patch(start, old, applied(old, inside)))
    return with_context(data, [patch for patch in found if patch.old != patch.new])


def _united(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put spans in order, and those that touch or overlap into one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def with_context(data: bytes, changes: Sequence[Patch]) -> tuple[Patch, ...]:
    """Give patches of a file with what stands around them and stays as it is."""
    starts = [*(patch.start for patch in changes[1:]), len(data)]
    found = []
    stays = 0
    for patch, following in zip(changes, starts, strict=False):
        lead = data[max(patch.start - _CONTEXT, stays) : patch.start]
        trail = data[patch.end : min(patch.end + _CONTEXT, following)]
        found.append(replace(patch, lead=lead, trail=trail))
        stays = patch.end
    return tuple(found)


def backwards(changes: Sequence[Patch]) -> tuple[Patch, ...]:
    """Give what takes patches back, in the places of the file as it is after them."""
    found = []
    shift = 0
    for patch in changes:
        found.append(replace(patch, start=patch.start + shift, old=patch.new, new=patch.old))
        shift += len(patch.new) - len(patch.old)
    return tuple(found)
