"""The stream that evaluation writes: plain text with marks between.

A rendered cite or entry is a flat list of tokens. A `str` is text that will be shown; a `Mark`
opens or closes something. Marks nest like brackets, so a stream needs no tree: affixes are put
around what has been written, delimiters between, and what turned out to be empty is cut off again.
"""

from __future__ import annotations

from typing import Final

from northbib.csl.native.punctuation import MARKS

__all__ = [
    "AFTER_GROUP",
    "AFTER_LEAF",
    "AS_IS",
    "CLOSE",
    "CLOSE_CURLY",
    "CLOSE_QUOTE",
    "END_NO_QUOTES",
    "NOTHING",
    "NOT_PRINTED",
    "NO_CASE",
    "NO_DECORATION",
    "NO_QUOTES",
    "NUMBER",
    "OPEN_CURLY",
    "OPEN_QUOTE",
    "OUTER",
    "PART",
    "QUOTED",
    "REFERENCE",
    "SEALED",
    "SUFFIXED",
    "TERM",
    "UNSEALED",
    "Affix",
    "Mark",
    "Token",
    "Tokens",
    "after_element",
    "decoration",
    "display",
    "plain_text",
    "reference",
    "referred_to",
    "strip_periods",
    "unseal",
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


class Affix(str):
    """An affix or delimiter: text of the style around the text of elements."""

    __slots__ = ()


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
PART: Final = Mark(HINT, "part")
"""The next text is a further part of what may be a number, which `capitalize-first` reaches too."""
AS_IS: Final = Mark(HINT, "as-is")
"""The next text is the user's own: its punctuation does not move into quotes."""
NOTHING: Final = Mark(HINT, "nothing")
"""Stands where a hint was, so that what comes after it keeps its place."""
SEALED: Final = Mark(HINT, "sealed")
"""The mark that the next text begins with stays, whatever stands before."""
AFTER_GROUP: Final = Mark(HINT, "after-group")
"""As `SEALED`, but for a delimiter: only the prefix of what follows stays."""
AFTER_LEAF: Final = Mark(HINT, "after-leaf")
"""The mark that the next text begins with goes only where it would be doubled."""
SUFFIXED: Final = Mark(HINT, "suffixed")
"""An element ends here with a suffix of punctuation; see `after_element`."""
QUOTED: Final = Mark(HINT, "quoted")
"""A text in quotation marks ends here with its suffix."""
OUTER: Final = Mark(HINT, "outer")
"""So does an element around it: the mark that comes next is that of an outer one; see `inward`."""
NUMBER: Final = Mark(HINT, "number")
"""A number ends here: marks that come right after it go only where they would be doubled."""
UNSEALED: Final = Mark(HINT, "unsealed")
"""What was sealed is not, for the delimiter that comes next."""
NO_QUOTES: Final = Mark(HINT, "no-quotes")
"""What follows has `quotes="false"`: its quotation marks are those of the locale, outermost."""
END_NO_QUOTES: Final = Mark(HINT, "end-no-quotes")
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


REFERENCE: Final = "reference"


def reference(key: str, anchor: str) -> Mark:
    """Give a mark that opens what is set of a cite, and leads to the entry of its work.

    Args:
        key: The id of the item.
        anchor: The anchor of the cite itself.
    """
    return Mark(FORMAT, REFERENCE, f"{anchor}\0{key}")


def referred_to(value: str) -> tuple[str, str]:
    """Give the id of the item and the anchor that the value of a reference holds."""
    anchor, _, key = value.partition("\0")
    return key, anchor


_QUOTES: Final = (QUOTE, END_QUOTE)
_SEALS: Final = frozenset({AFTER_GROUP, AFTER_LEAF, SEALED, SUFFIXED})


def plain_text(tokens: Tokens) -> str:
    """Give the text of a stream without its marks, quotes as straight ones."""
    parts = []
    for token in tokens:
        if isinstance(token, str):
            parts.append(token)
        elif token.kind in _QUOTES:
            parts.append('"')
    return "".join(parts)


def unseal(tokens: Tokens) -> None:
    """Take the seal off the end of a group: what follows meets its text as any other."""
    if not tokens:
        return
    if tokens[-1] in _SEALS:
        tokens.pop()
    if tokens and tokens[-1] is QUOTED:
        tokens[-1] = OUTER


def after_element(tokens: Tokens, delimiter: str) -> None:
    """Write a delimiter after an element, whose own mark at the end stays.

    Source: citeproc-js' habit, which styles are tested against; CSL is silent.
    """
    last = tokens[-1]
    if last is SEALED or last is SUFFIXED:
        tokens.append(AFTER_LEAF)
    elif last is AFTER_GROUP:
        tokens.append(UNSEALED)
    tokens.append(delimiter)
    if delimiter[-1] in MARKS:
        tokens.append(AFTER_LEAF)


def strip_periods(tokens: Tokens, start: int) -> None:
    """Take the full stops out of what was written from `start` on.

    Those of affixes and delimiters within stay: citeproc-js' habit, which styles rely on.
    Source: CSL 1.0.2, "Strip-periods".
    """
    for index in range(start, len(tokens)):
        token = tokens[index]
        if isinstance(token, str) and "." in token and not isinstance(token, Affix):
            tokens[index] = token.replace(".", "")
