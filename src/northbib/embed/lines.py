"""Lines of a text with any line ends: CR LF, CR, LF, or all of them."""

from __future__ import annotations

import bisect
import re

__all__ = ["EOL", "Lines"]

EOL = re.compile(r"\r\n|\r|\n")
"""A line end."""


class Lines:
    """Where the lines of a text begin and how they end.

    Only CR LF, CR and LF end a line, as in CommonMark and in HTML; `str.splitlines` knows more.
    """

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in EOL.finditer(text))]

    def position(self, offset: int) -> tuple[int, int]:
        """Give line and column of an offset, both counted from 1, the column in characters."""
        line = bisect.bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def start_of(self, line: int) -> int:
        """Give the offset where a line begins, counted from 0; the end of the text after all."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def pairs(self) -> list[tuple[str, str]]:
        """Give each line and its line end; the last line has none."""
        ends = [*EOL.findall(self.text), ""]
        after = [*self.starts[1:], len(self.text)]
        return [
            (self.text[start : stop - len(end)], end)
            for start, stop, end in zip(self.starts, after, ends, strict=True)
        ]

    def before(self, offset: int) -> str:
        """Give what stands before an offset on its line."""
        return self.text[self.starts[bisect.bisect_right(self.starts, offset) - 1] : offset]

    def after(self, offset: int) -> str:
        """Give what stands on the line of an offset from there on, its line end included."""
        return self.text[offset : self.start_of(bisect.bisect_right(self.starts, offset))]

    def line_end(self, offset: int) -> str:
        """Give the line end of the line at an offset; of the first line if that one has none."""
        match = EOL.search(self.text, offset) or EOL.search(self.text)
        return match[0] if match else "\n"
