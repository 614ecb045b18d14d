"""The keys that a command is about: named, or chosen at a terminal where none is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.cli.terminal import can_ask
from northbib.errors import UsageError

if TYPE_CHECKING:
    from northbib.cli.session import Session

__all__ = ["chosen", "keys_argument"]

keys_argument = click.argument("keys", nargs=-1, metavar="[KEY]...")
"""The keys of records; a command that gets none asks for them by `chosen`."""


def chosen(session: Session, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Give the keys that were named, else those of the records that a person chooses.

    Raises:
        UsageError: None was named, and there is no terminal to ask at.
        NotFoundError: There is nothing to choose from.
        click.Abort: The person left without choosing.
    """
    if keys:
        return keys
    command = click.get_current_context().command_path
    if not can_ask():
        raise UsageError(
            "no key was given, and there is no terminal to choose one at",
            hint=f"name a record, as in {command} KEY; northbib list shows all keys",
        )
    picked: tuple[str, ...] = import_module("northbib.cli.picking").pick(session.store, command)
    return picked
