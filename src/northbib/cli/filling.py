"""What `enrich` does with what was found for each record: fill, write, and keep conflicts."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import click

from northbib.cli.explaining import explained, preferred, shown
from northbib.cli.session import note, report
from northbib.cli.terminal import safe
from northbib.library.filling import fill
from northbib.resolve.enriching import filling_of, gaps
from northbib.resolve.preferring import is_preferred
from northbib.resolve.provenance import (
    MINE,
    origins_of,
    read_origins,
    was_edited,
    write_origins,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.cli.looking_up import Found
    from northbib.cli.session import Session
    from northbib.library import Stored
    from northbib.library.filling import Filling
    from northbib.records import Record, Value
    from northbib.resolve import Resolution
    from northbib.resolve.enriching import Conflict
    from northbib.resolve.provenance import Origin

__all__ = ["Filler", "Open", "Wishes", "conflict_line", "write"]

_MOST = 200
_EVERY = 3.0
"""Seconds between two writes: one costs as much as many answers, and none is to be lost."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the options of `enrich` ask for; `asks` is whether a person decides conflicts."""

    prefer: Sequence[str]
    explain: bool
    overwrite: Sequence[str]
    dry_run: bool
    asks: bool


@dataclass(frozen=True, slots=True)
class Open:
    """A record whose conflicts nobody has decided yet."""

    stored: Stored
    resolution: Resolution
    conflicts: tuple[Conflict, ...]


class Filler:
    """Fills records as answers come, and writes them every few seconds.

    At the end of the block, and where it is broken off, what is left is written.

    Attributes:
        filled: How many records were filled.
        failed: How many were not found, are of another work, or could not be written.
        open: The records with conflicts.
    """

    def __init__(self, session: Session, wishes: Wishes) -> None:
        self.filled = 0
        self.failed = 0
        self.open: list[Open] = []
        self._session = session
        self._wishes = wishes
        self._origins = read_origins(session.store.folder)
        self._pending: list[tuple[Filling, list[Origin]]] = []
        self._written = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._write()

    @property
    def conflicts(self) -> list[Conflict]:
        """All conflicts."""
        return [conflict for each in self.open for conflict in each.conflicts]

    def take(self, stored: Stored, outcome: Found) -> None:
        """Do with a record what its outcome says."""
        key, resolution = stored.record.key, outcome.resolution
        if resolution is None:
            self.failed += 1
            note(f"northbib: {key}: {outcome.error}")
            return
        resolution = preferred(resolution, self._wishes.prefer)
        report(resolution.findings)
        if self._wishes.explain:
            click.echo("\n".join([key, *explained(resolution)]))
        self._compare(stored, resolution)

    def _compare(self, stored: Stored, resolution: Resolution) -> None:
        record = stored.record
        known = self._origins.of(record)
        found = gaps(record, resolution, self._taken(record, resolution, known))
        if found is None:
            self.failed += 1
            title = safe(resolution.record.title)
            note(f"northbib: {record.key}: what was found is another work, {title}")
            return
        undecided = tuple(
            each for each in found.conflicts if not _is_decided(record, each, known, self._wishes)
        )
        if undecided:
            self.open.append(Open(stored, resolution, undecided))
        if not self._wishes.asks:
            for conflict in undecided:
                click.echo(f"{record.key}: {conflict_line(conflict)}")
        if found.values:
            self._fill(record, resolution, found.values)

    def _taken(
        self, record: Record, resolution: Resolution, known: Mapping[str, Origin]
    ) -> set[str]:
        """Give the fields to take from a source, but those that a person has edited since."""
        wishes = self._wishes
        named = [
            field
            for field, (first, *_) in resolution.claims.items()
            if is_preferred(first, wishes.prefer)
            and not (field in known and known[field].is_decided)
        ]
        wanted = {*wishes.overwrite, *named}
        return {field for field in wanted if not was_edited(record, field, known.get(field))}

    def _fill(self, record: Record, resolution: Resolution, values: Mapping[str, Value]) -> None:
        self.filled += 1
        if not self._wishes.dry_run:
            # Before it is said, so that what was said is written wherever the run is stopped.
            origins = origins_of(record.key, resolution, values)
            self._pending.append((filling_of(record, values), origins))
        for field, value in values.items():
            click.echo(f"{record.key}: {field} = {shown(value)}")
        if len(self._pending) >= _MOST or time.monotonic() > self._written + _EVERY:
            self._write()

    def _write(self) -> None:
        pending, self._pending = self._pending, []
        if pending:
            left = write(self._session, pending)
            self.filled -= left
            self.failed += left
        self._written = time.monotonic()


def write(session: Session, pending: Sequence[tuple[Filling, list[Origin]]]) -> int:
    """Write what fills records, and where it comes from.

    Returns:
        How many records could not be filled; why is said.
    """
    failed = fill(session.store, [filling for filling, _ in pending])
    left = {filling.key for filling, _ in failed}
    for filling, error in failed:
        note(f"northbib: {filling.key}: {error}")
    done = [each for filling, origins in pending if filling.key not in left for each in origins]
    write_origins(session.store.folder, done)
    return len(failed)


def conflict_line(conflict: Conflict) -> str:
    """Say in what a record and a source differ."""
    ours, theirs = shown(conflict.ours), shown(conflict.theirs)
    return f"{conflict.field} is {ours}, {conflict.source} has {theirs}"


def _is_decided(
    record: Record, conflict: Conflict, known: Mapping[str, Origin], wishes: Wishes
) -> bool:
    if MINE in wishes.prefer:
        return True
    origin = known.get(conflict.field)
    value = record.values.get(conflict.field)
    return origin is not None and origin.is_decided and value is not None and origin.is_of(value)
