"""The options of a reading list on the command line, made of the one table of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from northbib.errors import UsageError
from northbib.lists.notes import read_notes
from northbib.lists.options import OPTIONS, value_of

if TYPE_CHECKING:
    from northbib.lists.options import Option

__all__ = ["list_options"]

F = TypeVar("F", bound=Callable[..., Any])

_ELSEWHERE = frozenset({"style", "locale", "engine"})
"""Options that other commands have as well, and that are declared for all of them."""
_NAMES = {"group": ("--group-by", "--group")}


def list_options(function: F) -> F:
    """Add the options of a reading list; their values come read, None where one is not given."""
    notes = click.option(
        "--notes",
        metavar="FILE",
        callback=_notes,
        type=click.Path(path_type=Path),
        help="Puts the notes of this file below the entries.",
    )
    options = [_option(name, each) for name, each in OPTIONS.items() if name not in _ELSEWHERE]
    for option in reversed([*options, notes]):
        function = option(function)
    return function


def _option(name: str, option: Option) -> Callable[[F], F]:
    meaning = option.meaning[:1].upper() + option.meaning[1:] + "."
    parameter = name.replace("-", "_")
    if option.is_flag:
        if option.shape == "yes/no":
            return click.option(
                f"--{name}/--no-{name}", parameter, is_flag=True, default=None, help=meaning
            )
        is_on = option.shape == "yes"
        flag = f"--{name}" if is_on else f"--no-{name}"
        return click.option(
            flag, parameter, is_flag=True, flag_value=is_on, default=None, help=meaning
        )
    names = _NAMES.get(name, (f"--{name}",))
    return click.option(
        *names,
        parameter,
        metavar=option.shape,
        callback=_reader(name, names[0]),
        help=meaning,
    )


def _reader(name: str, shown: str) -> Callable[[click.Context, click.Parameter, str | None], Any]:
    def read(_: click.Context, __: click.Parameter, text: str | None) -> Any:
        if text is None:
            return None
        try:
            return value_of(name, text, OPTIONS)
        except UsageError as error:
            raise UsageError(f"{shown}: {error.message}", hint=error.hint) from error

    return read


def _notes(_: click.Context, __: click.Parameter, path: Path | None) -> Any:
    return None if path is None else read_notes(path)
