"""The comments of a Typst article that can be markers.

A reader of Typst's three modes (Typst reference, "Syntax"): `//` begins a comment in each of them,
except in raw text, strings, addresses and block comments. A list can stand in markup alone, so
that a marker in code or in a formula is in the wrong place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from northbib.embed.comments import Comment
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["comments"]

Mode = Literal["markup", "code", "head", "math"]

_NEWLINE = "\n\r\x0b\x0c\x85\u2028\u2029"
_COMMON = rf"""
    //(?P<comment>[^{_NEWLINE}]*+)
    | (?P<block>/\*)
    | (?P<ticks>`++)
    | (?P<dollar>\$)
"""
_CODE = rf'| (?P<string>") | (?P<bracket>[\[\](){{}}]) | (?P<end>[;{_NEWLINE}])'
_OWN: dict[Mode, str] = {
    "markup": r"| \\. | https?://[^\s\[\]]*+ | (?P<hash>\#) | (?P<bracket>[\[\]])",
    "math": r'| \\. | (?P<string>") | (?P<hash>\#)',
    "code": _CODE,
    "head": _CODE,
}
_TOKENS = {mode: re.compile(_COMMON + own, re.VERBOSE | re.DOTALL) for mode, own in _OWN.items()}
_STRING = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BLOCK_COMMENT = re.compile(r"/\*|\*/")
_STATEMENT = re.compile(r"(?:let|set|show|import|include|return)(?![\w-])")
_CLAUSE = re.compile(r"(?:if|for|while)(?![\w-])")
_CONTEXT = re.compile(r"context(?![\w-])[ \t]*+")
_NAME = re.compile(r"[^\W\d][\w-]*+(?:\.[^\W\d][\w-]*+)*+")
_ELSE = re.compile(r"[ \t]*+else(?![\w-])(?P<condition>[ \t]++if(?![\w-]))?+[ \t]*+")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BLANK = re.compile(r"[ \t]*")


@dataclass(slots=True)
class _Frame:
    r"""What is open.

    Attributes:
        mode: How its text is read.
        closing: What ends it; "" for the article itself, "\n" for a statement.
        after: What it is followed by: the rest of a `call`, the `else` of a `clause`.
    """

    mode: Mode
    closing: str
    after: Literal["", "call", "clause"] = ""


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in raw text and strings."""
    return list(_Reader(text).comments())


class _Reader:
    """Reads Typst once from the start to the end; what is not closed is taken as text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._frames = [_Frame("markup", "")]
        self._place = 0

    def comments(self) -> Iterator[Comment]:
        while match := _TOKENS[self._frames[-1].mode].search(self._text, self._place):
            self._place = match.end()
            if match["comment"] is not None:
                yield self._comment(match)
            else:
                self._read(match)

    def _comment(self, match: re.Match[str]) -> Comment:
        start = match.start()
        before = self._lines.before(start)
        indent = before if _BLANK.fullmatch(before) else None
        mode = self._frames[-1].mode
        within = {"code": "code", "head": "code", "math": "a formula"}.get(mode, "")
        return Comment(
            start,
            match.end(),
            match.start("comment"),
            match["comment"],
            None if within else indent,
            within=within or "running text",
        )

    def _read(self, match: re.Match[str]) -> None:
        groups = match.groupdict()
        if match["block"]:
            self._skip_block_comment()
        elif match["ticks"]:
            self._skip_raw(match)
        elif match["dollar"]:
            self._turn("$", _Frame("math", "$"))
        elif groups.get("string"):
            self._skip_string()
        elif groups.get("hash"):
            self._begin_code()
        elif groups.get("end"):
            self._end_statement()
        elif groups.get("bracket"):
            self._bracket(match.group())

    def _turn(self, sign: str, frame: _Frame) -> None:
        """Close what this sign closes, else open what it opens."""
        if self._frames[-1].closing == sign:
            self._close()
        else:
            self._frames.append(frame)

    def _close(self) -> None:
        after = self._frames.pop().after
        if after == "call":
            self._go_on_with_call()
        elif after == "clause":
            self._go_on_with_clause()

    def _bracket(self, sign: str) -> None:
        top = self._frames[-1]
        if sign == top.closing:
            self._close()
        elif sign not in _CLOSING:
            self._leave_statement(sign)
        elif top.mode == "markup":
            self._frames.append(_Frame("markup", "]"))
        elif top.mode == "head" and sign in "[{":
            self._frames.pop()
            self._open(sign, "clause")
        else:
            self._open(sign, "")

    def _leave_statement(self, sign: str) -> None:
        """Close a statement that stands in brackets of which this sign is the closing one."""
        frames = self._frames
        if len(frames) > 1 and frames[-1].closing == "\n" and frames[-2].closing == sign:
            frames.pop()
            self._close()

    def _open(self, sign: str, after: Literal["", "call", "clause"]) -> None:
        mode: Mode = "markup" if sign == "[" else "code"
        self._frames.append(_Frame(mode, _CLOSING[sign], after))

    def _end_statement(self) -> None:
        if self._frames[-1].closing == "\n":
            self._frames.pop()

    def _begin_code(self) -> None:
        """Read what follows a hash sign."""
        place = self._place
        if _STATEMENT.match(self._text, place):
            self._frames.append(_Frame("code", "\n"))
        elif _CLAUSE.match(self._text, place):
            self._frames.append(_Frame("head", "\n"))
        else:
            context = _CONTEXT.match(self._text, place)
            name = _NAME.match(self._text, context.end() if context else place)
            self._place = name.end() if name else context.end() if context else place
            self._go_on_with_call(first=name is None)

    def _go_on_with_call(self, *, first: bool = False) -> None:
        """Read arguments right after a name or after other arguments."""
        sign = self._text[self._place : self._place + 1]
        if sign == "." and not first:
            name = _NAME.match(self._text, self._place + 1)
            if name is not None:
                self._place = name.end()
                sign = self._text[self._place : self._place + 1]
        if sign in ("(", "[") or (sign == "{" and first):
            self._place += 1
            self._open(sign, "call")
        elif sign == '"' and first:
            self._place += 1
            self._skip_string()

    def _go_on_with_clause(self) -> None:
        match = _ELSE.match(self._text, self._place)
        if match is None:
            return
        self._place = match.end()
        sign = self._text[self._place : self._place + 1]
        if match["condition"]:
            self._frames.append(_Frame("head", "\n"))
        elif sign in ("[", "{"):
            self._place += 1
            self._open(sign, "clause")

    def _skip_string(self) -> None:
        match = _STRING.match(self._text, self._place)
        self._place = match.end() if match else len(self._text)

    def _skip_block_comment(self) -> None:
        depth = 1
        for match in _BLOCK_COMMENT.finditer(self._text, self._place):
            depth += 1 if match.group() == "/*" else -1
            if not depth:
                self._place = match.end()
                return
        self._place = len(self._text)

    def _skip_raw(self, match: re.Match[str]) -> None:
        length = len(match["ticks"])
        if length == 2:
            return
        found = self._text.find(match["ticks"], self._place)
        self._place = len(self._text) if found < 0 else found + length
