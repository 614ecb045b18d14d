"""The command export: what a query finds, in one format or several, whole or by groups."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.cli.editing import pairs
from northbib.cli.exchanging import (
    FILL,
    columns_option,
    explain_option,
    fill_option,
    json_option,
    named_columns,
    profile_option,
    strict_option,
    target,
)
from northbib.cli.losses import Report
from northbib.cli.output import output_option
from northbib.cli.querying import QUERY_HELP, QueryCommand
from northbib.cli.session import FOUND, Session, note
from northbib.cli.writing import check_apart, write
from northbib.errors import InputError, NotFoundError, UsageError
from northbib.exchange.bundle import MANIFEST, files, manifest
from northbib.exchange.conversion import Batch, Conversion, Count
from northbib.exchange.running import Reads
from northbib.library.disk.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from northbib.exchange.bundle import File
    from northbib.library import Stored
    from northbib.records import Record

__all__ = ["export_command"]

_NONE = {"topic": "no topic", "year": "no year"}


@click.command("export", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option(
    "--to", "to_names", metavar="FORMAT[,FORMAT]", help="Formats to write; else -o's ending tells."
)
@output_option("Write to this file, or into a folder.")
@click.option(
    "--split-by",
    type=click.Choice(["topic", "year", "type", "bibliography"]),
    help="Write a file for each group.",
)
@profile_option
@columns_option
@fill_option
@explain_option
@strict_option
@json_option
@click.option(
    "--provenance", is_flag=True, help="Let records take along, in a field, where fields come from."
)
@click.pass_obj
def export_command(
    session: Session,
    query: tuple[str, ...],
    to_names: str | None,
    output: Path | None,
    split_by: str | None,
    profile: str,
    columns: str,
    filled: tuple[str, ...],
    explain: bool,
    strict: bool,
    as_json: bool,
    provenance: bool,
) -> int:
    """Export what a query finds, or the whole library, in bibliographic formats.

    The records stand in the order of the files. `northbib formats` lists the formats.

    Several formats, or a file for each group, go into the folder that -o names, with a manifest:
    how many records each file has, and its SHA-256. A file that is there already and would not
    change is not written again.
    """
    names = [name.strip() for name in (to_names or "").split(",") if name.strip()]
    is_folder = output is not None and os.path.isdir(output)  # noqa: PTH112 - of any length
    found = _found(session, query, provenance=provenance)
    report = Report(output, explains=explain, is_strict=strict, as_json=as_json)
    if len(names) < 2 and not split_by and not is_folder:
        wanted = target(names[0] if names else None, output, profile)
        part = Reads(tuple(stored.record for stored in found))
        fill = tuple(pairs(filled, FILL).items())
        conversion = Conversion(wanted, profile, explain or strict, named_columns(columns), fill)
        if output is not None:
            _check_apart(session, output)
        return write([part], conversion, report) or session.status
    if columns or filled:
        raise UsageError("--columns and --fill are for one file", hint="write it by itself")
    if output is None or (output.exists() and not is_folder):
        raise UsageError("several files need a folder", hint="name one with -o")
    formats = [target(name, output, profile) for name in names] or [target(None, output, profile)]
    made = files(
        _groups(found, split_by),
        formats,
        session.path.resolve().stem,
        profile=profile,
        explain=explain or strict,
    )
    put = list(made)
    for each in put:
        _check_apart(session, output / each.name)
    return _put(put, output, report, " ".join(query), profile) or session.status


def _check_apart(session: Session, output: Path) -> None:
    known = session.store.bibliographies.values()
    check_apart(output, (each.file for each in known), "a bibliography of the library itself")


def _found(session: Session, query: Sequence[str], *, provenance: bool) -> Sequence[Stored]:
    found = session.store.find(" ".join(query))
    if not found:
        raise NotFoundError(f"no record in {session.path} answers to {' '.join(query) or 'this'}")
    if provenance:
        found = import_module("northbib.cli.explaining").with_provenance(session, found)
    return found


def _groups(found: Iterable[Stored], split_by: str | None) -> dict[str, list[Record]]:
    """Part records into groups, which stand in the order of their names; some are in several."""
    groups: dict[str, list[Record]] = {}
    for stored in found:
        for group in _groups_of(stored, split_by):
            groups.setdefault(group, []).append(stored.record)
    return dict(sorted(groups.items()))


def _groups_of(stored: Stored, split_by: str | None) -> Sequence[str]:
    record = stored.record
    if split_by == "topic":
        return record.keywords or (_NONE["topic"],)
    if split_by == "year":
        return (_NONE["year"] if record.year is None else str(record.year),)
    if split_by == "type":
        return (record.type,)
    return (stored.bibliography if split_by else "",)


def _put(made: Sequence[File], folder: Path, report: Report, query: str, profile: str) -> int:
    """Write files and their manifest, where that changes something."""
    count = Count()
    for each in made:
        batch = Batch(told=each.told, written=each.records)
        count.add(batch)
        report.take(batch, each.name)
    report.check()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", where=folder) from error
    everything = [(each.name, each.data) for each in made]
    everything.append((MANIFEST, manifest(made, query, profile)))
    changed = [name for name, data in everything if _write(folder / name, data)]
    report.close(count)
    if len(changed) == len(everything):
        note(f"wrote {len(changed)} files in {folder}")
    else:
        of = f"{len(changed)} of {len(everything)}"
        note(f"wrote {of} files in {folder}; the others are as they were")
    return 0 if count.is_whole else FOUND


def _write(path: Path, data: bytes) -> bool:
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomically(path, data)
    return True
