"""Conflicts between a record and its sources, decided by a person at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.explaining import shown
from northbib.cli.filling import conflict_line, write
from northbib.cli.looking_up import today
from northbib.cli.short import in_short
from northbib.cli.terminal import safe
from northbib.resolve.enriching import filling_of, gaps
from northbib.resolve.provenance import MINE, Origin, origins_of, text_of_value, write_origins

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.cli.filling import Open
    from northbib.cli.session import Session
    from northbib.records import Value
    from northbib.resolve.enriching import Conflict

__all__ = ["decide"]

_CHOICES = "[k]eep yours, [t]ake theirs, [e]ach, [ka] keep all, [ta] take all, [q]uit"
_ANSWERS = {"k": "k", "keep": "k", "t": "t", "take": "t", "e": "e", "each": "e"}
_ANSWERS |= {"ka": "ka", "keep all": "ka", "ta": "ta", "take all": "ta", "q": "q", "quit": "q"}


def decide(session: Session, undecided: Sequence[Open]) -> int:
    """Show each record whose values differ from those of a source, and ask which ones are right.

    What is taken is written at once; what is kept is remembered, and not asked about again.

    Returns:
        How many fields nobody decided about.
    """
    standing = ""
    for place, each in enumerate(undecided):
        answer = standing or _asked(each, place + 1, len(undecided))
        if answer == "q":
            return sum(len(open_.conflicts) for open_ in undecided[place:])
        if answer in ("ka", "ta"):
            standing = answer
        if answer == "e":
            taken = [one.field for one in each.conflicts if _asked_field(one) == "t"]
        else:
            taken = [one.field for one in each.conflicts] if answer.startswith("t") else []
        _carry_out(session, each, taken)
    return 0


def _asked(each: Open, place: int, count: int) -> str:
    key = each.stored.record.key
    click.echo(f"\n{place} of {count}: {key}  {safe(in_short(each.stored.record))}", err=True)
    for conflict in each.conflicts:
        click.echo(f"  {conflict_line(conflict)}", err=True)
    return _answer(_CHOICES, _ANSWERS.keys())


def _asked_field(conflict: Conflict) -> str:
    question = f"{conflict.field}: [k]eep {shown(conflict.ours)}, [t]ake {shown(conflict.theirs)}"
    return _answer(question, ("k", "keep", "t", "take"))


def _answer(question: str, allowed: Iterable[str]) -> str:
    known = set(allowed)
    while True:
        typed = click.prompt(question, default="k", err=True).strip().lower()
        if typed in known:
            return _ANSWERS[typed]
        click.echo(f"{typed!r} is none of that", err=True)


def _carry_out(session: Session, each: Open, taken: Sequence[str]) -> None:
    record, day = each.stored.record, today().isoformat()
    kept = [
        Origin(record.key, one.field, text_of_value(one.ours), MINE, day)
        for one in each.conflicts
        if one.field not in taken
    ]
    write_origins(session.store.folder, kept)
    values = _taken(each, taken) if taken else {}
    origins = origins_of(record.key, each.resolution, values)
    if values and not write(session, [(filling_of(record, values), origins)]):
        for field, value in values.items():
            click.echo(f"{record.key}: {field} = {shown(value)}")


def _taken(each: Open, fields: Sequence[str]) -> dict[str, Value]:
    """Give the values that are taken, and those that now go with them: the issue of a volume."""
    record, theirs = each.stored.record, each.resolution.record.values
    before, after = gaps(record, each.resolution), gaps(record, each.resolution, fields)
    known = before.values if before is not None else {}
    more = after.values if after is not None else {}
    follow = {field: value for field, value in more.items() if field not in known}
    return {**follow, **{field: theirs[field] for field in fields}}
