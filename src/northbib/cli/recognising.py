"""What `add` and `resolve` share: their options, and what is said before anything is fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.explaining import explained, preferred
from northbib.cli.looking_up import clipboard, wanted, wanted_in
from northbib.cli.session import FOUND, report
from northbib.errors import NorthbibError, UsageError
from northbib.exchange import read
from northbib.resolve.source_names import check_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.looking_up import Found, Wanted
    from northbib.records import Record
    from northbib.resolve import Resolution

__all__ = [
    "check_usage",
    "clipboard_option",
    "explain_option",
    "from_file_option",
    "prefer_option",
    "recognised",
    "records_in",
    "resolution_of",
    "status",
]

from_file_option = click.option(
    "--from-file",
    "page",
    metavar="FILE",
    help="The page at the URL, as saved in a browser; it is not fetched.",
)
prefer_option = click.option(
    "--prefer",
    multiple=True,
    metavar="SOURCE",
    help="Believe this source first: crossref, site, page:jsonld, …",
)
explain_option = click.option(
    "--explain", is_flag=True, help="Show for each field where it comes from, and its rivals."
)
clipboard_option = click.option(
    "--clipboard", "from_clipboard", is_flag=True, help="Take what is on the clipboard, too."
)


def check_usage(
    sources: Sequence[str],
    page: str | None,
    *,
    prefer: Sequence[str],
    from_clipboard: bool,
    by_hand: bool | None = None,
) -> None:
    """Refuse sources that do not go together, and to prefer one that there is not.

    Args:
        sources: What the user gave.
        page: The name of a saved page, if one is given.
        prefer: The sources that the user believes first.
        from_clipboard: Whether there is more on the clipboard.
        by_hand: Whether a record by hand is wanted; None for a command that makes none.

    Raises:
        UsageError: There is no source, or one and a record by hand, or several for one saved page;
            or none has a name that is to be preferred.
    """
    check_names(prefer)
    has_sources = bool(sources or from_clipboard)
    if has_sources and by_hand:
        raise UsageError("a record is added from sources or by hand, one of the two")
    if not has_sources and not by_hand:
        instead = ", or else --type and --set" if by_hand is not None else ""
        raise UsageError(
            "no source is given", hint=f"give identifiers, URLs, titles, files or -{instead}"
        )
    if page is not None and (len(sources) != 1 or from_clipboard):
        raise UsageError("--from-file goes with one URL", hint="give the address of that page")


class _SaidError(NorthbibError):
    """An error that the user has read already."""

    def __init__(self, error: NorthbibError) -> None:
        super().__init__(error.message)
        self.status = error.exit_status


def recognised(
    sources: Sequence[str],
    page: str | None,
    format_name: str | None = None,
    *,
    from_clipboard: bool = False,
) -> tuple[list[Wanted], list[NorthbibError]]:
    """Recognise everything; what is not is said before anything else is done.

    Returns:
        What to look up or to read, and an error for each source that is nothing of the kind.
    """
    things, errors = wanted(sources, page, format_name)
    if from_clipboard:
        found, wrong = wanted_in(clipboard().encode(), "<clipboard>")
        things += found
        errors += wrong
    if things:
        for error in errors:
            click.echo(f"northbib: {error}", err=True)
        errors = [_SaidError(error) for error in errors]
    return things, errors


def resolution_of(found: Found, prefer: Sequence[str], *, explain: bool) -> Resolution:
    """Give the record that was found, by the sources that are preferred; explain it if wanted.

    Raises:
        UsageError: It is a file of records, which nobody looked up.
    """
    if found.resolution is None:
        raise UsageError("a file of records is not looked up", where=found.wanted.source)
    report(found.resolution.findings)
    resolution = preferred(found.resolution, prefer)
    if explain:
        click.echo("\n".join(explained(resolution)))
    return resolution


def records_in(thing: Wanted, format_name: str | None = None) -> Sequence[Record]:
    """Read a file of records; what could not be read of it is said."""
    reading = read(thing.data, thing.name, format_name)
    report(reading.findings)
    return reading.records


def status(failed: Sequence[NorthbibError], *, done: bool) -> int:
    """Say what failed; its own status where nothing else was done, else that something did."""
    if len(failed) == 1 and not done:
        raise failed[0]
    for error in failed:
        if not isinstance(error, _SaidError):
            click.echo(f"northbib: {error}", err=True)
    statuses = {
        error.status if isinstance(error, _SaidError) else error.exit_status for error in failed
    }
    if not failed:
        return 0
    return statuses.pop() if len(statuses) == 1 and not done else FOUND
