"""Web pages: a list as a whole page, and the files that other pages link to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.output import output_option, write_output
from northbib.errors import UsageError
from northbib.markup.html_page import ASSETS, asset, html_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

__all__ = ["as_page", "asset_command", "check_page"]

LEVEL = 2
"""Level of the groups' headings on a page, whose own heading is the first."""


@click.command("asset")
@click.argument("name", type=click.Choice(ASSETS))
@output_option()
def asset_command(name: str, output: Path | None) -> int:
    """Print the stylesheet or the script for web pages that reading lists stand on."""
    write_output(asset(name).encode(), output)
    return 0


def check_page(options: Mapping[str, Any]) -> None:
    """Refuse a page where there is no HTML.

    Raises:
        UsageError: The list is in another markup, or a title has no page to stand on.
    """
    if options["page"] and options["markup"] != "html":
        raise UsageError("--page is for HTML", hint="say --to html")
    if options["title"] and not options["page"]:
        raise UsageError("--title is that of a page", hint="say --page as well")


def as_page(data: bytes, sources: Sequence[str], options: Mapping[str, Any]) -> bytes:
    """Give a list in HTML as a whole page, whose title is what was asked for if nothing is said."""
    title = options["title"] or " ".join(sources)
    return html_page(data.decode(), title, options["locale"] or "en").encode()
