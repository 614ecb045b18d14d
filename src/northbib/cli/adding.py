"""Commands that bring records in: add, resolve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.bibtex import entry_source
from northbib.cli.editing import noticed, pairs
from northbib.cli.session import FOUND, Session, report
from northbib.cli.sources import looks_like_file, read_input
from northbib.errors import ConflictError, InputError, NorthbibError, UsageError
from northbib.exchange import FORMATS, format_of, read, write
from northbib.library import new_key, record_by_hand
from northbib.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library import Stored
    from northbib.records import Record

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


@click.command("add")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--to", "bibliography", metavar="NAME", help="The bibliography that they go to.")
@click.option("--tag", "topics", multiple=True, metavar="TOPIC", help="Give them this topic.")
@click.option("--key", help="The citation key, for one record.")
@from_file_option
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
    format_name: str | None,
    entry_type: str | None,
    fields: tuple[str, ...],
    dry_run: bool,
) -> int:
    """Add records from DOIs, URLs, BibTeX files, standard input or fields.

    SOURCE is a DOI, a URL, a file of BibTeX or CSL-JSON, or `-` for standard input. Without one,
    --type and --set make a record by hand. A work that is in the library already, by key, DOI or
    URL, is not added again, and the exit status is 1.
    """
    wishes = _Wishes(bibliography, topics, key, dry_run, format_name)
    by_hand = bool(entry_type or fields)
    _check_usage(sources, page, by_hand=by_hand)
    if by_hand:
        record = record_by_hand(entry_type or "misc", pairs(fields))
        added: list[Stored | NorthbibError] = [_add(session, record, wishes)]
    else:
        added = [each for source in sources for each in _add_source(session, source, page, wishes)]
    return _said(added, dry_run=dry_run) or noticed(session)


@click.command("resolve")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@from_file_option
@click.option(
    "--to",
    "format_name",
    type=click.Choice(list(FORMATS)),
    default="biblatex",
    show_default=True,
    help="Format of the output.",
)
def resolve_command(sources: tuple[str, ...], page: str | None, format_name: str) -> int:
    """Turn DOIs and URLs into records and print them.

    Nothing is added to a library. A SOURCE that no record was found for is named on standard
    error; the records of the others are printed, and the exit status is 1.
    """
    _check_usage(sources, page, by_hand=False)
    found: list[Record] = []
    failed: list[NorthbibError] = []
    for source in sources:
        try:
            found.append(_resolved(source, page))
        except NorthbibError as error:
            failed.append(error)
    named = [record.replace(key=record.key or new_key(record, ())) for record in found]
    if named:
        click.echo(write(named, format_name).decode("utf-8"), nl=False)
    return _status(failed, done=bool(found))


def _check_usage(sources: Sequence[str], page: str | None, *, by_hand: bool) -> None:
    if bool(sources) == by_hand:
        raise UsageError(
            "a record is added from sources or by hand, one of the two",
            hint="give DOIs, URLs, files or -, or else --type and --set",
        )
    if page is not None and len(sources) != 1:
        raise UsageError("--from-file goes with one URL", hint="give the address of that page")


def _add_source(
    session: Session, source: str, page: str | None, wishes: _Wishes
) -> Iterator[Stored | NorthbibError]:
    try:
        if page is None and (source == "-" or Path(source).is_file() or looks_like_file(source)):
            yield from _add_file(session, source, wishes)
        else:
            result = _add(session, _resolved(source, page), wishes)
            yield _about(result, source)
    except NorthbibError as error:
        yield error


def _about(result: Stored | NorthbibError, source: str) -> Stored | NorthbibError:
    if isinstance(result, NorthbibError) and result.where is None:
        result.where = source
    return result


def _add_file(session: Session, source: str, wishes: _Wishes) -> Iterator[Stored | NorthbibError]:
    name = "<stdin>" if source == "-" else source
    data = read_input(source)
    if not data.strip():
        raise InputError("nothing came in", where=name)
    form = wishes.format_name or format_of(data, name).name
    if form not in ("biblatex", "bibtex"):
        reading = read(data, name, form)
        report(reading.findings)
        for record in reading.records:
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


def _resolved(source: str, page: str | None) -> Record:
    saved = None if page is None else read_input(page)
    today = datetime.now(UTC).astimezone().date()
    resolution = resolve(source, page=saved, today=today)
    report(resolution.findings)
    return resolution.record


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
        click.echo(f"northbib: {error}", err=True)
    statuses = {error.exit_status for error in failed}
    if not failed:
        return 0
    return statuses.pop() if len(statuses) == 1 and not done else FOUND
