"""Commands that read the library: list, search, show."""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from northbib.cli.keys import chosen, keys_argument
from northbib.cli.querying import QUERY_HELP, QueryCommand, unmatched
from northbib.cli.session import Session, note, print_json, print_json_list, styled
from northbib.cli.short import in_short
from northbib.cli.terminal import page, safe, width
from northbib.errors import InputError
from northbib.exchange import FORMATS, write
from northbib.records import Date, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.library import Stored

__all__ = ["list_command", "search_command", "show_command"]

_AT_ONCE = 200

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command("list", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@json_option
@click.pass_obj
def list_command(session: Session, query: tuple[str, ...], as_json: bool) -> int:
    """List the records that a query finds, or all, in the order of the files."""
    _list(session, query, as_json=as_json)
    return session.status


@click.command("search", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1, required=True, metavar="QUERY...")
@json_option
@click.pass_obj
def search_command(session: Session, query: tuple[str, ...], as_json: bool) -> int:
    """Search the library: what a query finds, the best answers first.

    Words count most in titles, then in names, then in topics, and more where they are rare.
    """
    _list(session, query, as_json=as_json, best=True)
    return session.status


@click.command("show")
@keys_argument
@click.option(
    "--to",
    "format_name",
    type=click.Choice(list(FORMATS)),
    metavar="FORMAT",
    help="Print this format.",
)
@json_option
@click.option("--explain", is_flag=True, help="Show for each field which source it comes from.")
@click.option(
    "--provenance", is_flag=True, help="Let records take along, in a field, where fields come from."
)
@click.pass_obj
def show_command(
    session: Session,
    keys: tuple[str, ...],
    format_name: str | None,
    as_json: bool,
    explain: bool,
    provenance: bool,
) -> int:
    """Show records in full, or in a bibliographic format.

    Without a KEY, you choose the records at the terminal.
    """
    found = [session.store.get(key) for key in chosen(session, keys)]
    if provenance:
        found = import_module("northbib.cli.explaining").with_provenance(session, found)
    if explain:
        lines = import_module("northbib.cli.explaining").explained_records(session, found)
        click.echo("\n".join(lines))
    elif format_name:
        wanted = import_module("northbib.cli.exchanging").target(format_name, None, "")
        data = write([stored.record for stored in found], wanted.name)
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    elif as_json:
        print_json([_as_json(stored) for stored in found])
    else:
        click.echo("\n\n".join(_card(stored) for stored in found))
    return session.status


def _list(session: Session, query: Sequence[str], *, as_json: bool, best: bool = False) -> None:
    found = session.store.find(" ".join(query), best=best)
    if as_json:
        print_json_list(_as_json(stored) for stored in found)
        return
    if not found:
        note(_nothing(session, query))
        return
    if sys.stdout.isatty():
        _show_table(found, " ".join(query) if best else "")
        return
    lines = (f"{stored.key}\t{in_short(stored.record)}" for stored in found)
    # Line by line, printing would take longer than finding.
    while some := list(islice(lines, _AT_ONCE)):
        click.echo("\n".join(some))


def _show_table(found: Iterable[Stored], highlighted: str) -> None:
    # What lays out a table is not paid for in a pipe.
    table = import_module("northbib.cli.table")
    mark = import_module("northbib.cli.highlighting").marker(highlighted) if highlighted else None
    page(table.lines((stored.record for stored in found), width(), mark))


def _nothing(session: Session, query: Sequence[str]) -> str:
    if query and not session.store.is_empty():
        return unmatched(session.store, " ".join(query))
    if session.found:
        raise InputError("nothing in this library could be read", where=session.path)
    hint = "northbib add puts records in, --library DIR names another library"
    return f"no records in {session.path}; {hint}"


def _card(stored: Stored) -> str:
    """Give a record as label and value, a line each, under its key and place."""
    record = stored.record
    place = f"{stored.file}:{stored.line}"
    rows = [("type", record.type)]
    rows += [(name, _reading(value)) for name, value in record.values.items()]
    rows += [("topics", ", ".join(record.keywords))] if record.keywords else []
    rows += list(record.extra.items())
    width = max(len(label) for label, _ in rows)
    lines = [f"{styled(record.key, fg='cyan', bold=True)}  {styled(place, dim=True)}"]
    clean = safe if sys.stdout.isatty() else str
    lines += [f"  {label.ljust(width)}  {clean(value)}" for label, value in rows]
    return "\n".join(lines)


def _reading(value: object) -> str:
    if isinstance(value, tuple):
        return "; ".join(str(name) for name in value)
    return value.edtf() if isinstance(value, Date) else plain(str(value))


def _as_json(stored: Stored) -> dict[str, Any]:
    place = {"bibliography": stored.bibliography, "file": str(stored.file), "line": stored.line}
    return {**stored.record.to_csl(), **place}
