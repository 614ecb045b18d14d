"""How generated text stands between its markers: line ends, indentation, blank lines, headings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.markup.tree import Heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.embed.markups import Markup
    from northbib.markup.tree import Block

__all__ = ["between", "has_discrete_headings", "with_discrete_headings"]

_WITHOUT_BLANK_LINES: frozenset[Markup] = frozenset({"html"})
"""Markups that need no blank line after the first marker and before the second one.

In CommonMark a comment ends its block of HTML only at its own line's end, and a list that follows
at once would be no list in other dialects; a formatter would put the blank lines there. In the
other markups a paragraph before the marker would go on after it, or a list before it would.
"""


_OF_SECTIONS: frozenset[Markup] = frozenset({"rst", "asciidoc"})
"""Markups in which a heading has to fit those of the article: its sign, the level above it."""


def has_discrete_headings(markup: Markup, *, nested: bool) -> bool:
    """Tell whether a list's headings may not open sections of the article.

    Args:
        markup: The article's markup.
        nested: Whether the list stands in a block, such as an item of a list.
    """
    return markup in _OF_SECTIONS or (nested and markup == "org")


def with_discrete_headings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Give blocks whose headings open no sections."""
    return tuple(
        replace(block, discrete=True) if isinstance(block, Heading) else block for block in blocks
    )


def between(generated: str, markup: Markup, indent: str, line_end: str, last: str = "") -> str:
    """Give what stands between the end of the first marker and the start of the second.

    Args:
        generated: The list in the article's markup, with LF line ends; "" for none.
        markup: The article's markup.
        indent: What stands before each line: spaces and tabs, and the `>` of block quotes.
        line_end: The line end of the first marker's line.
        last: A comment in one line that stands last, "" for none.
    """
    lines = generated.splitlines()
    if lines and markup not in _WITHOUT_BLANK_LINES:
        lines = ["", *lines, ""]
    if last:
        lines.append(last)
    indented = [f"{indent}{line}".rstrip() if not line else f"{indent}{line}" for line in lines]
    return line_end.join(["", *indented, indent])
