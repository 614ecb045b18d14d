"""The last step: seams between pieces, quotation marks, and formats inside their like.

A stream of tokens goes in, a stream comes out that has only text, formats that change something,
and blocks. Source: CSL 1.0.2, "Affixes", "Quotes", "Formatting", "Locale Options".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from northbib.csl.native.inward import moved_inward
from northbib.csl.native.punctuation import MARKS, joined
from northbib.csl.native.tokens import (
    AFTER_GROUP,
    AFTER_LEAF,
    AS_IS,
    BLOCK,
    CLOSE,
    END_NO_QUOTES,
    END_QUOTE,
    FORMAT,
    NO_CASE,
    NO_DECORATION,
    NO_QUOTES,
    NOT_PRINTED,
    NUMBER,
    OUTER,
    QUOTE,
    SEALED,
    UNSEALED,
    Mark,
    decoration,
)

if TYPE_CHECKING:
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.tokens import Tokens

__all__ = ["Flattener"]

_NORMAL: Final = {
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-decoration": "none",
    "vertical-align": "baseline",
}


_WORD: Final = re.compile(r"\w")


class Flattener:
    """Flattens streams in the way of one locale."""

    __slots__ = ("_in_quote", "_marks", "_openers")

    def __init__(self, locale: Locale) -> None:
        def term(name: str, default: str) -> str:
            found = locale.term(name)
            return default if found is None else found

        self._in_quote = locale.flag("punctuation-in-quote")
        self._marks = (
            (term("open-quote", "“"), term("close-quote", "”")),
            (term("open-inner-quote", "‘"), term("close-inner-quote", "’")),
        )
        self._openers = frozenset(pair[0] for pair in self._marks)

    def flatten(self, tokens: Tokens) -> Tokens:
        """Flatten a stream."""
        stream = _Stream(self._in_quote, self._marks, self._openers)
        if self._in_quote and OUTER in tokens:
            tokens = moved_inward(tokens)
        for token in tokens:
            if isinstance(token, str):
                stream.text(token)
            elif token is CLOSE:
                stream.close()
            elif token.kind == FORMAT:
                stream.open(_effective(token, stream.state))
            else:
                stream.mark(token)
        return stream.out


class _Stream:
    """A stream being flattened.

    Attributes:
        out: What has been written.
        state: The formats and blocks that are open, as attribute and value.
    """

    __slots__ = (
        "_closers",
        "_depth",
        "_dropped",
        "_formats",
        "_in_quote",
        "_kept",
        "_last",
        "_marks",
        "_openers",
        "_quoted",
        "_seal",
        "_unquoted",
        "out",
        "state",
    )

    def __init__(
        self, in_quote: bool, marks: tuple[tuple[str, str], ...], openers: frozenset[str]
    ) -> None:
        self.out: Tokens = []
        self.state: list[tuple[str, str]] = []
        self._in_quote = in_quote
        self._marks = marks
        self._openers = openers
        self._closers = (marks[0][1], marks[1][1])
        # Where the last text stands in `out`, and where the quotes closed after it begin.
        self._last = -1
        self._quoted = -1
        self._seal: Mark | None = None
        self._depth = 0
        self._unquoted = 0
        self._dropped = ""
        self._formats: list[int] = []
        self._kept: list[bool] = []

    def text(self, text: str) -> None:
        """Write text, with its first mark settled against what stands before."""
        out, dropped = self.out, ""
        if self._last >= 0 and text:
            first = text[0]
            if first in MARKS:
                text = self._seam(text)
                dropped = "" if text else first
            elif first == " ":
                before = str(out[-1 if self._quoted >= 0 else self._last])
                if before[-1:] in " \u00a0":
                    text = text.lstrip(" ")
        self._dropped = dropped
        if text:
            self._last = len(out)
            out.append(text)
            self._quoted = -1
        if self._seal is not None and not (self._seal is NUMBER and _WORD.search(text) is None):
            self._seal = None

    def open(self, marks: list[Mark]) -> None:
        """Open formats that end together."""
        self.out.extend(marks)
        self._formats.append(len(marks))

    def close(self) -> None:
        """End what was opened last; what has remained empty goes."""
        out = self.out
        for _ in range(self._formats.pop() if self._formats else 0):
            self.state.pop()
            if out and not isinstance(out[-1], str) and out[-1] is not CLOSE:
                out.pop()
            else:
                out.append(CLOSE)

    def mark(self, mark: Mark) -> None:
        """Write a quotation mark, a block or a hint."""
        if mark.kind == QUOTE:
            self._open_quote(mark.value)
        elif mark.kind == END_QUOTE:
            self._close_quote(mark.value)
        elif mark.kind == BLOCK:
            self.state.append(("display", ""))
            self.open([mark])
        elif mark is NOT_PRINTED:
            self.out.append(mark)
        elif mark is SEALED or mark is AFTER_GROUP or mark is NUMBER:
            self._seal = mark
        elif mark is UNSEALED:
            self._seal = None
        elif mark is AFTER_LEAF and self._seal is not NUMBER:
            self._seal = mark
        elif mark is AS_IS and self._quoted >= 0:
            self._last, self._quoted = self._quoted, -1
        elif mark is NO_QUOTES:
            self._unquoted += 1
        elif mark is END_NO_QUOTES:
            self._unquoted -= 1

    def _open_quote(self, own: str) -> None:
        """Open a quotation; marks in a field that are not the locale's are kept."""
        levelled = self._depth or self._unquoted
        kept = bool(own) and (not levelled or own not in self._openers)
        self._kept.append(kept)
        self._last = len(self.out)
        self._quoted = -1
        self.out.append(own if kept else self._marks[self._depth & 1][0])
        self._depth += not kept

    def _close_quote(self, own: str) -> None:
        """Close a quotation; a mark in a field that is not the locale's is mere text."""
        kept = bool(self._kept) and self._kept.pop()
        if kept and own not in self._closers:
            self._last, self._quoted = len(self.out), -1
            self.out.append(own)
            return
        if self._quoted < 0:
            self._quoted = len(self.out)
        if kept:
            self.out.append(own)
            return
        self._depth -= 1
        self.out.append(self._marks[self._depth & 1][1])

    def _seam(self, text: str) -> str:
        """Settle the mark that a text begins with, and give what is left of the text."""
        before = str(self.out[self._last])
        if self._seal is AFTER_GROUP:
            return text
        if self._quoted >= 0:
            return self._seam_after_quote(text, before)
        left, right = before[-1], text[0]
        if self._seal is not None:
            doubled = right in {left, self._dropped}
            return text[1:] if doubled and self._seal is not SEALED else text
        if left in MARKS:
            kept = joined(left, right)
            if kept == left:
                return text[1:]
            if kept == right:
                self.out[self._last] = before[:-1]
        return text

    def _seam_after_quote(self, text: str, before: str) -> str:
        """Move a mark into the quotes, if the locale has it so, or out of them if it has not.

        Source: CSL 1.0.2, "Locale Options", punctuation-in-quote, for stop and comma; for "!"
        and "?", and for marks that meet, citeproc-js' habit.
        """
        left, right = before[-1], text[0]
        if not self._in_quote:
            return self._seam_outside(text, before)
        if right in ":;":
            return text[1:] if left == right else text
        if left not in MARKS:
            self.out.insert(self._quoted, right)
            self._last = self._quoted
            self._quoted += 1
            return text[1:]
        self.out[self._last] = before[:-1] + joined(left, right)
        return text[1:]

    def _seam_outside(self, text: str, before: str) -> str:
        left, right = before[-1], text[0]
        if left == right and left in ".!?":
            return text[1:]
        if left in ",;:":
            self.out[self._last] = before[:-1]
            return joined(left, right) + text[1:]
        return text[1:] if right == "." and left in "!?" and self._seal is None else text


def _effective(mark: Mark, state: list[tuple[str, str]]) -> list[Mark]:
    """Give the formats that a mark really opens, and note them.

    A format from the text of a field is undone inside its like: italics within italics are
    upright. Source: CSL 1.0.2, "Formatting", and the fixtures "flipflop".
    """
    if mark is NO_CASE:
        return []
    if mark is NO_DECORATION:
        now = dict(state)
        marks = [
            decoration(attribute, _NORMAL[attribute])
            for attribute, value in now.items()
            if attribute in _NORMAL and value != _NORMAL[attribute]
        ]
    else:
        current = next(
            (value for attribute, value in reversed(state) if attribute == mark.attribute),
            _NORMAL.get(mark.attribute, ""),
        )
        if current == mark.value:
            if not mark.flips:
                return []
            marks = [decoration(mark.attribute, _NORMAL[mark.attribute])]
        else:
            marks = [mark]
    state.extend((each.attribute, each.value) for each in marks)
    return marks
