"""Text case on marked text.

Source: CSL 1.0.2, "Text-case". citeproc-py's own works on plain strings: it fails on some of the
strings it makes itself, and would take a mark for the first letter of a word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from northbib.csl.citeproc_py.marks import MARK, NO_CASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["change_case"]

_STOP_WORDS = frozenset(
    """
    a an and as at but by down for from in into nor of on onto or over so the till to up via with
    yet
    """.split()
)
# Enough to see how a clause ended, with the marks and quotes that may follow.
_LOOKBACK = 40
_WORD = re.compile(r"\S+")
_NOT_LETTERS = re.compile(rf"{MARK}|[^\w]|_")
_ENDS_CLAUSE = re.compile(rf"[:.?!](?:{MARK}|[\"'”’)\]])*$")


def change_case(text: str, case: str, language: str | None) -> str:
    """Change the case of text; what stands between `NO_CASE` marks keeps its own.

    Args:
        text: Marked text.
        case: A value of the attribute `text-case`.
        language: The language of the text; title case is for English (`en`) alone.
    """
    if case == "title" and language != "en":
        return text
    change = _CHANGES.get(case)
    return change(text) if change else text


def _each(text: str, change: Callable[[str], str]) -> str:
    return "".join(piece if kept else change(piece) for piece, kept in _pieces(text))


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Split text into pieces and tell of each whether its case is to be kept."""
    opening, closing = NO_CASE
    depth = 0
    for piece in re.split(f"([{opening}{closing}])", text):
        if piece == opening:
            depth += 1
        elif piece == closing:
            depth -= 1
        yield piece, depth > 0


def _words(text: str, change: Callable[[int, str, str], str]) -> str:
    """Change each word, given its index and the end of what stands before; kept ones stay."""
    kept = _kept_places(text)
    pieces: list[str] = []
    position = 0
    for index, match in enumerate(_WORD.finditer(text)):
        start, end = match.span()
        pieces.append(text[position:start])
        before = text[max(0, start - _LOOKBACK) : start].rstrip()
        is_kept = bisect_left(kept, start) < bisect_left(kept, end)
        pieces.append(match[0] if is_kept else change(index, match[0], before))
        position = end
    return "".join([*pieces, text[position:]])


def _kept_places(text: str) -> list[int]:
    """Give the place of each character that keeps its case, in order."""
    places: list[int] = []
    position = 0
    for piece, kept in _pieces(text):
        if kept:
            places += range(position, position + len(piece))
        position += len(piece)
    return places


def _with_first_capital(text: str) -> str:
    return _words(text, lambda index, word, _before: _capitalised(word) if index == 0 else word)


def _with_capitals(text: str) -> str:
    return _words(text, lambda _index, word, _before: _capitalised(word))


def _in_title_case(text: str) -> str:
    return _words(text, _title_word)


def _title_word(_index: int, word: str, before: str) -> str:
    if not word.islower():
        return word
    at_start = not before or _ENDS_CLAUSE.search(before) is not None
    if not at_start and _NOT_LETTERS.sub("", word) in _STOP_WORDS:
        return word
    return _capitalised(word)


def _in_sentence_case(text: str) -> str:
    if text.isupper():
        text = _each(text, str.lower)

    def change(index: int, word: str, _before: str) -> str:
        letters = _NOT_LETTERS.sub("", word)
        capitalised = letters.istitle() and not letters.isupper()
        lowered = word.lower() if capitalised else word
        return _capitalised(lowered) if index == 0 else lowered

    return _words(text, change)


def _capitalised(word: str) -> str:
    """Make the first letter of a word a capital, whatever stands before it."""
    for index, character in enumerate(word):
        if character.isalnum():
            return word[:index] + character.upper() + word[index + 1 :]
    return word


_CHANGES: Mapping[str, Callable[[str], str]] = {
    "lowercase": lambda text: _each(text, str.lower),
    "uppercase": lambda text: _each(text, str.upper),
    "capitalize-first": _with_first_capital,
    "capitalize-all": _with_capitals,
    "title": _in_title_case,
    "sentence": _in_sentence_case,
}
