"""Commands that change the library: edit, tag, remove."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.cli.keys import chosen, keys_argument
from northbib.cli.session import FOUND
from northbib.cli.terminal import can_ask
from northbib.errors import UsageError

if TYPE_CHECKING:
    from northbib.cli.session import Session

__all__ = [
    "edit_command",
    "move_command",
    "noticed",
    "pairs",
    "remove_command",
    "tag_command",
]


@click.command("edit")
@keys_argument
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Set a field.")
@click.option("--unset", multiple=True, metavar="FIELD", help="Take a field away.")
@click.pass_obj
def edit_command(
    session: Session, keys: tuple[str, ...], fields: tuple[str, ...], unset: tuple[str, ...]
) -> int:
    """Set and unset fields of a record, or edit records in your editor.

    FIELD is a BibLaTeX field (journaltitle) or a CSL variable (container-title). VALUE is plain
    text; one with a backslash or a brace is taken as BibTeX. Nothing else in the file changes.

    Without --set and --unset, your editor ($VISUAL, else $EDITOR) opens the records as they are
    written. What you save is read before it is taken; what is not taken is kept in a file. Without
    a KEY, you choose the records at the terminal.
    """
    if not fields and not unset:
        if not can_ask():
            raise UsageError("nothing to edit", hint="give --set FIELD=VALUE or --unset FIELD")
        # Only those who edit in an editor pay for what reads it back.
        status: int = import_module("northbib.cli.by_editor").edit(session, chosen(session, keys))
        return status
    key, *others = chosen(session, keys)
    if others:
        raise UsageError("fields are set in one record at a time", hint="name one KEY")
    stored = session.store.edit(key, pairs(fields), unset)
    click.echo(f"edited {stored.record.key} in {stored.bibliography}")
    return noticed(session)


@click.command("tag")
@keys_argument
@click.option("--add", "added", multiple=True, metavar="TOPIC", help="Add a topic.")
@click.option("--remove", "removed", multiple=True, metavar="TOPIC", help="Take a topic away.")
@click.pass_obj
def tag_command(
    session: Session,
    keys: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
) -> int:
    """Add topics to records and take them away.

    Without a KEY, you choose the records at the terminal.
    """
    if not added and not removed:
        raise UsageError("no topic to add or take away", hint="give --add TOPIC or --remove TOPIC")
    keys = chosen(session, keys)
    session.store.tag(keys, added, removed)
    for key in keys:
        topics = ", ".join(session.store.get(key).record.keywords) or "no topics"
        click.echo(f"{key}: {topics}")
    return noticed(session)


@click.command("move")
@keys_argument
@click.option(
    "--to", "bibliography", required=True, metavar="NAME", help="The bibliography to move to."
)
@click.pass_obj
def move_command(session: Session, keys: tuple[str, ...], bibliography: str) -> int:
    """Move records to another bibliography.

    All of them are moved, or none where one is not there. A bibliography that is not there is
    made. Without a KEY, you choose the records at the terminal.
    """
    keys = chosen(session, keys)
    for stored in session.store.move(keys, bibliography):
        click.echo(f"moved {stored.record.key} to {stored.bibliography}")
    return noticed(session)


@click.command("remove")
@keys_argument
@click.pass_obj
def remove_command(session: Session, keys: tuple[str, ...]) -> int:
    """Remove records from the library.

    All of them are removed, or none where one is not there. Without a KEY, you choose the records
    at the terminal.
    """
    if not keys:
        keys = chosen(session, keys)
        click.confirm(f"remove {', '.join(keys)}?", abort=True, err=True)
    session.store.remove(keys)
    for key in keys:
        click.echo(f"removed {key}")
    return noticed(session)


def noticed(session: Session) -> int:
    """Say what went wrong after a change was written, and give the exit status."""
    session.report(session.store.notices)
    return FOUND if session.store.notices else 0


def pairs(fields: tuple[str, ...], form: str = "FIELD=VALUE") -> dict[str, str]:
    """Split words such as `FIELD=VALUE`.

    Args:
        fields: The words.
        form: What the command calls their parts.

    Raises:
        UsageError: A word has no `=`, or nothing before it.
    """
    split = [word.partition("=") for word in fields]
    for name, equals, value in split:
        if not name.strip() or not equals:
            what = form.partition("=")[0].lower()
            raise UsageError(f"{name + equals + value!r} sets no {what}", hint=f"write {form}")
    return {name.strip(): value for name, _, value in split}
