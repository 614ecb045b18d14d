"""The command add: records from anywhere, saved in the library."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.bibtex import entry_source
from northbib.cli.choosing import found_of, is_same_work, settled
from northbib.cli.editing import noticed, pairs
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
from northbib.cli.session import Session, report
from northbib.cli.short import in_short
from northbib.cli.terminal import can_ask, safe
from northbib.errors import ConflictError, NorthbibError, UsageError
from northbib.exchange import format_of
from northbib.library import record_by_hand
from northbib.resolve.provenance import begin_anew, origins_of, write_origins
from northbib.resolve.storing import as_stored

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from northbib.cli.looking_up import Found, Wanted
    from northbib.library import Stored
    from northbib.library.duplicates.likeness import Like, Likeness
    from northbib.records import Record
    from northbib.resolve import Resolution

__all__ = ["add_command"]


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
    anyway: bool = False


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
@click.option("--anyway", is_flag=True, help="Add what is like a record that is there already.")
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
    anyway: bool,
    dry_run: bool,
) -> int:
    """Add records from identifiers, URLs, titles, files, standard input or fields.

    SOURCE is a DOI, ISBN, arXiv id, PMID or other identifier, a URL, a citation of legislation, the
    words of a title or citation, a file, or `-` for standard input. A file holds records in any
    format that is read, a list of such sources, a PDF or a saved page. Without a SOURCE, --type and
    --set make a record by hand.

    What was looked up is shown as the house style has it, with the fields that it lacks. Where a
    title or citation matches no work surely, you choose among the nearest at a terminal; elsewhere
    they are named, and nothing is added.

    A work that is in the library already, by key, DOI or URL, is not added again, and the exit
    status is 1. Nor is what was looked up and is like a record by its other identifiers or by title
    and names: at a terminal you are asked, elsewhere --anyway adds it.
    """
    wishes = _Wishes(bibliography, topics, key, dry_run, format_name, prefer, explain, anyway)
    by_hand = bool(entry_type or fields)
    check_usage(sources, page, prefer=prefer, by_hand=by_hand, from_clipboard=from_clipboard)
    if by_hand:
        record = record_by_hand(entry_type or "misc", pairs(fields))
        _say(session, _added(session, record, wishes), wishes)
        return noticed(session)
    things, failed = recognised(sources, page, format_name, from_clipboard=from_clipboard)
    if key is not None and len(things) > 1:
        raise UsageError("--key is for one record", hint="leave it out, and keys are made")
    # What is wrong with the library is said before anything is fetched.
    session.store.bibliographies  # noqa: B018
    there = cache(lambda: _likeness(session))
    done = False
    for found in found_of(things, session):
        for result in _add_found(session, found, wishes, there):
            if isinstance(result, NorthbibError):
                failed.append(result)
            else:
                done = True
                _say(session, result, wishes, in_full=found.resolution is not None)
    return status(failed, done=done) or noticed(session)


def _likeness(session: Session) -> Likeness:
    # What compares works is not paid for where none is looked up.
    found: Likeness = import_module("northbib.library.duplicates.likeness").Likeness(
        session.store.all
    )
    return found


def _add_found(
    session: Session, found: Found, wishes: _Wishes, there: Callable[[], Likeness]
) -> Iterator[Stored | NorthbibError]:
    if found.error is not None:
        yield found.error
        return
    try:
        if found.resolution is None:
            yield from _add_file(session, found.wanted, wishes)
        else:
            yield _add_resolved(session, found, wishes, there)
    except NorthbibError as error:
        yield error


def _add_resolved(
    session: Session, found: Found, wishes: _Wishes, there: Callable[[], Likeness]
) -> Stored | NorthbibError:
    resolution = resolution_of(found, wishes.prefer, explain=wishes.explain)
    source = found.wanted.source
    refused = _refused(session, as_stored(resolution.record), source, wishes, there)
    if refused is not None:
        return refused
    resolution = settled(resolution, source, wishes.prefer, asks=not wishes.dry_run)
    added = _add(session, as_stored(resolution.record), wishes)
    if isinstance(added, NorthbibError):
        added.where = added.where or source
    elif not wishes.dry_run:
        there().add(added)
        _remember(session, added, resolution)
    return added


def _refused(
    session: Session, record: Record, source: str, wishes: _Wishes, there: Callable[[], Likeness]
) -> NorthbibError | None:
    """Say why a record is not to be added, None if it is; a likeness is a person's to judge."""
    checked = _add(session, record, wishes, dry_run=True)
    if isinstance(checked, NorthbibError):
        checked.where = checked.where or source
        return checked
    like = [] if wishes.anyway else there().like(record)
    return _like_error(like[0], source) if like and _is_there(session, record, like) else None


