"""Commands that look back: log, undo."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from northbib.cli.editing import noticed
from northbib.cli.session import note, print_json
from northbib.library.changes.touched import summary

if TYPE_CHECKING:
    from northbib.cli.session import Session
    from northbib.library.changes.history import Done

__all__ = ["log_command", "undo_command"]


@click.command("log")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def log_command(session: Session, as_json: bool) -> None:
    """List the changes that northbib made to the library, the last first.

    Each has a number, for northbib undo. The journal is the user's own: what others changed, and
    what was changed without northbib, is not in it.
    """
    done = session.store.log()
    if as_json:
        print_json([_as_json(each) for each in done])
    elif done:
        for each in done:
            click.echo(_line(each))
    else:
        note(f"no changes of {session.path} are known")


@click.command("undo")
@click.argument("number", required=False, type=click.IntRange(min=1), metavar="[N]")
@click.pass_obj
def undo_command(session: Session, number: int | None) -> int:
    """Undo the last change, or the one of a number.

    Later changes stay; where one of them touched the same field, nothing is undone and it is
    named. What undo does is a change too, which can be undone by its number.
    """
    made = session.store.undo(number)
    click.echo(
        f"undid change {made.undoes}: {summary(made.touched)};"
        f" northbib undo {made.number} does it again"
    )
    return noticed(session)


def _line(done: Done) -> str:
    change = done.change
    when = datetime.fromisoformat(change.when).astimezone().strftime("%Y-%m-%d %H:%M")
    undone = "" if done.undone_by is None else f"; undone by {done.undone_by}"
    return f"{change.number}\t{when}\t{change.command}\t{summary(change.touched)}{undone}"


def _as_json(done: Done) -> dict[str, Any]:
    change = done.change
    return {
        "number": change.number,
        "when": change.when,
        "command": change.command,
        "undoes": change.undoes,
        "undone_by": done.undone_by,
        "entries": [asdict(each) for each in change.touched],
        "files": [str(each.file) for each in change.edited],
    }
