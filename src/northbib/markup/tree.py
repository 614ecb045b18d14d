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
    "PREFIX",
    "Block",
    "Form",
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

PREFIX = "ref-"
"""What the anchor of an entry begins with where nothing else is said."""

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


Form = Literal["", "description", "thebibliography"]
"""A kind of list that LaTeX has, and "" for `itemize` or `enumerate`."""


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
        prefix: What the anchors of the list begin with.
    """

    key: str
    children: Inlines
    id: str = ""
    prefix: str = PREFIX


Inline = Text | Styled | Link | Reference
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a group, at a level from 1 to 6.

    Attributes:
        level: The level.
        content: The text.
        group: Names of the group and of those around it, outermost first, from which the heading's
            anchor is made; empty for no anchor.
        prefix: What the anchors of the list begin with.
        discrete: Whether it opens no section of its own, so that it can stand anywhere, and what
            follows the list is not a part of it; markups whose headings are marks on the page and
            not the starts of sections write all of them alike.
    """

    level: int
    content: Inlines
    group: tuple[str, ...] = ()
    prefix: str = PREFIX
    discrete: bool = False


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
        schema_org: The work as a node of schema.org, as JSON, for markups that can carry one.
        bibtex: The work's entry of BibTeX, for readers to copy.
    """

    key: str
    content: Inlines
    language: str = ""
    annotation: tuple[Paragraph, ...] = ()
    coins: str = ""
    cited_at: tuple[str, ...] = ()
    schema_org: str = ""
    bibtex: str = ""


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list of entries, numbered or not.

    Attributes:
        items: The entries.
        ordered: Whether they are numbered.
        prefix: What the anchors of the entries begin with.
        form: What kind of list it is in LaTeX, where that is not what `ordered` says.
    """

    items: tuple[Item, ...]
    ordered: bool = False
    prefix: str = PREFIX
    form: Form = ""


Block = Heading | Paragraph | ItemList


def text_of(content: Iterable[Inline]) -> str:
    """Give the plain text of inline nodes."""
    return "".join(
        node.text if isinstance(node, Text) else text_of(node.children) for node in content
    )


def with_children(node: Styled | Link | Reference, children: Inlines) -> Inline:
    """Give a node with other children."""
    return replace(node, children=children)
