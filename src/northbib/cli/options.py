"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from northbib.csl.engines import DEFAULT_ENGINE, ENGINES

__all__ = ["markup_options"]

F = TypeVar("F", bound=Callable[..., Any])


def markup_options(*markups: str) -> Callable[[F], F]:
    """Add the options of all that is set in a citation style: locale, markup and engine.

    Args:
        markups: The names of the markups that the command can write.
    """
    options = (
        click.option("--locale", metavar="TAG", help="Locale of terms and dates, such as en-GB."),
        click.option(
            "--to",
            "markup",
            type=click.Choice(markups),
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

    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate
