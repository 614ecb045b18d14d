"""A tree laid flat, for markups whose styles do not nest the way that a tree does."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.markup.tree import Inline, Inlines, Kind, Link, Reference, Styled, Text
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["Run", "runs"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text that looks alike from end to end.

    Attributes:
        text: The text.
        kinds: Its styles, outermost first.
        url: Its address; "" for none.
        reference: The reference that it is the text of; None for none.
    """

    text: str
    kinds: tuple[Kind, ...] = ()
    url: str = ""
    reference: Reference | None = None


def runs(content: Iterable[Inline]) -> list[Run]:
    """Give the runs of what is `visible` of a tree, none of them empty.

    >>> runs((Text("A "), Link("https://a.b", (Text("title"),))))[1]
    Run(text='title', kinds=(), url='https://a.b', reference=None)
    """
    return list(_runs(visible(content, keeping=("reference",)), Run("")))


def _runs(content: Inlines, around: Run) -> Iterator[Run]:
    for node in content:
        if isinstance(node, Text):
            yield replace(around, text=node.text)
        elif isinstance(node, Link):
            yield from _runs(node.children, replace(around, url=node.url))
        elif isinstance(node, Styled):
            yield from _runs(node.children, replace(around, kinds=(*around.kinds, node.kind)))
        else:
            yield from _runs(node.children, replace(around, reference=node))
