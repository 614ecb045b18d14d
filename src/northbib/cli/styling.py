"""The command about citation styles: styles, with its subcommands check and show."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from northbib import csl
from northbib.cli.options import markup_options
from northbib.cli.reporting import format_options, print_report, summed_up
from northbib.cli.session import FOUND, Session, note, print_json, report, styled
from northbib.csl import catalogue
from northbib.csl.specimen import specimen_line, specimen_page
from northbib.errors import NorthbibError, StyleError
from northbib.findings import Finding
from northbib.markup import MARKUPS, writer

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["styles_command"]

_HITS = 20


class _Styles(click.Command):
    """A command that takes words to search for, or one of its subcommands before all else."""

    subcommands: Mapping[str, click.Command] = {}

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Hand over to a subcommand where the first word is the name of one."""
        if args and args[0] in self.subcommands:
            name = f"{info_name} {args[0]}"
            return self.subcommands[args[0]].make_context(name, args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and after them the subcommands."""
        super().format_options(ctx, formatter)
        with formatter.section("Commands"):
            lines = self.subcommands.items()
            formatter.write_dl([(name, command.get_short_help_str(100)) for name, command in lines])


@click.command("styles", cls=_Styles, options_metavar="[OPTIONS] [COMMAND]")
@click.argument("words", nargs=-1)
@click.option("--limit", default=_HITS, show_default=True, help="Show at most this many; 0: all.")
@click.option("--locale", metavar="TAG", help="Locale of the example lines.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def styles_command(
    session: Session, words: tuple[str, ...], limit: int, locale: str | None, as_json: bool
) -> None:
    """Find citation styles by name or title, check them and show them.

    Each hit is shown with an example line. Without WORDS the names of all styles are listed. To
    search for the word check or show, put `--` before it.
    """
    hits = catalogue.search(words, session.styles)
    shown = hits if limit <= 0 or not words else hits[:limit]
    if as_json:
        print_json([{"name": hit.name, "title": hit.title, "parent": hit.parent} for hit in shown])
        return
    if not words:
        for hit in hits:
            click.echo(f"{hit.name}\t{hit.title}")
        return
    for hit in shown:
        click.echo(f"{styled(hit.name, fg='cyan')}  {hit.title}")
        click.echo(f"    {_example(hit.name, session, locale)}")
    _say_the_rest(len(hits), len(shown), words)


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@format_options
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def check_command(session: Session, files: tuple[str, ...], form: str, as_json: bool) -> int:
    """Check styles against CSL 1.0.2, and say what is wrong on which line.

    FILE is a file or the name of a style. Beyond the schema of CSL, macros that are not there,
    call themselves, are there twice or are never called are found, terms that no locale has, and
    a parent that is not there. Status 1 if there is an error; warnings alone leave it 0.
    """
    found: list[Finding] = []
    status = 0
    for file in files:
        findings, worst = _checked(file, session)
        found += findings
        status = max(status, worst)
    form = "json" if as_json else form
    print_report(form, found)
    if form == "text":
        note(summed_up(found, len(files), "style", "styles"))
    return status


@click.command("show")
@click.argument("name", metavar="STYLE")
@markup_options(*MARKUPS)
@click.pass_obj
def show_command(session: Session, name: str, locale: str | None, markup: str, engine: str) -> None:
    """Show a specimen of a style: what it says of itself, and a work of each type.

    STYLE is the name or the file of a style. Works that the collection has no example of are made
    up, and say so.
    """
    page = specimen_page(csl.Style.load(name, session.styles), locale, engine)
    report(page.findings)
    click.echo(writer(markup).write_blocks(page.blocks), nl=False)


_Styles.subcommands = {"check": check_command, "show": show_command}


def _example(name: str, session: Session, locale: str | None) -> str:
    try:
        line = specimen_line(csl.Style.load(name, session.styles), locale)
        return writer("text").write_inline(line)
    except NorthbibError as error:
        return styled(f"(no example: {error.message})", sys.stdout, dim=True)


def _say_the_rest(hits: int, shown: int, words: tuple[str, ...]) -> None:
    if not hits:
        note(f"no style matches {' '.join(words)}; northbib styles lists all")
    elif hits > shown:
        note(f"{hits - shown} more; add words, or --limit 0")


def _checked(file: str, session: Session) -> tuple[list[Finding], int]:
    """Give what is wrong with a style, and the exit status that it comes to."""
    path = Path(file)
    try:
        findings = csl.check(path if path.is_file() else file, session.styles)
    except NorthbibError as error:
        code = "not-a-style" if isinstance(error, StyleError) else "no-such-style"
        finding = Finding(
            code=code,
            severity="error",
            message=error.message,
            file=str(error.where or file),
            line=error.line,
            fix=error.hint,
        )
        return [finding], error.exit_status
    is_wrong = any(finding.severity == "error" for finding in findings)
    return findings, FOUND if is_wrong else 0
