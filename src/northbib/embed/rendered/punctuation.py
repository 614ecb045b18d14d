"""The number of a note and the punctuation around it: `word [@key].` becomes `word.[^1]`.

Source: Pandoc User's Guide, `notes-after-punctuation`; what it leaves open is as the program does
it, but for notes that stand side by side, which stay together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Mark", "settle"]

_MOVED = re.compile(r"(?:[.,;!?…)]|:(?!:))+")
_INTO_QUOTES = re.compile(r"[.,]")
_QUOTES = "\"”’'"
_CONTAINERS = re.compile(r"[ \t]*(?:(?:[-*+>|:#=.]+|\(?(?:\w|\d+)[.)])[ \t]+)+|[ \t>]*")
# Front matter, headings, divisions and the like end with their lines.
_NO_PROSE = re.compile(
    r"[ \t]*(?:---|\+\+\+|\.\.\.|#|:::|```|={2,}|\.\. |\[[^\]]*\]$|\\[a-z]+\{|%|//)"
)
_LONGEST_LINE = 2000
_SPACES = " \t\r\n"


@dataclass(slots=True)
class Mark:
    """A number of a note, or a superscript, that stands for a citation.

    Attributes:
        start: Where what it takes the place of begins.
        end: Where it ends.
        before: What is written before it: punctuation that was after it.
        quote: Where the closing quotation mark is that takes some of it in; None for none.
        inside: What is written before that mark.
    """

    start: int
    end: int
    before: str = ""
    quote: int | None = None
    inside: str = ""


def settle(text: str, marks: Sequence[Mark], *, moves: bool, into_quotes: bool) -> None:
    """Take in the white space before marks, and the punctuation after them.

    Args:
        text: The article.
        marks: Its marks, in their order.
        moves: Whether they stand after punctuation.
        into_quotes: Whether full stops and commas stand inside quotation marks.
    """
    for number, mark in enumerate(marks):
        before = number and not text[marks[number - 1].end : mark.start].strip(_SPACES)
        if before:
            mark.start = marks[number - 1].end
        elif not _begins_block(text, mark.start):
            while mark.start and text[mark.start - 1] in _SPACES:
                mark.start -= 1
    if moves:
        for number in reversed(range(len(marks))):
            _move(text, marks, number, into_quotes=into_quotes)


def _begins_block(text: str, start: int) -> bool:
    """Tell whether nothing stands before a place in its block but marks of lists and the like."""
    line = text.rfind("\n", 0, start) + 1
    line = max(line, text.rfind("\r", 0, start) + 1)
    before = text[line:start]
    if before.strip():
        return _CONTAINERS.fullmatch(before) is not None
    previous = text[max(0, line - _LONGEST_LINE) : line].rstrip("\r\n")
    gap = text[len(previous) + max(0, line - _LONGEST_LINE) : line].replace("\r\n", "\n")
    last = previous[max(previous.rfind("\n"), previous.rfind("\r")) + 1 :]
    return len(gap) > 1 or not last.strip() or _NO_PROSE.match(last) is not None


def _move(text: str, marks: Sequence[Mark], number: int, *, into_quotes: bool) -> None:
    mark = marks[number]
    match = _MOVED.match(text, mark.end)
    if match is None:
        return
    mark.end = match.end()
    moved = match[0]
    while number and marks[number].start == marks[number - 1].end:
        number -= 1
    first = marks[number]
    at = first.start - 1
    if into_quotes and at > 0 and text[at] in _QUOTES and text[at - 1] not in _SPACES:
        inner = _INTO_QUOTES.match(moved)
        if inner is not None and text[at - 1] not in ".,!?":
            first.quote, first.inside, moved = at, inner[0], moved[1:]
    first.before = moved
