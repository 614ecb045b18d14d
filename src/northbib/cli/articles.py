"""What `render` does with an article: its citations are set, and it is written to a new file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

from northbib.cli.output import write_output
from northbib.cli.session import note, report
from northbib.cli.sources import read_input
from northbib.embed.markups import EXTENSIONS, markup_of
from northbib.embed.rendered import Options, render_article
from northbib.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.session import Session

__all__ = ["article_of", "article_options", "render_an_article"]

_TAKEN = frozenset(
    {"sources", "style", "locale", "markup", "engine", "fragment", "keep_unknown", "output"}
)

F = TypeVar("F", bound=Callable[..., Any])


def article_options(function: F) -> F:
    """Add the options that only articles have."""
    unknown = click.option(
        "--keep-unknown",
        is_flag=True,
        help="Leave an article's citations of works that are not in the library as they are.",
    )
    fragment = click.option(
        "--fragment", is_flag=True, help="Write an article as HTML without a page around it."
    )
    return unknown(fragment(function))


def article_of(sources: Sequence[str]) -> str | None:
    """Give the source that is an article by the ending of its name, None for none.

    Raises:
        UsageError: There are other sources beside it.
    """
    articles = [source for source in sources if _is_article(source)]
    if not articles:
        return None
    if len(sources) > 1:
        raise UsageError(
            f"{articles[0]} is an article, which is rendered alone",
            hint="render one article at a time",
        )
    return articles[0]


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
    write_output(done.data, output)
    if not done.citations:
        note(f"{article} cites nothing")
    return session.status


def _is_article(source: str) -> bool:
    if PurePath(source).suffix.lower() not in EXTENSIONS or "://" in source:
        return False
    return Path(source).is_file() or not any(sign in source for sign in ": ")


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
