"""The options of every command that asks the network, and the settings that come of them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import click

from northbib.library.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.cli.session import Session
    from northbib.resolve import Settings

__all__ = ["fetching_options", "fetching_settings"]

F = TypeVar("F", bound="Callable[..., Any]")

_CHOSEN = "northbib.fetching"


def _choose(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and parameter.name is not None:
        context.meta.setdefault(_CHOSEN, {})[parameter.name] = True


def fetching_options(command: F) -> F:
    """Give a command the options --offline, --refresh and --allow-private."""
    for name, text in (
        ("--allow-private", "Allow addresses on this machine and in private networks."),
        ("--refresh", "Ask again for what is in the cache."),
        ("--offline", "Ask nobody; take what is in the cache, however old."),
    ):
        option = click.option(name, is_flag=True, expose_value=False, callback=_choose, help=text)
        command = option(command)
    return command


def fetching_settings() -> Settings:
    """Gather the settings of the command that runs: its options, environment and library.

    Raises:
        UsageError: One of them makes no sense.
        InputError: The settings of the library could not be read.
    """
    context = click.get_current_context()
    session: Session = context.obj
    chosen = context.meta.get(_CHOSEN, {})
    # Also asked for by commands that may do without the network.
    made = import_module("northbib.resolve.settings").Settings
    settings: Settings = made.from_environment(library=read_settings(session.path), **chosen)
    return settings
