"""The reader of citations of each markup, found by the markup's name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.embed.citations.model import Scan
    from northbib.embed.markups import Markup

__all__ = ["READERS", "Reader", "reader_of", "verbatim_spans"]

READERS: dict[Markup, str] = {
    "markdown": "markdown",
    "mdx": "mdx",
    "rst": "rst",
    "asciidoc": "asciidoc",
    "latex": "latex",
    "typst": "typst",
    "org": "org",
}
"""Markup -> the module of this package that reads its citations; others have none."""


class Reader(Protocol):
    """What the module of a markup offers."""

    def scan(self, text: str) -> Scan:
        """Find the citations of an article and its notes, in any order."""
        ...

    def verbatim(self, text: str) -> Iterable[tuple[int, int]]:
        """Give where code, comments and the like begin and end."""
        ...


def reader_of(markup: Markup) -> Reader | None:
    """Give the reader of a markup, None if citations are not read in it."""
    if markup not in READERS:
        return None
    return cast("Reader", import_module(f"northbib.embed.citations.{READERS[markup]}"))


def verbatim_spans(text: str, markup: Markup) -> Iterable[tuple[int, int]]:
    """Give where the code, comments and the like of an article begin and end."""
    reader = reader_of(markup)
    return reader.verbatim(text) if reader else ()
