"""Commands that render: cite, render."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from northbib.cli.articles import article_of, article_options
from northbib.cli.clipboard import deliver
from northbib.cli.keys import chosen, keys_argument
from northbib.cli.listing import list_options
from northbib.cli.options import markup_options
from northbib.cli.output import output_option
from northbib.cli.pages import LEVEL, as_page, check_page
from northbib.cli.querying import QueryCommand
from northbib.cli.session import Session, note, report
from northbib.cli.sources import records_of
from northbib.csl import HOUSE_STYLE
from northbib.errors import UsageError
from northbib.lists import ListSpec, cite, list_spec, reading_list
from northbib.markup import BINARY, MARKUPS, write_document, writer

__all__ = ["cite_command", "render_command"]

_OF_COMMAND = frozenset(
    {"markup", "format_name", "output", "keep_unknown", "fragment", "page", "title", "clipboard"}
)
"""Options that are about the command, not the list."""

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
@list_options
@click.option("--from", "format_name", metavar="FORMAT", help="Format of the files.")
@output_option()
@click.option("--page", is_flag=True, help="Write a list as a whole page of HTML.")
@click.option("--title", metavar="TEXT", help="The title of that page.")
@click.option("--clipboard", is_flag=True, help="Put the outcome on the clipboard.")
@article_options
@click.pass_context
def render_command(context: click.Context, /, sources: tuple[str, ...], **options: Any) -> int:
    """Render a reading list, or an article with citations, in a citation style.

    SOURCE is a file, `-` for standard input, the name of a bibliography, or the words of a query
    (see `northbib list --help`).

    If it is an article (Markdown, reStructuredText, AsciiDoc, LaTeX, Typst, Org), its citations are
    set by the style, and what it cites is listed; the outcome goes to standard output or a new
    file. The article may name style and locale in its front matter.
    """
    session: Session = context.obj
    article = article_of(sources)
    if article is not None:
        return _render_article(context, session, article)
    check_page(options)
    if options["markup"] in BINARY and options["output"] is None:
        raise UsageError(
            f"{options['markup']} is no text for standard output", hint="name a file: -o list.docx"
        )
    records = records_of(session, sources, options["format_name"])
    given = {name: value for name, value in options.items() if name not in _OF_COMMAND}
    if options["page"] and given["level"] is None:
        given["level"] = LEVEL
    spec = list_spec(given, is_web=options["markup"] == "html", styles=session.styles)
    found = reading_list(records, spec)
    report(found.findings)
    for each in found.unused:
        note(f"the note on {each.key} belongs to no work of the list")
    if not records:
        note(f"there are no records in {' '.join(sources)}")
    is_html = options["markup"] == "html"
    data = write_document(options["markup"], found.blocks)
    data = as_page(data, sources, options) if options["page"] else data
    deliver(data, options["output"], clipboard=options["clipboard"], is_html=is_html)
    return session.status


def _render_article(context: click.Context, session: Session, article: str) -> int:
    # Reading lists can do without the readers of articles.
    module = import_module("northbib.cli.rendering_articles")
    status: int = module.render_an_article(context, session, article)
    return status
