"""Commands that render: cite, render."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from northbib.cli.keys import chosen, keys_argument
from northbib.cli.options import markup_options
from northbib.cli.output import write_output
from northbib.cli.querying import QueryCommand
from northbib.cli.session import Session, note, report
from northbib.cli.sources import records_of
from northbib.csl import HOUSE_STYLE
from northbib.errors import UsageError
from northbib.lists import ListSpec, cite, reading_list
from northbib.markup import BINARY, MARKUPS, write_document, writer

__all__ = ["cite_command", "render_command"]

_style_option = click.option(
    "--style", metavar="STYLE", default=HOUSE_STYLE, show_default=True, help="Name or path."
)


@click.command("cite")
@keys_argument
@_style_option
@markup_options(*MARKUPS)
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

    All keys make one citation cluster, as they would in a sentence of an article. Without a KEY,
    you choose the records at the terminal.
    """
    records = [session.store.get(key).record for key in chosen(session, keys)]
    spec = ListSpec(style=style, locale=locale, engine=engine, styles=session.styles)
    citation = cite(records, spec)
    report(citation.findings)
    click.echo(writer(markup).write_inline(citation.content))
    return session.status


@click.command("render", cls=QueryCommand)
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@_style_option
@markup_options(*MARKUPS, *BINARY)
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
    if options["markup"] in BINARY and options["output"] is None:
        raise UsageError(
            f"{options['markup']} is no text for standard output", hint="name a file: -o list.docx"
        )
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
    if not records:
        note(f"there are no records in {' '.join(sources)}")
    write_output(write_document(options["markup"], found.blocks), options["output"])
    return session.status
