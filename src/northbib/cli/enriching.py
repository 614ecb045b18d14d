"""The command enrich: fill the gaps of records in the library."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from northbib.cli.deciding import decide
from northbib.cli.editing import noticed
from northbib.cli.fetching import fetching_options, fetching_settings
from northbib.cli.filling import Filler, Wishes
from northbib.cli.looking_up import Found, Wanted, looked_up
from northbib.cli.session import FOUND, Session
from northbib.cli.terminal import can_ask
from northbib.errors import UsageError
from northbib.progress import counted
from northbib.resolve.enriching import FILLED, known_by
from northbib.resolve.provenance import MINE
from northbib.resolve.source_names import check_names

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from northbib.library import Stored

__all__ = ["enrich_command"]


@click.command("enrich")
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--dry-run", is_flag=True, help="Show what would be filled; write nothing.")
@click.option(
    "--prefer",
    multiple=True,
    metavar="SOURCE|mine",
    help="Believe this source first, also where the record differs; mine keeps all that it has.",
)
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
    it has is not touched. Where a source says something else, you choose at a terminal when all
    gaps are filled; elsewhere that is shown, and the exit status is 1. --prefer takes the values of
    a source, --overwrite those of a field, but none that a person has edited since a source gave
    it.

    What is found is written every few seconds, and what was asked is in the cache, so that a run
    that was stopped goes on where it was.
    """
    check_names(prefer, MINE)
    for field in overwrite:
        if field not in FILLED:
            raise UsageError(f"{field} is not a field that is filled", hint=", ".join(FILLED))
    found = session.store.find(" ".join(query)) if query else session.store.all()
    asks = can_ask() and not dry_run and MINE not in prefer
    filler = Filler(session, Wishes(prefer, explain, overwrite, dry_run, asks))
    with filler, closing(_looked_up(found)) as outcomes:
        for stored, outcome in outcomes:
            filler.take(stored, outcome)
    left = decide(session, filler.open) if asks else len(filler.conflicts)
    verb = "would be filled" if dry_run else "filled"
    click.echo(f"{filler.filled} of {len(found)} records {verb}, {left} fields differ")
    return noticed(session) or (FOUND if left or filler.failed else 0)


def _looked_up(found: Sequence[Stored]) -> Generator[tuple[Stored, Found], None, None]:
    known = [(stored, text) for stored in found if (text := known_by(stored.record))]
    if not known:
        return
    things = [Wanted(text, text) for _, text in known]
    outcomes = looked_up(things, fetching_settings())
    for stored, _ in counted(known, "looking up"):
        yield stored, next(outcomes)
