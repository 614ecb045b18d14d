"""`render` with an article: its citations are set, and it is written to a new file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from click.core import ParameterSource

from northbib.cli.clipboard import deliver
from northbib.cli.session import note, report
from northbib.cli.sources import read_input
from northbib.embed.markups import markup_of
from northbib.embed.rendered import Options, render_article
from northbib.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    import click

    from northbib.cli.session import Session

__all__ = ["render_an_article"]

_TAKEN = frozenset(
    """
    sources style locale markup engine fragment keep_unknown output clipboard
    """.split()
)
"""The options that an article can be rendered with."""


def render_an_article(context: click.Context, session: Session, article: str) -> int:
    """Set the citations of an article; the article itself is never written to.

    Raises:
        UsageError: An option is not for articles, or the outcome would overwrite the article.
        NorthbibError: See `northbib.embed.rendered.render_article`.
    """
    given = _given(context)
    of_lists = next((name for name in given if name not in _TAKEN), None)
    if of_lists is not None:
        shown = of_lists.replace("_", "-")
        raise UsageError(f"--{shown} is for reading lists, and {article} is an article")
    output: Path | None = given.get("output")
    _check_output(Path(article), output)
    markup = given.get("markup")
    options = Options(
        style=given.get("style"),
        locale=given.get("locale"),
        engine=context.params["engine"],
        to="html" if markup is None and _is_html(output) else markup,
        fragment=given.get("fragment", False),
        keep_unknown=given.get("keep_unknown", False),
        styles=tuple(session.styles),
    )
    if not Path(article).is_file():
        raise NotFoundError("there is no such article", where=article)
    done = render_article(read_input(article), article, markup_of(article), session.store, options)
    report(done.findings)
    clipboard = given.get("clipboard", False)
    deliver(done.data, output, clipboard=clipboard, is_html=options.to == "html")
    if not done.citations:
        note(f"{article} cites nothing")
    return session.status


def _given(context: click.Context) -> dict[str, Any]:
    """Give the options that are on the command line."""
    return {
        name: value
        for name, value in context.params.items()
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT
    }


def _is_html(output: Path | None) -> bool:
    return output is not None and output.suffix.lower() in (".html", ".htm")


def _check_output(article: Path, output: Path | None) -> None:
    if output is not None and output.exists() and article.exists() and output.samefile(article):
        raise UsageError(
            "the article itself is not overwritten", where=output, hint="name another file: -o NEW"
        )
