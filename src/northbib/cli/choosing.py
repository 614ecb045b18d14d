"""What is not sure, chosen by a person at a terminal: matches, likenesses, rival sources."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.cli.explaining import shown
from northbib.cli.fetching import fetching_settings
from northbib.cli.looking_up import Found, looked_up, today
from northbib.cli.progressing import hidden
from northbib.cli.session import note
from northbib.cli.terminal import can_ask, safe
from northbib.errors import NorthbibError
from northbib.resolve import resolve
from northbib.resolve.rivals import believing, party_of, rivalries
from northbib.resolve.uncertain import UncertainError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.cli.looking_up import Wanted
    from northbib.cli.session import Session
    from northbib.resolve import Claim, Resolution, Settings
    from northbib.resolve.uncertain import Candidate

__all__ = ["found_of", "is_same_work", "settled"]

_NONE = "n"


def found_of(things: Sequence[Wanted], session: Session) -> Iterator[Found]:
    """Look things up one after the other; ask which work is meant where that is not sure.

    Args:
        things: What to look up, and files of records.
        session: Tells where the user's styles are.
    """
    settings = fetching_settings()
    for found in looked_up(things, settings) if things else ():
        yield _sure(found, settings, session)


def _sure(found: Found, settings: Settings, session: Session) -> Found:
    """Give what came of the work that was chosen; `found` as it is where none was, or need be."""
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


def settled(
    resolution: Resolution, source: str, prefer: Sequence[str], *, asks: bool
) -> Resolution:
    """Show in what the sources of a new record contradict each other; ask whom to believe.

    Args:
        resolution: What was found.
        source: What the user gave.
        prefer: Sources that are believed first, by an option.
        asks: Whether to ask; else the first one is believed, and how to change that is said.
    """
    asks = asks and can_ask()
    for rivalry in rivalries(resolution, prefer):
        said = [_said(party) for party in rivalry.parties]
        name = "/".join(rivalry.fields)
        if not asks:
            other = party_of(rivalry.parties[1][0].source)
            note(
                f"northbib: {safe(source)}: sources differ in {name}: {'; '.join(said)};"
                f" the first one is believed, --prefer {safe(other)} believes the other"
            )
            continue
        with hidden():
            click.echo(f"{safe(source)}: sources differ in {name}", err=True)
            for number, line in enumerate(said, 1):
                click.echo(f"{number:3}  {line}", err=True)
            place = _number(f"which one is right? 1 to {len(said)}", len(said), default="1")
        resolution = believing(resolution, rivalry, rivalry.parties[place - 1])
    return resolution


def _said(party: Sequence[Claim]) -> str:
    values = ", ".join(
        f"{claim.field} {shown(claim.value)}" if len(party) > 1 else shown(claim.value)
        for claim in party
    )
    return f"{safe(party_of(party[0].source))} has {values}"


def _number(question: str, most: int, default: str) -> int:
    """Ask for a number from 1 on; 0 is for none, where that is the default."""
    while True:
        typed = click.prompt(question, default=default, err=True).strip().lower()
        if typed.isdecimal() and 1 <= int(typed) <= most:
            return int(typed)
        if default == _NONE and typed in (_NONE, "no", "none", "0"):
            return 0
        click.echo(f"{typed!r} is none of that", err=True)


def _chosen(source: str, error: UncertainError, session: Session) -> Candidate | None:
    candidates = error.candidates
    # What lays out references is not paid for where nothing is asked.
    seen = import_module("northbib.cli.house").as_seen(
        [each.record for each in candidates], session.styles
    )
    click.echo(f"{safe(source)}: {error.message}", err=True)
    for number, (each, line) in enumerate(zip(candidates, seen, strict=True), 1):
        click.echo(f"{number:3}  {line}\n     {safe(each.identifier)}", err=True)
    place = _number(
        f"which one is it? 1 to {len(candidates)}, n for none", len(candidates), default=_NONE
    )
    return candidates[place - 1] if place else None
