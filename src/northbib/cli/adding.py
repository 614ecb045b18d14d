"""Commands that bring records in: add, resolve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from northbib.bibtex import entry_source
from northbib.cli.editing import noticed, pairs
from northbib.cli.explaining import explained, preferred
from northbib.cli.fetching import fetching_options, fetching_settings
from northbib.cli.looking_up import Found, Wanted, clipboard, looked_up, wanted
from northbib.cli.session import FOUND, Session, report
from northbib.cli.sources import read_input
from northbib.errors import ConflictError, NorthbibError, UsageError
from northbib.exchange import FORMATS, format_of, read, write
from northbib.library import new_key, record_by_hand
from northbib.resolve.files import identifiers_in_list
from northbib.resolve.provenance import origins_of, write_origins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library import Stored
    from northbib.records import Record
    from northbib.resolve import Resolution

__all__ = ["add_command", "resolve_command"]

from_file_option = click.option(
    "--from-file",
    "page",
    metavar="FILE",
    help="The page at the URL, as saved in a browser; it is not fetched.",
)


@dataclass(frozen=True, slots=True)
class _Wishes:
    """What the options of `add` ask for."""

    bibliography: str | None
    topics: tuple[str, ...]
    key: str | None
    dry_run: bool
    format_name: str | None
    prefer: tuple[str, ...] = ()
    explain: bool = False


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


@click.command("add")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--to", "bibliography", metavar="NAME", help="The bibliography that they go to.")
@click.option("--tag", "topics", multiple=True, metavar="TOPIC", help="Give them this topic.")
@click.option("--key", help="The citation key, for one record.")
@from_file_option
@clipboard_option
@prefer_option
@explain_option
@fetching_options
@click.option("--from", "format_name", metavar="FORMAT", help="Format of the files.")
@click.option("--type", "entry_type", metavar="TYPE", help="Entry type of a record by hand.")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="A field of it.")
@click.option("--dry-run", is_flag=True, help="Show what would be added; write nothing.")
@click.pass_obj
def add_command(
    session: Session,
    sources: tuple[str, ...],
    bibliography: str | None,
    topics: tuple[str, ...],
    key: str | None,
    page: str | None,
    from_clipboard: bool,
    prefer: tuple[str, ...],
    explain: bool,
    format_name: str | None,
    entry_type: str | None,
    fields: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Add records from identifiers, URLs, titles, files, standard input or fields.

    SOURCE is a DOI, ISBN, arXiv id, PMID or other identifier, a URL, a citation of legislation, the
    words of a title or citation, a file, or `-` for standard input. A file holds BibTeX, CSL-JSON,
    a list of such sources, a PDF or a saved page. Without a SOURCE, --type and --set make a record
    by hand. A work that is in the library already, by key, DOI or URL, is not added again, and the
    exit status is 1.
    """
    wishes = _Wishes(bibliography, topics, key, dry_run, format_name, prefer, explain)
    by_hand = bool(entry_type or fields)
    _check_usage(sources, page, by_hand=by_hand, from_clipboard=from_clipboard)
    if by_hand:
        record = record_by_hand(entry_type or "misc", pairs(fields))
        added: list[Stored | NorthbibError] = [_add(session, record, wishes)]
        return _said(added, dry_run=dry_run) or noticed(session)
    things, added = _recognised(sources, page, format_name, from_clipboard=from_clipboard)
    found = looked_up(things, fetching_settings()) if things else ()
    added += [each for one in found for each in _add_found(session, one, wishes)]
    return _said(added, dry_run=dry_run) or noticed(session)


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
    default="biblatex",
    show_default=True,
    help="Format of the output.",
)
def resolve_command(
    sources: tuple[str, ...],
    page: str | None,
    from_clipboard: bool,
    prefer: tuple[str, ...],
    explain: bool,
    format_name: str,
) -> int:
    """Turn identifiers, URLs and titles into records and print them.

    Nothing is added to a library. A SOURCE that no record was found for is named on standard
    error; the records of the others are printed, and the exit status is 1.
    """
    _check_usage(sources, page, by_hand=False, from_clipboard=from_clipboard)
    things, results = _recognised(sources, page, None, from_clipboard=from_clipboard)
    failed = [each for each in results if isinstance(each, NorthbibError)]
    records: list[Record] = []
    for found in looked_up(things, fetching_settings()) if things else ():
        if found.error is not None:
            failed.append(found.error)
        elif found.resolution is None:
            records += _in_file(found.wanted, None)
        else:
            records.append(_resolution(found, prefer, explain=explain).record)
    named = [record.replace(key=record.key or new_key(record, ())) for record in records]
    if named and not explain:
        click.echo(write(named, format_name).decode("utf-8"), nl=False)
    return _status(failed, done=bool(records))


