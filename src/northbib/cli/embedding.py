"""The command that writes reading lists into articles: embed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.session import FOUND, note, report
from northbib.embed import embed_files
from northbib.errors import StoreError, UsageError

if TYPE_CHECKING:
    from northbib.cli.session import Session
    from northbib.embed import Embedded

__all__ = ["embed_command"]


@click.command("embed")
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--check", is_flag=True, help="Write nothing; status 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, status 1 if so.")
@click.pass_obj
def embed_command(session: Session, articles: tuple[str, ...], check: bool, diff: bool) -> int:
    r"""Write the generated sections of articles, or check them.

    An article is a Markdown or HTML file with marker comments:

    \b
    <!-- northbib:begin topic:english-devolution style=apa group=type -->
    <!-- northbib:end -->

    The words after begin are a query (see `northbib list --help`) and options. Only what stands
    between the markers is written; where one marker is wrong, no file is.
    """
    if check and diff:
        raise UsageError("--check and --diff exclude each other", hint="--diff checks as well")
    _check_library(session)
    paths = [Path(article) for article in articles]
    results = embed_files(paths, session.store, write=not (check or diff), styles=session.styles)
    for result in results:
        report(result.findings)
        if diff:
            click.echo(result.diff, nl=False)
        else:
            click.echo(_sentence(result, check=check))
    stale = [str(result.path) for result in results if result.changed]
    if stale and check:
        note(f"to refresh: northbib embed {' '.join(stale)}")
    return FOUND if stale and (check or diff) else 0


def _check_library(session: Session) -> None:
    """Refuse a library of which a part cannot be read: its works would vanish from the articles."""
    faults = [found for found in session.store.problems if found.severity == "error"]
    if faults:
        raise StoreError(
            f"{_count(len(faults), 'fault')} keep this library from being read whole",
            where=session.path,
            hint="mend what is named above first; no article was written",
        )


def _sentence(result: Embedded, *, check: bool) -> str:
    """Say what became of an article, or in a check what would."""
    stale = [section for section in result.sections if section.changed]
    if not stale:
        return f"{result.path}: {_count(len(result.sections), 'section')} up to date"
    if not check:
        return f"{result.path}: {_count(len(stale), 'section')} written"
    places = ", ".join(f"{result.path}:{section.line}" for section in stale)
    return f"{places}: would change"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
