"""`embed --watch`, which refreshes articles whenever they or the library are saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.refreshing import refresh
from northbib.cli.session import note
from northbib.embed.paths import named
from northbib.embed.watching import changes
from northbib.errors import NorthbibError
from northbib.library import Store
from northbib.library.bibliography import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.cli.refreshing import Wishes
    from northbib.cli.session import Session

__all__ = ["run"]


def run(session: Session, wishes: Wishes) -> int:
    """Refresh articles again and again, until the user interrupts; give the exit status.

    What is wrong is said once, and the watch goes on.

    Args:
        session: The run of the command line.
        wishes: The articles.
    """
    said = ""
    note("watching; Ctrl-C ends it")
    for _ in changes(lambda: _files(session, wishes)):
        try:
            refresh(session, replace(wishes, goes_on=True), Store(session.path))
            said = ""
        except NorthbibError as error:
            if str(error) != said:
                click.echo(f"northbib: {error}", err=True)
                for finding in error.findings:
                    click.echo(str(finding), err=True)
            said = str(error)
    return 0


def _files(session: Session, wishes: Wishes) -> Iterator[Path]:
    """Give the files on which the articles depend, those that are new included."""
    try:
        yield from (Path(each.path) for each in named(wishes.names))
    except NorthbibError:
        return
    library = session.path
    for folder in (library, *session.styles):
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if _is_read(path))
        else:
            yield folder


def _is_read(path: Path) -> bool:
    return path.suffix.lower() in (SUFFIX, ".csl")