def _check_usage(
    sources: Sequence[str], page: str | None, *, by_hand: bool, from_clipboard: bool
) -> None:
    if bool(sources or from_clipboard) == by_hand:
        raise UsageError(
            "a record is added from sources or by hand, one of the two",
            hint="give identifiers, URLs, files or -, or else --type and --set",
        )
    if page is not None and (len(sources) != 1 or from_clipboard):
        raise UsageError("--from-file goes with one URL", hint="give the address of that page")


def _recognised(
    sources: Sequence[str], page: str | None, format_name: str | None, *, from_clipboard: bool
) -> tuple[list[Wanted], list[Stored | NorthbibError]]:
    """Recognise everything; what is not is said before anything else is done."""
    things, errors = wanted(sources, page, format_name)
    if from_clipboard:
        found, wrong = identifiers_in_list(clipboard().encode(), "<clipboard>")
        things += [Wanted(each.written, each.written) for each in found]
        errors += wrong
    if things:
        for error in errors:
            click.echo(f"northbib: {error}", err=True)
        errors = [_SaidError(error) for error in errors]
    return things, list(errors)


class _SaidError(NorthbibError):
    """An error that the user has read already."""

    def __init__(self, error: NorthbibError) -> None:
        super().__init__(error.message)
        self.status = error.exit_status


def _add_found(session: Session, found: Found, wishes: _Wishes) -> Iterator[Stored | NorthbibError]:
    if found.error is not None:
        yield found.error
        return
    try:
        if found.resolution is None:
            yield from _add_file(session, found.wanted, wishes)
        else:
            resolution = _resolution(found, wishes.prefer, explain=wishes.explain)
            result = _about(_add(session, resolution.record, wishes), found.wanted.source)
            if not isinstance(result, NorthbibError) and not wishes.dry_run:
                _remember(session, result, resolution)
            yield result
    except NorthbibError as error:
        yield error


def _resolution(found: Found, prefer: Sequence[str], *, explain: bool) -> Resolution:
    if found.resolution is None:
        raise UsageError("a file of records is not looked up", where=found.wanted.source)
    report(found.resolution.findings)
    resolution = preferred(found.resolution, prefer)
    if explain:
        click.echo("\n".join(explained(resolution)))
    return resolution


def _remember(session: Session, stored: Stored, resolution: Resolution) -> None:
    """Keep where the fields of a new record come from."""
    fields = resolution.record.values
    origins = origins_of(stored.record.key, resolution, fields)
    write_origins(session.store.folder, origins)


def _about(result: Stored | NorthbibError, source: str) -> Stored | NorthbibError:
    if isinstance(result, NorthbibError) and result.where is None:
        result.where = source
    return result


def _add_file(session: Session, thing: Wanted, wishes: _Wishes) -> Iterator[Stored | NorthbibError]:
    source = thing.source
    name = "<stdin>" if source == "-" else source
    data = thing.page if thing.page is not None else read_input(source)
    form = wishes.format_name or format_of(data, name).name
    if form not in ("biblatex", "bibtex"):
        for record in _in_file(thing, form):
            yield _add(session, record, wishes)
        return
    added = session.store.add_source(
        data,
        wishes.bibliography,
        wishes.key,
        tags=wishes.topics,
        dry_run=wishes.dry_run,
        name=name,
    )
    report(added.problems)
    yield from added.stored
    yield from (
        ConflictError(found.message, where=found.file, line=found.line, hint=found.fix)
        for found in added.conflicts
    )
    if any(problem.severity == "error" for problem in added.problems):
        yield ConflictError("some of its entries could not be read", where=name)


def _add(session: Session, record: Record, wishes: _Wishes) -> Stored | NorthbibError:
    try:
        return session.store.add(
            record,
            wishes.bibliography,
            wishes.key,
            tags=wishes.topics,
            dry_run=wishes.dry_run,
        )
    except NorthbibError as error:
        return error


def _in_file(thing: Wanted, form: str | None) -> Sequence[Record]:
    data = thing.page if thing.page is not None else read_input(thing.source)
    reading = read(data, "<stdin>" if thing.source == "-" else thing.source, form)
    report(reading.findings)
    return reading.records


def _said(results: Sequence[Stored | NorthbibError], *, dry_run: bool) -> int:
    """Say what became of each, and give the exit status."""
    failed = [result for result in results if isinstance(result, NorthbibError)]
    stored = [result for result in results if not isinstance(result, NorthbibError)]
    for one in stored:
        if dry_run:
            click.echo(entry_source(one.record))
        else:
            click.echo(f"added {one.record.key} to {one.bibliography}")
    return _status(failed, done=bool(stored))


def _status(failed: Sequence[NorthbibError], *, done: bool) -> int:
    """Say what failed; its own status where nothing else was done, else that something did."""
    if len(failed) == 1 and not done:
        raise failed[0]
    for error in failed:
        if not isinstance(error, _SaidError):
            click.echo(f"northbib: {error}", err=True)
    statuses = {error.exit_status for error in failed}
    if not failed:
        return 0
    return statuses.pop() if len(statuses) == 1 and not done else FOUND
