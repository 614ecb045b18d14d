"""The text of a field: inline markup, quotation marks and apostrophes read into tokens.

Source: CSL-JSON, "Rich text"; CSL 1.0.2, "Formatting" and "Quotes" for what becomes of it.
"""

from __future__ import annotations

import re
from typing import Final

from northbib.csl.native.punctuation import MARKS
from northbib.csl.native.tokens import (
    AS_IS,
    CLOSE,
    CLOSE_CURLY,
    CLOSE_QUOTE,
    END_QUOTE,
    NO_CASE,
    NO_DECORATION,
    OPEN_CURLY,
    OPEN_QUOTE,
    Mark,
    Token,
    Tokens,
    decoration,
)

__all__ = ["APOSTROPHE", "parse_rich"]

APOSTROPHE: Final = "’"
_PIECE = re.compile(
    r"</?(?:i|b|sc|sup|sub)>|</span>"
    r"|<span (?:class=\"no(?:case|decor)\"|style=\"font-variant: ?small-caps;?\")>"
    r"|[\"'“”‘’]"
)
_SPECIAL = frozenset("<\"'“”‘’")
_SMALL_CAPS = decoration("font-variant", "small-caps", flips=True)
_OPENERS: Final[dict[str, Mark]] = {
    "<i>": decoration("font-style", "italic", flips=True),
    "<b>": decoration("font-weight", "bold", flips=True),
    "<sc>": _SMALL_CAPS,
    "<sup>": decoration("vertical-align", "sup", flips=True),
    "<sub>": decoration("vertical-align", "sub", flips=True),
    '<span class="nocase">': NO_CASE,
    '<span class="nodecor">': NO_DECORATION,
    '<span style="font-variant: small-caps;">': _SMALL_CAPS,
    '<span style="font-variant:small-caps;">': _SMALL_CAPS,
    '<span style="font-variant: small-caps">': _SMALL_CAPS,
    '<span style="font-variant:small-caps">': _SMALL_CAPS,
}
_MARKS: Final = {
    "“": (OPEN_CURLY[0], CLOSE_CURLY[0]),
    "‘": (OPEN_CURLY[1], CLOSE_CURLY[1]),
    '"': (OPEN_QUOTE, CLOSE_QUOTE),
    "'": (OPEN_QUOTE, CLOSE_QUOTE),
}
_CLOSERS: Final = {"“": "”", "‘": "’", '"': '"', "'": "'"}


def parse_rich(text: str) -> Tokens:
    """Read the text of a field; what is not closed, or not known, stays text."""
    if not text.isascii() and ("« " in text or " »" in text):
        text = text.replace("« ", "«\u202f").replace(" »", "\u202f»")
    if _SPECIAL.isdisjoint(text):
        return [text] if text else []
    return _Reader(text).read()


class _Reader:
    """One pass over a text, with the openers that still wait for their ends."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: Tokens = []
        self._waiting: list[tuple[str, int]] = []

    def read(self) -> Tokens:
        end = 0
        for piece in _PIECE.finditer(self._text):
            self._tokens.append(self._text[end : piece.start()])
            end = piece.end()
            found = piece[0]
            if found[0] != "<":
                self._quote(found, piece.start())
            elif found[1] == "/":
                self._close_tag(found)
            else:
                self._wait(found)
        self._tokens.append(self._text[end:])
        self._give_up(0)
        return _joined(self._tokens)

    def _wait(self, opener: str) -> None:
        self._waiting.append((opener, len(self._tokens)))
        self._tokens.append(opener)

    def _give_up(self, depth: int) -> None:
        """Leave the openers above a depth of the stack as text."""
        for opener, index in self._waiting[depth:]:
            if opener in {"'", "‘"}:
                self._tokens[index] = APOSTROPHE if opener == "'" else opener
        del self._waiting[depth:]

    def _close_tag(self, closer: str) -> None:
        wanted = closer[2:-1]
        for depth in range(len(self._waiting) - 1, -1, -1):
            opener, index = self._waiting[depth]
            if opener[0] == "<" and opener[1:-1].split(" ")[0] == wanted:
                self._give_up(depth + 1)
                del self._waiting[depth:]
                self._tokens[index] = _OPENERS[opener]
                self._tokens.append(CLOSE)
                return
        self._tokens.append(closer)

    def _quote(self, char: str, at: int) -> None:
        before, after = self._neighbours(at)
        if char in "'’" and before.isalnum() and after.isalnum():
            self._tokens.append(APOSTROPHE)
        elif self._closes(char, before, after):
            return
        elif char in "“‘" or (char in "\"'" and not _ends_word(before) and not after.isspace()):
            self._wait(char)
        else:
            self._tokens.append(APOSTROPHE if char in "'’" else char)

    def _closes(self, char: str, before: str, after: str) -> bool:
        if before.isspace() or after.isalnum() or char in "“‘":
            return False
        for depth in range(len(self._waiting) - 1, -1, -1):
            opener, index = self._waiting[depth]
            if opener[0] == "<":
                return False
            if _CLOSERS[opener] == char:
                self._give_up(depth + 1)
                del self._waiting[depth:]
                pair = _MARKS[opener]
                self._tokens[index] = pair[0]
                self._tokens.append(pair[1])
                return True
        return False

    def _neighbours(self, at: int) -> tuple[str, str]:
        """Give the characters before and after a place, tags left out, a space at the ends."""
        text = self._text
        before, after = at - 1, at + 1
        while before >= 0 and text[before] == ">" and (tag := text.rfind("<", 0, before)) >= 0:
            before = tag - 1
        while after < len(text) and text[after] == "<" and (tag := text.find(">", after)) >= 0:
            after = tag + 1
        return (
            text[before] if before >= 0 else " ",
            text[after] if after < len(text) else " ",
        )


def _ends_word(char: str) -> bool:
    return not (char.isspace() or char in "([{-–—/“‘\"'«„:")


def _joined(tokens: Tokens) -> Tokens:
    joined: list[Token] = []
    after_quote = False
    for token in tokens:
        if isinstance(token, str):
            if not token:
                continue
            if joined and isinstance(joined[-1], str):
                joined[-1] += token
                continue
            # A mark inside a field is its author's; only those of the style move into quotes.
            if token[0] in MARKS and after_quote:
                joined.append(AS_IS)
        after_quote = not isinstance(token, str) and token.kind == END_QUOTE
        joined.append(token)
    return joined
