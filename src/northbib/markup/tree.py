"""The rich-text tree: what an engine yields and what every markup is written from.

Inline nodes make up a citation or the text of an entry; blocks make up a reading list. All are
frozen, compare by value and hold plain Unicode: escaping is each writer's own affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "Block",
    "Heading",
    "Inline",
    "Inlines",
    "Item",
    "ItemList",
    "Kind",
    "Link",
    "Paragraph",
    "Styled",
    "Text",
    "text_of",
]

Kind = Literal[
    "emphasis",
    "strong",
    "small-caps",
    "superscript",
    "subscript",
    "underline",
    "no-case",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain Unicode text."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Text set in a way that carries meaning."""

    kind: Kind
    children: Inlines


@dataclass(frozen=True, slots=True)
class Link:
    """Text that leads to an address; links do not nest."""

    url: str
    children: Inlines


Inline = Text | Styled | Link
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group, at a level from 1 to 6."""

    level: int
    content: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, such as the introduction of a list."""

    content: Inlines


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with the citation key that its anchor is made from."""

    key: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of entries, numbered or not."""

    items: tuple[Item, ...]
    ordered: bool = False


Block = Heading | Paragraph | ItemList


def text_of(content: Iterable[Inline]) -> str:
    """Give the plain text of inline nodes."""
    return "".join(
        node.text if isinstance(node, Text) else text_of(node.children) for node in content
    )