def _is_there(session: Session, record: Record, like: Sequence[Like]) -> bool:
    """Say whether a record is not to be added, for it is like others; a person decides."""
    if not can_ask():
        return True
    house = import_module("northbib.cli.house")
    (new,) = house.as_seen([record], session.styles)
    lines = [f"found: {new}", "this may be here already:"]
    lines += [
        f"  {each.stored.key} at {each.stored.file}:{each.stored.line}, {', '.join(each.reasons)}\n"
        f"    {safe(in_short(each.stored.record))}"
        for each in like
    ]
    return is_same_work("add it all the same?", lines)


def _like_error(like: Like, source: str) -> ConflictError:
    stored = like.stored
    return ConflictError(
        f"not added: it seems to be here as {stored.key}, at {stored.file}:{stored.line}"
        f" ({', '.join(like.reasons)})",
        where=source,
        hint="--anyway adds it all the same",
    )


def _remember(session: Session, stored: Stored, resolution: Resolution) -> None:
    """Keep where the fields of a new record come from."""
    fields = resolution.record.values
    write_origins(session.store.folder, origins_of(stored.record.key, resolution, fields))


def _say(session: Session, stored: Stored, wishes: _Wishes, *, in_full: bool = False) -> None:
    """Say where a record went; if `in_full`, as its reader will see it, and what it lacks."""
    if wishes.dry_run:
        click.echo(entry_source(stored.record))
        return
    click.echo(f"added {stored.record.key} to {stored.bibliography}")
    if in_full:
        house = import_module("northbib.cli.house")
        (seen,) = house.as_seen([stored.record], session.styles)
        click.echo(f"  {seen}")
        if lacks := house.missing(stored.record):
            click.echo(f"  {lacks}")


def _add_file(session: Session, thing: Wanted, wishes: _Wishes) -> Iterator[Stored | NorthbibError]:
    form = wishes.format_name or format_of(thing.data, thing.name).name
    if form not in ("biblatex", "bibtex"):
        for record in records_in(thing, form):
            yield _add(session, record, wishes)
        return
    added = session.store.add_source(
        thing.data,
        wishes.bibliography,
        wishes.key,
        tags=wishes.topics,
        dry_run=wishes.dry_run,
        name=thing.name,
    )
    report(added.problems)
    if not wishes.dry_run:
        begin_anew(session.store.folder, [stored.key for stored in added.stored])
    yield from added.stored
    yield from (
        ConflictError(found.message, where=found.file, line=found.line, hint=found.fix)
        for found in added.conflicts
    )
    if any(problem.severity == "error" for problem in added.problems):
        yield ConflictError("some of its entries could not be read", where=thing.name)


def _add(
    session: Session, record: Record, wishes: _Wishes, *, dry_run: bool = False
) -> Stored | NorthbibError:
    try:
        return _added(session, record, wishes, dry_run=dry_run)
    except NorthbibError as error:
        return error


def _added(session: Session, record: Record, wishes: _Wishes, *, dry_run: bool = False) -> Stored:
    stored = session.store.add(
        record,
        wishes.bibliography,
        wishes.key,
        tags=wishes.topics,
        dry_run=dry_run or wishes.dry_run,
    )
    if not dry_run and not wishes.dry_run:
        begin_anew(session.store.folder, [stored.key])
    return stored
