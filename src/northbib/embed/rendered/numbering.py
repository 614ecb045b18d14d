"""The order in which citations are read, and the numbers of the notes that they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.citations.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.embed.citations import Cluster, Note

__all__ = ["Place", "placed"]


@dataclass(frozen=True, slots=True)
class Place:
    """A citation, and where it is read.

    Attributes:
        cluster: The citation.
        note: The number of the note that it stands in, 0 for the text.
        own_note: Whether that note is made for it.
    """

    cluster: Cluster
    note: int
    own_note: bool


@dataclass(frozen=True, slots=True)
class _Stop:
    """A citation, or a reference to a note, in the order of reading."""

    order: tuple[int, int]
    cluster: Cluster | None
    note: Note | None


def placed(clusters: Iterable[Cluster], notes: Sequence[Note], *, in_notes: bool) -> list[Place]:
    """Give citations in the order in which they are read.

    A citation in a note of the author's is read where the note is referred to. Notes are counted
    where their numbers stand, the author's and those that are made for citations.

    Args:
        clusters: The citations.
        notes: The author's own notes.
        in_notes: Whether the style cites in notes.
    """
    spans = Spans((note.start, note.end) for note in notes)
    note_at = {note.start: note for note in notes}
    stops = [_Stop((note.at, -1), None, note) for note in notes if note.at is not None]
    for cluster in clusters:
        if cluster.form != "uncited":
            span = spans.holding(cluster.start)
            note = note_at[span[0]] if span else None
            at = cluster.start if note is None or note.at is None else note.at
            stops.append(_Stop((at, cluster.start), cluster, note))
    return list(_numbered(stops, in_notes=in_notes))


def _numbered(stops: list[_Stop], *, in_notes: bool) -> Iterator[Place]:
    numbers: dict[int, int] = {}
    count = 0
    for stop in sorted(stops, key=lambda each: each.order):
        if stop.note is not None and stop.note.start not in numbers:
            count += 1
            numbers[stop.note.start] = count
        if stop.cluster is None:
            continue
        own = stop.note is None and _asks_for_note(stop.cluster, in_notes=in_notes)
        count += own
        number = count if own else numbers[stop.note.start] if stop.note is not None else 0
        yield Place(stop.cluster, number if in_notes else 0, own)


def _asks_for_note(cluster: Cluster, *, in_notes: bool) -> bool:
    return cluster.note or (in_notes and cluster.form not in ("author", "title"))
