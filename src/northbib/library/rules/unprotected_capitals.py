"""Acronyms and capitals within words stand in braces in titles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_PIECE = re.compile(r"\\[a-zA-Z]+\*?|\\.|[{}]|\$|(?<![^\W_])\w+(?:'s\b)?|.", re.DOTALL)
_PRINTING = re.compile(r"\\(?:[A-Za-z]*TeX[a-z]?|LaTeXe)")
_ADVICE = "put braces round each"


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("title", "subtitle"):
        text = subject.masked(name)
        if text.upper() == text:
            continue  # Every word of it is in capitals, which is a fault of its own.
        words = [value[start:end] for start, end in _bare(value)]
        if words:
            edits = subject.rewritten(name, _braced)
            shown = ", ".join(dict.fromkeys(words))
            yield Fault(f"{name} has capitals that styles may lower: {shown}", name, _ADVICE, edits)


def _bare(source: str) -> Iterator[tuple[int, int]]:
    """Give the words with inner capitals that stand outside of braces and mathematics."""
    depth, in_maths = 0, False
    for match in _PIECE.finditer(source):
        piece = match[0]
        depth += (piece == "{") - (piece == "}")
        if piece == "$":
            in_maths = not in_maths
        elif depth == 0 and not in_maths and _is_lowered(piece):
            yield match.start(), match.start() + len(piece.removesuffix("'s"))


def _is_lowered(piece: str) -> bool:
    if piece.startswith("\\"):
        return _PRINTING.fullmatch(piece) is not None
    word = piece.removesuffix("'s")
    return any(letter.isupper() for letter in word[1:])


def _braced(source: str) -> str:
    written, position = [], 0
    for start, end in _bare(source):
        written += [source[position:start], "{", source[start:end], "}"]
        position = end
    return "".join((*written, source[position:]))


RULE = Rule(
    code="unprotected-capitals",
    severity="info",
    sentence="Acronyms and words with capitals inside stand in braces in a title.",
    reason="Styles that write titles as sentences make `Hiv` and `iphone` of them.",
    bad="@article{note, title = {What {England} can learn from the NHS and TechNorth}}",
    good="@article{note, title = {What {England} can learn from the {NHS} and {TechNorth}}}",
    fix="puts braces round the words",
    entry=_find,
)
