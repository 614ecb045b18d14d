"""Parts of an article that are not read: code, comments, formulas."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Spans", "masked"]

_NOT_LINE_END = re.compile(r"[^\r\n]")


class Spans:
    """Parts of a text that do not overlap, for questions of what lies in one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.spans = sorted(spans)
        self._starts = [start for start, _ in self.spans]

    def holding(self, place: int) -> tuple[int, int] | None:
        """Give the part that a place lies in, None for none."""
        at = bisect_right(self._starts, place) - 1
        return self.spans[at] if at >= 0 and place < self.spans[at][1] else None


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give a text with parts of it as NUL signs, but for the line ends in them."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        begin = max(start, done)
        pieces += [text[done:begin], _NOT_LINE_END.sub("\0", text[begin:end])]
        done = end
    return "".join(pieces) + text[done:]
