"""The command convert: files of records, from one format to another."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.editing import pairs
from northbib.cli.input_files import files_in_parts
from northbib.cli.losses import Report, set_aside
from northbib.cli.output import output_option
from northbib.cli.writing import check_apart, check_place, write, write_resumed
from northbib.errors import UsageError
from northbib.exchange.conversion import Conversion
from northbib.exchange.formats import FORMATS, Format, format_named, formats_of_name
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.exchange.profiles import Profile

__all__ = [
    "FILL",
    "columns_option",
    "convert_command",
    "explain_option",
    "fill_option",
    "json_option",
    "named_columns",
    "profile_option",
    "strict_option",
    "target",
]

FILL = "COLUMN=TEXT"
"""What `--fill` takes."""

_AMBIGUOUS = (".tsv", ".xml")
"""Endings of several formats, none of which is what is meant more often than the others."""

_STANDARD_INPUT = 0
"""The descriptor of it."""

explain_option = click.option(
    "--explain", is_flag=True, help="Say what the format has no part for, entry by entry."
)
strict_option = click.option(
    "--strict", is_flag=True, help="Write nothing if a field of any entry would be lost."
)
profile_option = click.option(
    "--profile", default="", metavar="NAME", help="Write as this system takes it: talis, zotero, …"
)
columns_option = click.option(
    "--columns", default="", metavar="NAME,...", help="The columns of a table: title,author,year."
)
fill_option = click.option(
    "--fill",
    "filled",
    multiple=True,
    metavar=FILL,
    help="Fill a column of Leganto's file in each line: coursecode, reading_list_name, …",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print what is said as JSON.")


@click.command("convert")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--from", "from_name", metavar="FORMAT", help="Format of the files.")
@click.option("--to", "to_name", metavar="FORMAT", help="Format to write; else -o's ending tells.")
@output_option()
@profile_option
@columns_option
@fill_option
@explain_option
@strict_option
@json_option
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Use N processes.")
@click.option("--resume", is_flag=True, help="Go on where this conversion was interrupted.")
def convert_command(
    files: tuple[str, ...],
    from_name: str | None,
    to_name: str | None,
    output: Path | None,
    profile: str,
    columns: str,
    filled: tuple[str, ...],
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
    wanted = target(to_name, output, profile)
    fill = tuple(pairs(filled, FILL).items())
    conversion = Conversion(wanted, profile, explain or strict, named_columns(columns), fill)
    report = Report(output, explains=explain, is_strict=strict, as_json=as_json)
    if output is not None:
        _check_apart(files, output)
    parts = files_in_parts(files, source)
    if not resume:
        return write(parts, conversion, report, jobs, of_several=len(files) > 1)
    _check_resumable(files, conversion, output)
    resuming = import_module("northbib.exchange.resuming")
    request = {"input": resuming.sums_of(files), "from": from_name, "to": wanted.name}
    request |= {"profile": profile, "columns": columns, "northbib": __version__}
    request |= {"losses": conversion.explain, "filled": list(map(list, fill))}
    partial = resuming.Partial(output, request)
    return write_resumed(parts, conversion, report, partial, jobs)


def _check_apart(files: tuple[str, ...], output: Path) -> None:
    sources = [_STANDARD_INPUT if file == "-" else file for file in files]
    check_apart(output, sources, "what is converted")
    check_apart(set_aside(output), sources, "what is converted, and records would be set aside")


def named_columns(text: str) -> tuple[str, ...]:
    """Give the columns that an option names."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _check_resumable(files: tuple[str, ...], conversion: Conversion, output: Path | None) -> None:
    if output is None or "-" in files or not all(Path(file).is_file() for file in files):
        hint = "name the files, and the one to write with -o"
        raise UsageError("only files can be gone on with", hint=hint)
    check_place(output)
    if conversion.is_whole:
        raise UsageError(f"{conversion.entry.title} is written at once", hint="leave --resume out")


def target(name: str | None, output: Path | None, profile: str) -> Format:
    """Give the format to write: as named, as the file's ending has it, or as the profile does.

    Raises:
        UsageError: None is named, or several by the ending; it is only read; or neither profile nor
            terminal takes it.
    """
    known = _profile(profile) if profile else None
    endings = formats_of_name(output.name) if output is not None else ()
    if name is not None:
        found = format_named(name)
    elif output is not None and endings:
        found = _of_ending(output.suffix.lower(), endings, known)
    elif known is not None:
        found = FORMATS[known.formats[0]]
    else:
        raise UsageError("no format to write is named", hint="name one: --to FORMAT")
    if known is not None and found.name not in known.formats:
        hint = f"--to {' or '.join(known.formats)}"
        raise UsageError(f"{known.title} is not written as {found.title}", hint=hint)
    _check_writable(found)
    if not found.is_text and output is None and sys.stdout.isatty():
        raise UsageError(f"{found.title} is no text for a terminal", hint="name a file with -o")
    return found


def _of_ending(ending: str, endings: Sequence[Format], known: Profile | None) -> Format:
    """Give the format that is meant by an ending, of those that the profile takes if it takes any.

    Raises:
        UsageError: It is not told which of several is meant.
    """
    fitting = [entry for entry in endings if known is not None and entry.name in known.formats]
    names = [entry.name for entry in fitting or endings if entry.writes]
    if ending in _AMBIGUOUS and len(names) > 1:
        *others, last = names
        said = f"{ending} is the ending of {', '.join(others)} and {last}"
        raise UsageError(said, hint="name one: --to FORMAT")
    return (fitting or list(endings))[0]


def _check_writable(entry: Format) -> None:
    if not entry.writes:
        writable = ", ".join(each.name for each in FORMATS.values() if each.writes)
        raise UsageError(f"{entry.title} is only read", hint=f"what is written: {writable}")


def _profile(name: str) -> Profile:
    found: Profile = import_module("northbib.exchange.profiles").profile_named(name)
    return found
