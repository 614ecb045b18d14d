"""The comments of an Org article that can be markers.

Lines that begin with `# ` (Org syntax, "Comments"), without those in blocks that Org takes as they
are (source, example, export, comment, verse), drawers and LaTeX environments. As in Org, a
headline ends what is open, and what has no end is not a block at all.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from northbib.embed.comments import Comment
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["comments"]

_HEADLINE = re.compile(r"\*+ ")
_COMMENT = re.compile(r"(?P<indent>[ \t]*+)#(?P<text>[ \t].*+|)", re.DOTALL)
_OPENING = re.compile(
    r"[ \t]*+(?:\#\+begin_(?P<block>\S++)|:(?P<drawer>[\w-]++):[ \t]*+\Z"
    r"|\\begin\{(?P<environment>[A-Za-z0-9]++\*?+)\})",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[ \t]*+(?:\#\+end_(?P<block>\S++)[ \t]*+\Z|:end:[ \t]*+\Z"
    r"|.*?\\end\{(?P<environment>[A-Za-z0-9]++\*?+)\}[ \t]*+\Z)",
    re.IGNORECASE | re.DOTALL,
)
_VERBATIM = frozenset("src example export comment verse".split())
_DRAWER = ":"
_ENVIRONMENT = "\\"


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in blocks and drawers."""
    lines = Lines(text)
    pairs = [line for line, _ in lines.pairs()]
    heads = [number for number, line in enumerate(pairs) if _HEADLINE.match(line)]
    found: list[Comment] = []
    for start, end in zip([0, *heads], [*heads, len(pairs)], strict=True):
        found += _comments_of_section(lines, pairs, start, end)
    return found


def _comments_of_section(lines: Lines, pairs: list[str], start: int, end: int) -> Iterator[Comment]:
    closings = _closings(pairs, start, end)
    inside: list[int] = []
    at = start
    while at < end:
        while inside and inside[-1] <= at:
            inside.pop()
        comment = _COMMENT.fullmatch(pairs[at])
        if comment is not None:
            indent, place = comment["indent"], lines.starts[at]
            sign = place + len(indent)
            nested = bool(indent or inside)
            body = place + comment.start("text")
            stop = place + len(pairs[at])
            yield Comment(sign, stop, body, comment["text"], indent, nested=nested)
        name, close = _block(pairs[at], at, closings)
        if close is not None and (name in _VERBATIM or name[0] in (_DRAWER, _ENVIRONMENT)):
            at = close
        elif close is not None:
            inside.append(close)
        at += 1


def _closings(pairs: list[str], start: int, end: int) -> dict[str, list[int]]:
    """Give the lines on which blocks end, by the name of the block."""
    found: dict[str, list[int]] = {}
    for number in range(start, end):
        match = _CLOSING.match(pairs[number])
        if match is not None:
            found.setdefault(_name(match), []).append(number)
    return found


def _name(match: re.Match[str]) -> str:
    if match["block"]:
        return match["block"].lower()
    return _ENVIRONMENT + match["environment"] if match["environment"] else _DRAWER


def _block(line: str, at: int, closings: dict[str, list[int]]) -> tuple[str, int | None]:
    """Give the name of the block that begins on a line, and the line on which it ends."""
    match = _OPENING.match(line)
    if match is None or (match["drawer"] or "").lower() == "end":
        return "", None
    name = _name(match)
    places = closings.get(name, [])
    first = bisect_right(places, at if name[0] != _ENVIRONMENT else at - 1)
    return name, places[first] if first < len(places) else None
