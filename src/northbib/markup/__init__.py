"""One rich-text tree, one writer for each markup.

A markup is a module of this package with the two functions of `Writer`, and its name in `MARKUPS`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.markup.tree import Block, Inline

__all__ = ["MARKUPS", "Writer", "writer"]

MARKUPS: tuple[str, ...] = ("html", "markdown", "text")


class Writer(Protocol):
    """What a module of a markup offers."""

    def write_inline(self, content: Iterable[Inline]) -> str:
        """Write inline nodes as one line without a line end, such as a citation in a sentence."""
        ...

    def write_blocks(self, blocks: Iterable[Block]) -> str:
        """Write blocks with LF line ends and one at the end; nothing at all for no blocks."""
        ...


def writer(markup: str) -> Writer:
    """Give the writer of a markup.

    Args:
        markup: One of `MARKUPS`.

    Raises:
        UsageError: There is no such markup.
    """
    if markup not in MARKUPS:
        raise UsageError(f"unknown markup {markup!r}", hint=f"known are {', '.join(MARKUPS)}")
    return cast("Writer", import_module(f"northbib.markup.{markup}"))
