"""Choosing records at a terminal: while typing, or from a numbered list."""

from __future__ import annotations

import re
from importlib import import_module, util
from itertools import islice
from typing import TYPE_CHECKING

import click

from northbib.cli.highlighting import marker
from northbib.cli.querying import unmatched
from northbib.cli.table import lines
from northbib.cli.terminal import is_plain, width
from northbib.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.library import Store, Stored

__all__ = ["Candidates", "pick"]

_LIVE = "prompt_toolkit"
_SHOWN = 15
_NUMBERS = re.compile(r"\d+(?:[\s,]+\d+)*")


class Candidates:
    """The records that answer to what was typed so far.

    Attributes:
        found: The records, the best answers first; without words, in the order of the library.
        remark: What there is to say of the query, "" for nothing.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._words = ""
        self.found: Sequence[Stored] = store.all()
        self.remark = ""

    def search(self, words: str) -> None:
        """Find what answers to a query; one that makes no sense yet leaves all as it was."""
        words = words.strip()
        try:
            found = self._store.find(words, best=True) if words else self._store.all()
        except (UsageError, NotFoundError) as error:
            self.remark = error.message
            return
        self._words, self.found, self.remark = words, found, ""
        if not found:
            self.remark = unmatched(self._store, words)

    def lines(self, start: int, count: int, columns: int) -> list[str]:
        """Give some of the records, each on a line."""
        mark = marker(self._words) if self._words else None
        shown = islice(self.found, start, start + count)
        return list(lines((stored.record for stored in shown), columns, mark))


def pick(store: Store, command: str) -> tuple[str, ...]:
    """Have a person choose records, and give their keys.

    Args:
        store: The library.
        command: What the records are for, as it is typed.

    Raises:
        NotFoundError: The library has no records.
        click.Abort: The person left without choosing.
    """
    candidates = Candidates(store)
    if not candidates.found:
        raise NotFoundError(
            "there are no records to choose from", where=store.root, hint="northbib add adds some"
        )
    if is_plain() or util.find_spec(_LIVE) is None:
        return _by_number(candidates, command)
    picked: tuple[str, ...] = import_module("northbib.cli.live_picking").pick(candidates, command)
    return picked


def _by_number(candidates: Candidates, command: str) -> tuple[str, ...]:
    while True:
        _show(candidates)
        typed = click.prompt(
            f"{command}: numbers, or words to search for", default="", show_default=False, err=True
        )
        numbers = [int(number) for number in re.findall(r"\d+", typed)]
        count = min(_SHOWN, len(candidates.found))
        if _NUMBERS.fullmatch(typed.strip()) and all(1 <= each <= count for each in numbers):
            keys = (candidates.found[number - 1].key for number in numbers)
            return tuple(dict.fromkeys(keys))
        candidates.search(typed)


def _show(candidates: Candidates) -> None:
    margin = len(f"{_SHOWN}  ")
    shown = candidates.lines(0, _SHOWN, width() - margin)
    for number, line in enumerate(shown, 1):
        click.echo(f"{number:{margin - 2}}  {line}", err=True)
    left = len(candidates.found) - len(shown)
    remark = candidates.remark or (f"{left} more; words make them fewer" if left else "")
    if remark:
        click.echo(remark, err=True)
