"""Articles among the sources of `render`, and the options that only they have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, TypeVar

import click

from northbib.embed.citations.reading import READERS
from northbib.embed.markups import EXTENSIONS
from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["article_of", "article_options"]

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


def _is_article(source: str) -> bool:
    if EXTENSIONS.get(PurePath(source).suffix.lower()) not in READERS or "://" in source:
        return False
    return Path(source).is_file() or not any(sign in source for sign in ": ")
