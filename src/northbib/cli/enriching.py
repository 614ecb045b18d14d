"""The command enrich: fill the gaps of records in the library."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from northbib.cli.editing import noticed
from northbib.cli.explaining import explained, preferred, shown
from northbib.cli.fetching import fetching_options, fetching_settings
from northbib.cli.looking_up import Found, Wanted, looked_up
from northbib.cli.session import FOUND, Session, note, report
from northbib.cli.terminal import safe
from northbib.errors import UsageError
from northbib.progress import counted
from northbib.resolve.enriching import FILLED, gaps, known_by, sources_of_fields
from northbib.resolve.provenance import origins_of, read_origins, was_edited, write_origins

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from northbib.library import Stored
    from northbib.records import Record
    from northbib.resolve import Resolution
    from northbib.resolve.enriching import Gaps
    from northbib.resolve.provenance import Origin

__all__ = ["enrich_command"]


@click.command("enrich")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--dry-run", is_flag=True, help="Show what would be filled; write nothing.")
@click.option("--prefer", multiple=True, metavar="SOURCE", help="Believe this source first.")
@click.option("--explain", is_flag=True, help="Show for each field its source and its rivals.")
@click.option(
    "--overwrite",
    multiple=True,
    metavar="FIELD",
    help="Take this field from the source, though the record has it.",
)
@fetching_options
@click.pass_obj
def enrich_command(
    session: Session,
    query: tuple[str, ...],
    dry_run: bool,
    prefer: tuple[str, ...],
    explain: bool,
    overwrite: tuple[str, ...],
) -> int:
    """Fill the gaps of records from the sources that know them.

    Each record that QUERY finds, or all, is looked up by its DOI, PMID, ISBN or URL. A field that
    it has is not touched: where a source says something else, that is shown, and the exit status
    is 1. --overwrite takes it all the same, but for what a person has edited since a source gave
    it. What is done is written record by record, so that a run that was stopped goes on where it
    was, and what was asked is in the cache.
    """
    for field in overwrite:
        if field not in FILLED:
            raise UsageError(f"{field} is not a field that is filled", hint=", ".join(FILLED))
    found = session.store.find(" ".join(query)) if query else session.store.all()
    origins = read_origins(session.store.folder)
    wishes = _Wishes(prefer, explain, overwrite, dry_run, origins)
    tally = _Tally()
    with closing(_looked_up(found)) as pairs:
        for stored, outcome in pairs:
            _enriched(session, stored, outcome, wishes, tally)
    verb = "would be filled" if dry_run else "filled"
    click.echo(f"{tally.filled} of {len(found)} records {verb}, {tally.conflicts} fields differ")
    return noticed(session) or (FOUND if tally.conflicts or tally.failed else 0)


@dataclass(frozen=True, slots=True)
class _Wishes:
    prefer: Sequence[str]
    explain: bool
    overwrite: Sequence[str]
    dry_run: bool
    origins: Mapping[tuple[str, str], Origin]

    def may_overwrite(self, record: Record) -> list[str]:
        """Give the fields to take from a source, but those that a person has edited since."""
        return [
            field
            for field in self.overwrite
            if not was_edited(record, field, self.origins.get((record.key, field)))
        ]


@dataclass(slots=True)
class _Tally:
    filled: int = 0
    conflicts: int = 0
    failed: int = 0


def _enriched(
    session: Session, stored: Stored, outcome: Found, wishes: _Wishes, tally: _Tally
) -> None:
    key, resolution = stored.record.key, outcome.resolution
    if resolution is None:
        tally.failed += 1
        note(f"northbib: {key}: {outcome.error}")
        return
    resolution = preferred(resolution, wishes.prefer)
    report(resolution.findings)
    if wishes.explain:
        click.echo("\n".join([key, *explained(resolution)]))
    found = gaps(stored.record, resolution, wishes.may_overwrite(stored.record))
    if found is None:
        tally.failed += 1
        note(f"northbib: {key}: what was found is another work, {safe(resolution.record.title)}")
        return
    tally.conflicts += _shown(stored, found)
    tally.filled += _filled(session, stored, resolution, found, dry_run=wishes.dry_run)


def _looked_up(found: Sequence[Stored]) -> Generator[tuple[Stored, Found], None, None]:
    known = [(stored, text) for stored in found if (text := known_by(stored.record))]
    if not known:
        return
    things = [Wanted(text, text) for _, text in known]
    outcomes = looked_up(things, fetching_settings())
    for stored, _ in counted(known, "looking up"):
        yield stored, next(outcomes)


def _shown(stored: Stored, found: Gaps) -> int:
    """Show the conflicts of a record, and give their number."""
    for conflict in found.conflicts:
        click.echo(
            f"{stored.record.key}: {conflict.field} is {shown(conflict.ours)}, "
            f"{conflict.source} has {shown(conflict.theirs)}"
        )
    return len(found.conflicts)


def _filled(
    session: Session, stored: Stored, resolution: Resolution, found: Gaps, *, dry_run: bool
) -> bool:
    """Write what is new for a record, and where it comes from."""
    if not found.values:
        return False
    key = stored.record.key
    for field, value in found.values.items():
        click.echo(f"{key}: {field} = {shown(value)}")
    if not dry_run:
        session.store.edit(key, sources_of_fields(stored.record, found.values))
        write_origins(session.store.folder, origins_of(key, resolution, found.values))
    return True
