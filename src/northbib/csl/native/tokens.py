"""The stream that evaluation writes: plain text with marks between.

A rendered cite or entry is a flat list of tokens. A `str` is text that will be shown; a `Mark`
opens or closes something. Marks nest like brackets, so a stream needs no tree: affixes are put
around what has been written, delimiters between, and what turned out to be empty is cut off again.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "AS_IS",
    "CLOSE",
    "CLOSE_CURLY",
    "CLOSE_QUOTE",
    "NAMES",
    "NOT_PRINTED",
    "NO_CASE",
    "NO_DECORATION",
    "OPEN_CURLY",
    "OPEN_QUOTE",
    "TERM",
    "Mark",
    "Token",
    "Tokens",
    "decoration",
    "display",
    "plain_text",
    "strip_periods",
]

FORMAT: Final = 1
END: Final = 2
QUOTE: Final = 3
END_QUOTE: Final = 4
HINT: Final = 5
BLOCK: Final = 6


class Mark:
    """Something other than text in a stream.

    Attributes:
        kind: One of the constants of this module.
        attribute: For a format the CSL attribute (`font-style`); for a block `display`.
        value: Its value (`italic`).
        flips: Whether it came with the text of a field, and so is undone inside its like.
    """

    __slots__ = ("attribute", "flips", "kind", "value")

    def __init__(self, kind: int, attribute: str = "", value: str = "", flips: bool = False):
        self.kind = kind
        self.attribute = attribute
        self.value = value
        self.flips = flips

    def __repr__(self) -> str:
        return f"<{self.kind} {self.attribute}={self.value}>"


Token = str | Mark
Tokens = list[Token]

CLOSE: Final = Mark(END)
"""Ends the format or block opened last."""
OPEN_QUOTE: Final = Mark(QUOTE)
CLOSE_QUOTE: Final = Mark(END_QUOTE)
OPEN_CURLY: Final = (Mark(QUOTE, value="“"), Mark(QUOTE, value="‘"))
"""Curly quotation marks in a field: they are quotes where the locale has them, else text."""
CLOSE_CURLY: Final = (Mark(END_QUOTE, value="”"), Mark(END_QUOTE, value="’"))
TERM: Final = Mark(HINT, "term")
"""The next text is a term, which may need a capital at the start of a note."""
NAMES: Final = Mark(HINT, "names")
"""The names of a cite end here; see `collapse`."""
AS_IS: Final = Mark(HINT, "as-is")
"""The next text is the user's own: its punctuation does not move into quotes."""
NOT_PRINTED: Final = Mark(HINT, "not-printed")
"""Stands for a work that the style has nothing to say of."""
NO_CASE: Final = Mark(FORMAT, "case", "keep")
NO_DECORATION: Final = Mark(FORMAT, "decoration", "none", flips=True)

_decorations: dict[tuple[str, str, bool], Mark] = {}
_blocks: dict[str, Mark] = {}


def decoration(attribute: str, value: str, flips: bool = False) -> Mark:
    """Give the one mark that opens a format.

    Source: CSL 1.0.2, "Formatting".
    """
    key = (attribute, value, flips)
    found = _decorations.get(key)
    if found is None:
        found = _decorations[key] = Mark(FORMAT, attribute, value, flips)
    return found


def display(value: str) -> Mark:
    """Give the one mark that opens a display block.

    Source: CSL 1.0.2, "Display".
    """
    found = _blocks.get(value)
    if found is None:
        found = _blocks[value] = Mark(BLOCK, "display", value)
    return found


_QUOTES: Final = (QUOTE, END_QUOTE)


def plain_text(tokens: Tokens) -> str:
    """Give the text of a stream without its marks, quotes as straight ones."""
    parts = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(token)
        elif token.kind in _QUOTES:
            parts.append('"')
    return "".join(parts)


def strip_periods(tokens: Tokens, start: int) -> None:
    """Take the full stops out of what was written from `start` on.

    Source: CSL 1.0.2, "Strip-periods".
    """
    for index in range(start, len(tokens)):
        token = tokens[index]
        if isinstance(token, str) and "." in token:
            tokens[index] = token.replace(".", "")
