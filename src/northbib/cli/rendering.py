"""Commands that render: cite, render, styles."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from northbib import csl
from northbib.cli.querying import QueryCommand
from northbib.cli.session import Session, note, print_json, report, styled
from northbib.cli.sources import records_of
from northbib.csl import HOUSE_STYLE, catalogue
from northbib.csl.engines import DEFAULT_ENGINE, ENGINES
from northbib.errors import NorthbibError
from northbib.library.files import write_atomically
from northbib.lists import ListSpec, cite, reading_list
from northbib.markup import MARKUPS, writer

__all__ = ["cite_command", "render_command", "styles_command"]

_HITS = 20

F = TypeVar("F", bound=Callable[..., Any])


def _style_options(function: F) -> F:
    """Add the options that all rendering commands share."""
    options = (
        click.option("--style", default=HOUSE_STYLE, show_default=True, help="Name or path."),
        click.option("--locale", metavar="TAG", help="Locale of terms and dates, such as en-GB."),
        click.option(
            "--to",
            "markup",
            type=click.Choice(MARKUPS),
            default="text",
            show_default=True,
            help="Markup of the output.",
        ),
        click.option(
            "--engine",
            type=click.Choice(list(ENGINES)),
            default=DEFAULT_ENGINE,
            show_default=True,
            help="Citation engine.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.command("cite")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@_style_options
@click.pass_obj
def cite_command(
    session: Session,
    keys: tuple[str, ...],
    style: str,
    locale: str | None,
    markup: str,
    engine: str,
) -> int:
    """Cite records in a citation style.

    All keys make one citation cluster, as they would in a sentence of an article.
    """
    records = [session.store.get(key).record for key in keys]
    spec = ListSpec(style=style, locale=locale, engine=engine, styles=session.styles)
    citation = cite(records, spec)
    report(citation.findings)
    click.echo(writer(markup).write_inline(citation.content))
    return session.status


@click.command("render", cls=QueryCommand)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_style_options
@click.option("--sort", metavar="FIELD,...", help="Order, such as author,-year.")
@click.option("--group-by", "group", metavar="FIELD", help="Groups, such as topic or -year.")
@click.option("--from", "format_name", metavar="FORMAT", help="Format of the files.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.pass_obj
def render_command(session: Session, /, sources: tuple[str, ...], **options: Any) -> int:
    """Render a reading list in a citation style.

    SOURCE is a file, `-` for standard input, the name of a bibliography, or the words of a query
    (see `northbib list --help`).
    """
    records = records_of(session, sources, options["format_name"])
    spec = ListSpec(
        style=options["style"],
        locale=options["locale"],
        engine=options["engine"],
        sort=tuple(word for word in (options["sort"] or "").split(",") if word),
        group=options["group"] or "",
        styles=session.styles,
    )
    found = reading_list(records, spec)
    report(found.findings)
    text = writer(options["markup"]).write_blocks(found.blocks)
    if options["output"]:
        write_atomically(options["output"], text.encode())
        note(f"wrote {options['output']}")
    else:
        click.echo(text, nl=False)
    return session.status


@click.command("styles")
@click.argument("words", nargs=-1)
@click.option("--limit", default=_HITS, show_default=True, help="Show at most this many; 0: all.")
@click.option("--locale", metavar="TAG", help="Locale of the example lines.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def styles_command(
    session: Session, words: tuple[str, ...], limit: int, locale: str | None, as_json: bool
) -> None:
    """Find citation styles by name or title.

    Each hit is shown with an example line. Without WORDS the names of all styles are listed.
    """
    hits = catalogue.search(words, session.styles)
    if as_json:
        print_json([{"name": hit.name, "title": hit.title, "parent": hit.parent} for hit in hits])
        return
    if not words:
        for hit in hits:
            click.echo(f"{hit.name}\t{hit.title}")
        return
    shown = hits if limit <= 0 else hits[:limit]
    for hit in shown:
        click.echo(f"{styled(hit.name, fg='cyan')}  {hit.title}")
        click.echo(f"    {_example(hit.name, session, locale)}")
    _say_the_rest(len(hits), len(shown), words)


def _example(name: str, session: Session, locale: str | None) -> str:
    try:
        style = csl.Style.load(name, session.styles)
        return writer("text").write_inline(catalogue.specimen(style, locale))
    except NorthbibError as error:
        return styled(f"(no example: {error.message})", sys.stdout, dim=True)


def _say_the_rest(hits: int, shown: int, words: tuple[str, ...]) -> None:
    if not hits:
        note(f"no style matches {' '.join(words)}; northbib styles lists all")
    elif hits > shown:
        note(f"{hits - shown} more; add words, or --limit 0")
