"""Where a cite stands: first, subsequent, ibid, near another note.

Source: CSL 1.0.2, "Choose" (position), "Note Distance".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.csl.native.context import Cite
    from northbib.csl.native.tokens import Tokens

__all__ = ["Cluster", "Positions"]


class Cluster:
    """A citation: one or more cites in one place.

    Attributes:
        id: A name for the place.
        cites: What is cited.
        note: Number of the note it stands in, 0 for the text.
        tokens: What was rendered last, flattened; None if nothing was yet.
        seen: The positions that `tokens` was rendered with.
    """

    __slots__ = ("cites", "id", "note", "seen", "tokens")

    def __init__(self, id_: str, cites: list[Cite], note: int = 0) -> None:
        self.id = id_
        self.cites = cites
        self.note = note
        self.tokens: Tokens | None = None
        self.seen: object = None

    def positions(self) -> object:
        """Give the positions of its cites, to tell when they have changed."""
        return [(cite.position, cite.near, cite.first_note) for cite in self.cites]


class Positions:
    """Sets the positions of cites, one cluster of the document after the other.

    Args:
        distance: How many notes apart a cite is still near.
    """

    __slots__ = ("_before", "_distance", "_first_note", "_last_note")

    def __init__(self, distance: int) -> None:
        self._distance = distance
        self._first_note: dict[str, int] = {}
        self._last_note: dict[str, int] = {}
        self._before: list[Cluster] = []

    def place(self, cluster: Cluster) -> None:
        """Set the positions of the cites of the next cluster."""
        previous: Cite | None = None
        for cite in cluster.cites:
            if cite.id in self._first_note:
                prior = previous
                before = self._before
                if prior is None and before and _refers_alone(before, cluster, cite.id):
                    prior = before[-1].cites[-1]
                self._repeat(cite, prior, cluster.note)
            else:
                cite.position = "first"
                cite.near = False
                cite.first_note = 0
                self._first_note[cite.id] = cluster.note
            self._last_note[cite.id] = cluster.note
            previous = cite
        if self._before and self._before[-1].note == cluster.note and cluster.note:
            self._before.append(cluster)
        else:
            self._before = [cluster]

    def _repeat(self, cite: Cite, prior: Cite | None, note: int) -> None:
        cite.position = _repeated(cite, prior)
        cite.near = bool(note) and note - self._last_note[cite.id] <= self._distance
        cite.first_note = self._first_note[cite.id]


def _refers_alone(before: list[Cluster], cluster: Cluster, id_: str) -> bool:
    """Tell whether what comes before is a single cite of a work: a cluster, or a whole note."""
    same_note = before[-1].note == cluster.note
    clusters = before[-1:] if same_note else before
    return [cite.id for other in clusters for cite in other.cites] == [id_]


def _repeated(cite: Cite, prior: Cite | None) -> str:
    """Give the position of a cite of a work cited before."""
    if prior is None or prior.id != cite.id:
        return "subsequent"
    if prior.locator:
        if not cite.locator:
            return "subsequent"
        same = prior.locator == cite.locator and prior.label == cite.label
        return "ibid" if same else "ibid-with-locator"
    return "ibid-with-locator" if cite.locator else "ibid"
