"""The `northbib` command: its table of commands, global options and exit statuses.

A command's module is imported when the command is called, so that none pays for another's imports.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import TYPE_CHECKING, Any

import click

from northbib.cli.session import Session
from northbib.errors import InputError, NorthbibError
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

__all__ = ["COMMANDS", "cli", "main", "run"]

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("starting", "Start a library in a folder."),
    "add": (
        "adding",
        "Add records from identifiers, URLs, titles, files, standard input or fields.",
    ),
    "resolve": ("resolving", "Turn identifiers, URLs and titles into records and print them."),
    "list": ("reading", "List the records that a query finds, or all, in the order of the files."),
    "search": ("reading", "Search the library: what a query finds, the best answers first."),
    "show": ("reading", "Show records in full, or in a bibliographic format."),
    "edit": ("editing", "Set and unset fields of a record, or edit records in your editor."),
    "enrich": ("enriching", "Fill the gaps of records from the sources that know them."),
    "tag": ("editing", "Add topics to records and take them away."),
    "move": ("editing", "Move records to another bibliography."),
    "remove": ("editing", "Remove records from the library."),
    "log": ("history", "List the changes that northbib made to the library, the last first."),
    "undo": ("history", "Undo the last change, or the one of a number."),
    "check": ("checking", "Look for what is wrong with the library, or with what a query finds."),
    "duplicates": ("deduplicating", "Find records that are of one work, and merge them."),
    "rekey": ("cleaning", "Give records new citation keys, made by a pattern."),
    "tidy": ("cleaning", "Lay out bibliographies in one way, and write each thing in one form."),
    "diff": ("sharing", "Show what differs between two states of a library, by entry and field."),
    "merge-driver": ("sharing", "Merge a bibliography for git, by entry and field."),
    "cite": ("rendering", "Cite records in a citation style."),
    "render": (
        "rendering",
        "Render a reading list, or an article with citations, in a citation style.",
    ),
    "convert": ("exchanging", "Convert files from one bibliographic format to another."),
    "import": (
        "importing",
        "Import the records of files, and show first what is new, changed or there already.",
    ),
    "export": (
        "exporting",
        "Export what a query finds, or the whole library, in bibliographic formats.",
    ),
    "formats": (
        "formats",
        "List the bibliographic formats, with what each reads, writes and cannot hold.",
    ),
    "styles": ("styling", "Find citation styles by name or title, check them and show them."),
    "completion": ("completion", "Print the script that completes commands in a shell."),
    "embed": ("embedding", "Write the generated sections of articles, or check them."),
    "asset": (
        "pages",
        "Print the stylesheet or the script for web pages that reading lists stand on.",
    ),
}
"""Command -> the module of `northbib.cli` that has it, and its line in the list of commands."""

_COMPLETE = "_NORTHBIB_COMPLETE"
"""The environment variable by which a shell asks for completions."""

_INTERRUPTED = 130
_INTERNAL = 70


class _LazyGroup(click.Group):
    """A group that knows its commands by name and imports them when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"northbib.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[Any]]:
        item = importlib.import_module("click.shell_completion").CompletionItem
        known = COMMANDS.items()
        found = [item(name, help=line) for name, (_, line) in known if name.startswith(incomplete)]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=_LazyGroup,
    name="northbib",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Any folder of .bib files is a library. Start with: northbib list",
)
@click.version_option(__version__, prog_name="northbib")
@click.option(
    "--library",
    metavar="DIR",
    type=click.Path(path_type=str),
    envvar="NORTHBIB_LIBRARY",
    help="A folder of .bib files, or one .bib file.  [default: bibliographies/ if there is one,"
    " else this folder]",
)
@click.pass_context
def cli(ctx: click.Context, library: str | None) -> None:
    """Keep bibliographies in plain BibTeX files, and write reading lists in any citation style."""
    ctx.obj = Session(library)
    if sys.stderr.isatty() and os.environ.get("TERM", "dumb") != "dumb":
        ctx.with_resource(importlib.import_module("northbib.cli.progressing").Display())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command line and exit with its status (see the table in the documentation)."""
    try:
        status = _complete() if _COMPLETE in os.environ else run(arguments)
    except Exception as error:  # noqa: BLE001 - the one place where a bug becomes a sentence
        status = _bug(error)
    sys.exit(status)


def _complete() -> int:
    """Answer a shell that asks what a command line can go on with."""
    completion = importlib.import_module("northbib.cli.completion")
    status: int = completion.answer(cli, os.environ[_COMPLETE])
    return status


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit status; what went wrong is said on standard error."""
    try:
        result = cli.main(arguments, prog_name="northbib", standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as stop:
        # click leaves with 1, and a wrapper round standard output, where its reader has gone.
        is_gone = type(sys.stdout).__name__.endswith("PacifyFlushWrapper")
        return 0 if is_gone else int(stop.code or 0)
    except NorthbibError as error:
        return _failed(error)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("northbib: interrupted", err=True)
        return _INTERRUPTED
    except OSError as error:
        # What is read and written elsewhere has errors of its own: this is standard output.
        return _cannot_print(error)
    return result if isinstance(result, int) else 0


def _failed(error: NorthbibError) -> int:
    click.echo(f"northbib: {error}", err=True)
    for finding in error.findings:
        click.echo(str(finding), err=True)
    return error.exit_status


def _cannot_print(error: OSError) -> int:
    # Nothing more can be said there, and Python would complain about it at exit.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    click.echo(f"northbib: standard output cannot be written: {error.strerror}", err=True)
    return InputError.exit_status


def _bug(error: Exception) -> int:
    if os.environ.get("NORTHBIB_DEBUG"):
        traceback.print_exception(error)
    click.echo(
        f"northbib: this is a bug in northbib: {type(error).__name__}: {error};"
        " set NORTHBIB_DEBUG=1 to see where, and report it",
        err=True,
    )
    return _INTERNAL
