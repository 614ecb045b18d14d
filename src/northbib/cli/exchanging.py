"""Commands that take records from one format to another: convert, export, formats."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.input_files import files_in_parts
from northbib.cli.losses import Report
from northbib.cli.querying import QUERY_HELP, QueryCommand
from northbib.cli.session import Session, print_json
from northbib.cli.writing import write, write_resumed
from northbib.errors import NotFoundError, UsageError
from northbib.exchange.conversion import Conversion
from northbib.exchange.formats import FORMATS, Format, format_named, formats_of_name
from northbib.exchange.running import Reads
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.exchange.profiles import Profile
    from northbib.library import Stored

__all__ = ["convert_command", "export_command", "formats_command"]

_explain_option = click.option(
    "--explain", is_flag=True, help="Say what the format has no part for, entry by entry."
)
_strict_option = click.option(
    "--strict", is_flag=True, help="Write nothing if a field of any entry would be lost."
)
_profile_option = click.option(
    "--profile", default="", metavar="NAME", help="Write as this system takes it: talis, zotero, …"
)
_json_option = click.option("--json", "as_json", is_flag=True, help="Print what is said as JSON.")
_output_option = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file."
)


@click.command("convert")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "from_name", metavar="FORMAT", help="Format of the files.")
@click.option("--to", "to_name", metavar="FORMAT", help="Format to write; else -o's ending tells.")
@_output_option
@_profile_option
@_explain_option
@_strict_option
@_json_option
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Use N processes.")
@click.option("--resume", is_flag=True, help="Go on where this conversion was interrupted.")
def convert_command(
    files: tuple[str, ...],
    from_name: str | None,
    to_name: str | None,
    output: Path | None,
    profile: str,
    explain: bool,
    strict: bool,
    as_json: bool,
    jobs: int,
    resume: bool,
) -> int:
    """Convert files from one bibliographic format to another.

    FILE is a file, or `-` for standard input; its content tells its format. Several files make one.
    A record that cannot be read or written is left out and named, and the exit status is 1; with -o
    it is kept beside the file, in one that ends in .rejected. `northbib formats` lists the formats.

    What a format has no part for goes into notes which northbib reads back, where the format has
    notes. With --explain each such field is named, and each that is lost.

    With --resume, what is done is kept when the conversion is interrupted, beside the file in one
    that ends in .partial, and the same command goes on with it.
    """
    source = format_named(from_name) if from_name else None
    target = _target(to_name, output, profile)
    conversion = Conversion(target, profile, explain=explain or strict)
    report = Report(output, explains=explain, is_strict=strict, as_json=as_json)
    parts = files_in_parts(files, source)
    if not resume:
        return write(parts, conversion, report, jobs)
    _check_resumable(files, conversion, report)
    resuming = import_module("northbib.exchange.resuming")
    request = {"input": resuming.sums_of(files), "from": from_name, "to": target.name}
    partial = resuming.Partial(output, {**request, "profile": profile, "northbib": __version__})
    return write_resumed(parts, conversion, report, partial, jobs)


def _check_resumable(files: tuple[str, ...], conversion: Conversion, report: Report) -> None:
    if report.output is None or "-" in files or not all(Path(file).is_file() for file in files):
        hint = "name the files, and the one to write with -o"
        raise UsageError("only files can be gone on with", hint=hint)
    if report.explains or report.is_strict:
        raise UsageError("what is gone on with is not explained", hint="leave --resume out")
    if conversion.is_whole:
        raise UsageError(f"{conversion.entry.title} is written at once", hint="leave --resume out")


@click.command("export", cls=QueryCommand, epilog=QUERY_HELP)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--to", "to_name", metavar="FORMAT", help="Format to write; else -o's ending tells.")
@_output_option
@_profile_option
@_explain_option
@_strict_option
@_json_option
@click.option(
    "--provenance", is_flag=True, help="Let records take along, in a field, where fields come from."
)
@click.pass_obj
def export_command(
    session: Session,
    query: tuple[str, ...],
    to_name: str | None,
    output: Path | None,
    profile: str,
    explain: bool,
    strict: bool,
    as_json: bool,
    provenance: bool,
) -> int:
    """Export what a query finds, or the whole library, in a bibliographic format.

    The records stand in the order of the files. `northbib formats` lists the formats.
    """
    target = _target(to_name, output, profile)
    found = session.store.find(" ".join(query))
    if not found:
        raise NotFoundError(f"no record in {session.path} answers to {' '.join(query) or 'this'}")
    if provenance:
        found = import_module("northbib.cli.explaining").with_provenance(session, found)
    report = Report(output, explains=explain, is_strict=strict, as_json=as_json)
    part = Reads(tuple(stored.record for stored in found))
    conversion = Conversion(target, profile, explain=explain or strict)
    return write([part], conversion, report) or session.status


@click.command("formats")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def formats_command(as_json: bool) -> int:
    """List the bibliographic formats, with what each reads, writes and cannot hold."""
    if as_json:
        print_json([_format_as_json(entry) for entry in FORMATS.values()])
        return 0
    rows = [("name", "", "endings", "format")]
    rows += [
        (entry.name, _directions(entry), " ".join(entry.extensions), entry.title)
        for entry in FORMATS.values()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join((*cells, row[3])).rstrip())
    return 0


def _directions(entry: Format) -> str:
    return "reads, writes" if entry.reads and entry.writes else "reads" if entry.reads else "writes"


def _format_as_json(entry: Format) -> dict[str, object]:
    return {
        "name": entry.name,
        "title": entry.title,
        "reads": entry.reads,
        "writes": entry.writes,
        "extensions": list(entry.extensions),
        "media_type": entry.media_type,
        "specification": entry.specification,
        "cannot": entry.cannot,
    }


def _target(name: str | None, output: Path | None, profile: str) -> Format:
    """Give the format to write: as named, as the file's ending has it, or as the profile does."""
    known = _profile(profile) if profile else None
    endings = formats_of_name(output.name) if output is not None else ()
    if name is not None:
        target = format_named(name)
    elif known is not None:
        fitting = [entry for entry in endings if entry.name in known.formats]
        target = fitting[0] if fitting else FORMATS[known.formats[0]]
    elif endings:
        target = endings[0]
    else:
        raise UsageError("no format to write is named", hint="name one: --to FORMAT")
    if known is not None and target.name not in known.formats:
        hint = f"--to {' or '.join(known.formats)}"
        raise UsageError(f"{known.title} is not written as {target.title}", hint=hint)
    _check_writable(target)
    if not target.is_text and output is None and sys.stdout.isatty():
        raise UsageError(f"{target.title} is no text for a terminal", hint="name a file with -o")
    return target


def _check_writable(target: Format) -> None:
    if not target.writes:
        writable = ", ".join(each.name for each in FORMATS.values() if each.writes)
        raise UsageError(f"{target.title} is only read", hint=f"what is written: {writable}")


def _profile(name: str) -> Profile:
    found: Profile = import_module("northbib.exchange.profiles").profile_named(name)
    return found
