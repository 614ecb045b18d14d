"""A tree laid flat, for markups whose styles do not nest the way that a tree does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.markup.tree import Inline, Inlines, Kind, Link, Styled, Text
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Run", "runs"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text that looks alike from end to end: its styles, outermost first, and its address."""

    text: str
    kinds: tuple[Kind, ...] = ()
    url: str = ""


def runs(content: Iterable[Inline]) -> list[Run]:
    """Give the runs of what is `visible` of a tree, none of them empty.

    >>> runs((Text("A "), Link("https://a.b", (Text("title"),))))
    [Run(text='A ', kinds=(), url=''), Run(text='title', kinds=(), url='https://a.b')]
    """
    return list(_runs(visible(content), (), ""))


def _runs(content: Inlines, kinds: tuple[Kind, ...], url: str) -> Iterator[Run]:
    for node in content:
        if isinstance(node, Text):
            yield Run(node.text, kinds, url)
        elif isinstance(node, Link):
            yield from _runs(node.children, kinds, node.url)
        elif isinstance(node, Styled):
            yield from _runs(node.children, (*kinds, node.kind), url)
        else:
            yield from _runs(node.children, kinds, url)
