"""A comment of an article, as the reader of each markup gives it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Comment"]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that the markup itself takes for one; never one in code or verbatim text.

    Attributes:
        start: Where its opening begins, in characters of the article's text.
        end: Where its closing ends.
        body: Where the text inside begins.
        text: The text inside.
        indent: What stands before each further line of the block that the comment stands in:
            spaces and tabs, and the `>` of block quotes. None where the comment stands in running
            text, and a list cannot take its place.
        closed: Whether it has an end at all.
        within: What it stands in where a list cannot take its place.
        closing: What closes it, where it has a closing.
        nested: Whether it stands in a block in which a heading may not open a section.
    """

    start: int
    end: int
    body: int
    text: str
    indent: str | None
    closed: bool = True
    within: str = "running text"
    closing: str = "-->"
    nested: bool = False
