"""The rich-text tree: what an engine yields and what every markup is written from.

Inline nodes make up a citation or the text of an entry; blocks make up a reading list. All are
frozen, compare by value and hold plain Unicode: escaping is each writer's own affair.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    "Reference",
    "Styled",
    "Text",
    "text_of",
    "with_children",
]

Kind = Literal[
    "emphasis",
    "strong",
    "small-caps",
    "superscript",
    "subscript",
    "underline",
    "no-case",
    "work-title",
]
"""How text is set; `no-case` and `work-title` say what it is, and most markups leave them out."""


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


@dataclass(frozen=True, slots=True)
class Reference:
    """Text that leads from a citation to an entry of a list.

    Attributes:
        key: The citation key of the entry.
        children: The text.
        id: The anchor of this place, so that the entry can lead back; "" for none.
    """

    key: str
    children: Inlines
    id: str = ""


Inline = Text | Styled | Link | Reference
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
    """One entry of a list.

    Attributes:
        key: The citation key, which the entry's anchor is made from; "" for no anchor.
        content: The text of the entry.
        language: Language of the work as a BCP 47 tag; "" if it is not known.
        annotation: What stands below the entry.
        coins: The work as an OpenURL ContextObject, for markups that can carry one unseen.
        cited_at: Anchors of the citations that lead here.
    """

    key: str
    content: Inlines
    language: str = ""
    annotation: tuple[Paragraph, ...] = ()
    coins: str = ""
    cited_at: tuple[str, ...] = ()


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


def with_children(node: Styled | Link | Reference, children: Inlines) -> Inline:
    """Give a node with other children."""
    return replace(node, children=children)
