"""The parts of an article that northbib writes, in which nothing is cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.markers import BEGIN, END, SIGN
from northbib.embed.markups import comments_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.comments import Comment
    from northbib.embed.markups import Markup

__all__ = ["Generated", "generated_sections"]


@dataclass(frozen=True, slots=True)
class Generated:
    """A section that northbib writes.

    Attributes:
        start: Where its first marker begins.
        inside: Where that marker ends.
        close: Where its second marker begins.
        end: Where that one ends.
        words: The words of the first marker.
        indent: What stands before each line between the two.
    """

    start: int
    inside: int
    close: int
    end: int
    words: tuple[str, ...]
    indent: str


def generated_sections(text: str, markup: Markup) -> Iterator[Generated]:
    """Give the generated sections of an article.

    One that is not closed goes on to the end; what is wrong with markers is said where sections
    are refreshed.
    """
    if SIGN not in text:
        return
    opened: tuple[Comment, tuple[str, ...]] | None = None
    for comment in comments_of(text, markup):
        kind, *words = comment.text.split() or [""]
        if kind == f"{SIGN}{BEGIN}" and opened is None:
            opened = (comment, tuple(words))
        elif kind == f"{SIGN}{END}" and opened is not None:
            yield _generated(*opened, comment.start, comment.end)
            opened = None
    if opened is not None:
        yield _generated(*opened, len(text), len(text))


def _generated(begin: Comment, words: tuple[str, ...], close: int, end: int) -> Generated:
    return Generated(begin.start, begin.end, close, end, words, begin.indent or "")
