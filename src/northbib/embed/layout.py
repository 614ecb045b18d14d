"""How generated text stands between its markers: line ends, indentation, blank lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.embed.markups import Markup

__all__ = ["between"]

_BLANK_LINES: dict[Markup, bool] = {"markdown": True, "html": False}
"""Whether a markup needs a blank line after the first marker and before the second one.

In CommonMark a comment ends its block of HTML only at its own line's end, and a list that follows
at once would be no list in other dialects; a formatter would put the blank lines there.
"""


def between(generated: str, markup: Markup, indent: str, line_end: str) -> str:
    """Give what stands between the end of the first marker and the start of the second.

    Args:
        generated: The list in the article's markup, with LF line ends; "" for none.
        markup: The article's markup.
        indent: What stands before each line: spaces and tabs, and the `>` of block quotes.
        line_end: The line end of the first marker's line.
    """
    lines = generated.splitlines()
    if lines and _BLANK_LINES[markup]:
        lines = ["", *lines, ""]
    indented = [f"{indent}{line}".rstrip() if not line else f"{indent}{line}" for line in lines]
    return line_end.join(["", *indented, indent])
