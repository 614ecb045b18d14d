"""The command resolve: records of identifiers, URLs and titles, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.choosing import found_of
from northbib.cli.fetching import fetching_options
from northbib.cli.recognising import (
    check_usage,
    clipboard_option,
    explain_option,
    from_file_option,
    prefer_option,
    recognised,
    records_in,
    resolution_of,
    status,
)
from northbib.exchange import FORMATS, write
from northbib.library import new_key
from northbib.resolve.storing import as_stored

if TYPE_CHECKING:
    from northbib.cli.session import Session
    from northbib.records import Record

__all__ = ["resolve_command"]

_BIBTEX = ("biblatex", "bibtex")


@click.command("resolve")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@from_file_option
@clipboard_option
@prefer_option
@explain_option
@fetching_options
@click.option(
    "--to",
    "format_name",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    default="biblatex",
    show_default=True,
    help="Format of the output.",
)
@click.pass_obj
def resolve_command(
    session: Session,
    sources: tuple[str, ...],
    page: str | None,
    from_clipboard: bool,
    prefer: tuple[str, ...],
    explain: bool,
    format_name: str,
) -> int:
    """Turn identifiers, URLs and titles into records and print them.

    Nothing is added to a library. Where a title or citation matches no work surely, you choose
    among the nearest at a terminal; elsewhere they are named. A SOURCE that no record was found
    for is named on standard error; the records of the others are printed, and the exit status is
    1.
    """
    check_usage(sources, page, prefer=prefer, from_clipboard=from_clipboard)
    things, failed = recognised(sources, page, from_clipboard=from_clipboard)
    records: list[Record] = []
    for found in found_of(things, session):
        if found.error is not None:
            failed.append(found.error)
        elif found.resolution is None:
            records += records_in(found.wanted)
        else:
            records.append(resolution_of(found, prefer, explain=explain).record)
    named = [record.replace(key=record.key or new_key(record, ())) for record in records]
    if format_name in _BIBTEX:
        named = [as_stored(record) for record in named]
    if named and not explain:
        click.echo(write(named, format_name).decode("utf-8"), nl=False)
    return status(failed, done=bool(records))
