"""A match that is not sure, chosen by a person at a terminal; nobody else is asked."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.cli.looking_up import Found, today
from northbib.cli.progressing import hidden
from northbib.cli.terminal import can_ask, safe
from northbib.errors import NorthbibError
from northbib.resolve import resolve
from northbib.resolve.uncertain import UncertainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.session import Session
    from northbib.resolve import Settings
    from northbib.resolve.uncertain import Candidate

__all__ = ["chosen", "is_same_work"]


def chosen(found: Found, settings: Settings, session: Session) -> Found:
    """Ask which work is meant where that is not sure, and look that one up.

    Args:
        found: What came of a source.
        settings: How to reach the services.
        session: Tells where the user's styles are.

    Returns:
        What came of the work that was chosen; `found` as it is where nothing was asked or chosen.
    """
    error = found.error
    if not isinstance(error, UncertainError) or not can_ask():
        return found
    with hidden():
        candidate = _chosen(found.wanted.source, error, session)
    if candidate is None:
        return found
    try:
        resolution = resolve(candidate.identifier, settings=settings, today=today())
    except NorthbibError as failure:
        return Found(found.wanted, error=failure)
    return Found(found.wanted, resolution)


def is_same_work(question: str, lines: Sequence[str]) -> bool:
    """Show works that are there already, and ask whether a new one is to be added all the same."""
    with hidden():
        for line in lines:
            click.echo(line, err=True)
        return not click.confirm(question, default=False, err=True)


def _chosen(source: str, error: UncertainError, session: Session) -> Candidate | None:
    candidates = error.candidates
    # What lays out references is not paid for where nothing is asked.
    seen = import_module("northbib.cli.house").as_seen(
        [each.record for each in candidates], session.styles
    )
    click.echo(f"{safe(source)}: {error.message}", err=True)
    for number, (each, line) in enumerate(zip(candidates, seen, strict=True), 1):
        click.echo(f"{number:3}  {line}\n     {safe(each.identifier)}", err=True)
    while True:
        typed = click.prompt(
            f"which one is it? 1 to {len(candidates)}, n for none", default="n", err=True
        ).strip()
        if typed.isdecimal() and 1 <= int(typed) <= len(candidates):
            return candidates[int(typed) - 1]
        if typed.lower() in ("n", "no", "none", "0"):
            return None
        click.echo(f"{typed!r} is none of that", err=True)
