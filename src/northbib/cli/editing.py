"""Commands that change the library: init, edit, tag, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.session import FOUND
from northbib.errors import UsageError
from northbib.library import Store

if TYPE_CHECKING:
    from northbib.cli.session import Session

__all__ = [
    "edit_command",
    "init_command",
    "move_command",
    "noticed",
    "pairs",
    "remove_command",
    "tag_command",
]


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.pass_obj
def init_command(session: Session, folder: Path | None) -> None:
    """Start a library in a folder.

    DIR is made if it is not there.  [default: the folder of --library, else bibliographies/]
    """
    target = folder or (Path("bibliographies") if session.path == Path() else session.path)
    made = Store.init(target)
    click.echo(f"made {made}" if made else f"{target} is a library already; nothing was changed")


@click.command("edit")
@click.argument("key")
@click.option("--set", "fields", multiple=True, metavar="FIELD=VALUE", help="Set a field.")
@click.option("--unset", multiple=True, metavar="FIELD", help="Take a field away.")
@click.pass_obj
def edit_command(
    session: Session, key: str, fields: tuple[str, ...], unset: tuple[str, ...]
) -> int:
    """Set and unset fields of a record.

    FIELD is a BibLaTeX field (journaltitle) or a CSL variable (container-title). VALUE is plain
    text; one with a backslash or a brace is taken as BibTeX. Nothing else in the file changes.
    """
    if not fields and not unset:
        raise UsageError("nothing to edit", hint="give --set FIELD=VALUE or --unset FIELD")
    stored = session.store.edit(key, pairs(fields), unset)
    click.echo(f"edited {stored.record.key} in {stored.bibliography}")
    return noticed(session)


@click.command("tag")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option("--add", "added", multiple=True, metavar="TOPIC", help="Add a topic.")
@click.option("--remove", "removed", multiple=True, metavar="TOPIC", help="Take a topic away.")
@click.pass_obj
def tag_command(
    session: Session,
    keys: tuple[str, ...],
    added: tuple[str, ...],
    removed: tuple[str, ...],
) -> int:
    """Add topics to records and take them away."""
    if not added and not removed:
        raise UsageError("no topic to add or take away", hint="give --add TOPIC or --remove TOPIC")
    session.store.tag(keys, added, removed)
    for key in keys:
        topics = ", ".join(session.store.get(key).record.keywords) or "no topics"
        click.echo(f"{key}: {topics}")
    return noticed(session)


@click.command("move")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.option(
    "--to", "bibliography", required=True, metavar="NAME", help="The bibliography to move to."
)
@click.pass_obj
def move_command(session: Session, keys: tuple[str, ...], bibliography: str) -> int:
    """Move records to another bibliography.

    All of them are moved, or none where one is not there. A bibliography that is not there is
    made.
    """
    for stored in session.store.move(keys, bibliography):
        click.echo(f"moved {stored.record.key} to {stored.bibliography}")
    return noticed(session)


@click.command("remove")
@click.argument("keys", nargs=-1, required=True, metavar="KEY...")
@click.pass_obj
def remove_command(session: Session, keys: tuple[str, ...]) -> int:
    """Remove records from the library.

    All of them are removed, or none where one is not there.
    """
    session.store.remove(keys)
    for key in keys:
        click.echo(f"removed {key}")
    return noticed(session)


def noticed(session: Session) -> int:
    """Say what went wrong after a change was written, and give the exit status."""
    session.report(session.store.notices)
    return FOUND if session.store.notices else 0


def pairs(fields: tuple[str, ...]) -> dict[str, str]:
    """Split `FIELD=VALUE` words.

    Raises:
        UsageError: A word has no `=`, or nothing before it.
    """
    split = [word.partition("=") for word in fields]
    for name, equals, value in split:
        if not name.strip() or not equals:
            raise UsageError(f"{name + equals + value!r} sets no field", hint="write FIELD=VALUE")
    return {name.strip(): value for name, _, value in split}
