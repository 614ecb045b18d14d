"""The terminal: whether there is one, its size, what may be printed on it, and pages of it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["can_ask", "height", "is_plain", "page", "safe", "width"]

_NARROWEST = 20
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LESS = "FRX"
"""Options of less where the user has none: show colours, and leave what fits on one screen."""


def can_ask() -> bool:
    """Tell whether a person is there who can be asked: never in a pipe, a script or a service."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def is_plain() -> bool:
    """Tell whether the terminal can do no more than print lines."""
    return os.environ.get("TERM", "dumb") == "dumb"


def width() -> int:
    """Give the columns of the terminal; the variable COLUMNS counts first."""
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def height() -> int:
    """Give the lines of the terminal; the variable LINES counts first."""
    return max(shutil.get_terminal_size().lines, 1)


def safe(text: str) -> str:
    """Give a text of a record without what would command the terminal, on one line."""
    return text if text.isprintable() else _DIRECTION.sub("", _CONTROL.sub(" ", text))


def page(lines: Iterable[str]) -> None:
    """Print lines on the terminal, page by page if they are more than fit.

    The pager is that of the variable PAGER, else less; `PAGER=cat`, or an empty one, is none.
    """
    rest = iter(lines)
    first = list(islice(rest, height()))
    is_long = len(first) == height()
    if not is_long or is_plain() or os.environ.get("PAGER") in ("", "cat") or not can_ask():
        for line in chain(first, rest):
            click.echo(line)
        return
    os.environ.setdefault("LESS", _LESS)
    # The pager gets a line end behind all.
    click.echo_via_pager(chain(first[:1], (f"\n{line}" for line in chain(first[1:], rest))))
