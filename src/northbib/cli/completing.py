"""What a word of a command line can go on with, for the shells (`northbib.cli.completion`).

What a parameter takes is told by its metavar, or else by its name, so that commands need not know
of completion. Nothing here fails: what cannot be found out at once is not offered.
"""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem, ShellComplete

from northbib.cli import offers
from northbib.cli.session import Session
from northbib.errors import NorthbibError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.cli.offers import Offer

__all__ = ["Item", "items"]

Item = CompletionItem[Any]

_BRACKETS = re.compile(r"[\[\]]|\.\.\.")
_NEGATIVE_TERM = re.compile(r"-\w[\w-]*:.*", re.DOTALL)


def items(cli: click.Group, words: list[str], last: str) -> list[Item]:
    """Give what the last word of a command line can be.

    Args:
        cli: The program.
        words: The words before it, without the name of the program.
        last: The word as far as it is there, without its quotes.

    Returns:
        Values with their type (`plain`, `file`, `dir`, or `open` where no blank is due after it,
        since more belongs to the word) and what they mean.
    """
    sign = "-" if _NEGATIVE_TERM.fullmatch(last) else ""
    try:
        for command in _commands(cli, words):
            _teach(command)
        shell = ShellComplete(cli, {}, "northbib", "")
        found = shell.get_completions(words, last.removeprefix(sign))
    except (NorthbibError, OSError, ValueError, sqlite3.Error, click.ClickException):
        return []
    return [_with_sign(item, sign) for item in found]


def _commands(cli: click.Group, words: list[str]) -> Iterator[click.Command]:
    context = click.Context(cli)
    name = next((word for word in words if word in cli.list_commands(context)), "")
    command = cli.get_command(context, name) if name else None
    if command is not None:
        yield command
        yield from getattr(command, "subcommands", {}).values()


def _teach(command: click.Command) -> None:
    """Have the parameters of a command complete what they take."""
    for parameter in command.params:
        offer = _offer(command, parameter)
        if offer is not None:
            parameter.type = _Offered(offer)


def _offer(command: click.Command, parameter: click.Parameter) -> Offer | None:
    own = offers.OF_PARAMETER.get((command.name or "", parameter.name or ""))
    if own is not None or not isinstance(parameter.type, click.types.StringParamType):
        return own
    metavar = _BRACKETS.sub("", parameter.metavar or (parameter.name or "").upper())
    kinds = [offers.OF_METAVAR.get(kind) or _word(kind) for kind in metavar.split("|")]
    known = [kind for kind in kinds if kind is not None]
    return offers.joined(*known) if known else None


def _word(kind: str) -> Offer | None:
    """Give what offers a word that stands for itself among metavars: `KEY|longer`."""
    return offers.words([kind]) if kind.islower() else None


class _Offered(click.ParamType):  # type: ignore[type-arg]
    """What a parameter takes, as far as completion is concerned."""

    name = "text"

    def __init__(self, offer: Offer) -> None:
        self._offer = offer

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[Item]:
        session = Session(ctx.find_root().params.get("library"))
        return list(self._offer(session, incomplete))


def _with_sign(item: Item, sign: str) -> Item:
    return CompletionItem(f"{sign}{item.value}", item.type, item.help) if sign else item
