"""`embed --clean`, which takes sections out of articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.placing import article_at, finish
from northbib.embed.files import Embedded, together
from northbib.embed.paths import named
from northbib.embed.placing import without_sections
from northbib.errors import NorthbibError

if TYPE_CHECKING:
    from northbib.cli.refreshing import Wishes
    from northbib.cli.session import Session

__all__ = ["run"]


def run(_: Session, wishes: Wishes, *, keep_text: bool) -> int:
    """Take sections out of articles; give the exit status.

    Args:
        wishes: The articles.
        keep_text: Whether what stands between the markers stays.
    """
    changes: list[tuple[Embedded, str]] = []
    errors: list[NorthbibError] = []
    for each in named(wishes.names):
        try:
            article, before = article_at(each.path)
            after, count = without_sections(article, keep_text=keep_text)
        except NorthbibError as error:
            errors.append(error)
            continue
        if count:
            said = f"{each.path}: {count} {'section' if count == 1 else 'sections'} taken out"
            changes.append((Embedded(each.path, before=before, after=after), said))
    if errors:
        raise together(errors)
    if not changes:
        click.echo("no article has a section", err=True)
    return finish(changes, diff=wishes.diff)
