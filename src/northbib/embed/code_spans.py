"""Code in running text: a run of backticks opens it, and the next run as long closes it."""

from __future__ import annotations

import re
from bisect import bisect_right

__all__ = ["CodeSpans"]

_TICKS = re.compile("`++")


class CodeSpans:
    """Where the runs of backticks of a text are (CommonMark 0.31, 6.1; raw text of Typst)."""

    def __init__(self, text: str) -> None:
        self._ends: dict[int, list[int]] = {}
        for match in _TICKS.finditer(text):
            self._ends.setdefault(len(match[0]), []).append(match.end())

    def end_of(self, start: int, length: int, limit: int | None = None) -> int | None:
        """Give the end of the code that a run of backticks opens.

        Args:
            start: Where the run begins.
            length: How many backticks it has.
            limit: Where the code has to be closed at the latest; None for the end of the text.

        Returns:
            None if it is not closed, and the backticks are text.
        """
        ends = self._ends.get(length, [])
        place = bisect_right(ends, start + length)
        is_closed = place < len(ends) and (limit is None or ends[place] <= limit)
        return ends[place] if is_closed else None
