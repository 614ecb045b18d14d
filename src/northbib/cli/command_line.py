"""A command line as a shell reads it, up to the cursor: words, and one that is not finished."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Line", "read"]

_PIECE = re.compile(
    r"""(?P<blank>[ \t\n]+)
    | (?P<end>[;|&()]+)
    | ' (?P<single>[^']*) (?: '|(?P<open_single>\Z) )
    | " (?P<double>(?:[^"\\]|\\.|\\\Z)*) (?: "|(?P<open_double>\Z) )
    | \\ (?P<escaped>.?)
    | (?P<plain>.)""",
    re.DOTALL | re.VERBOSE,
)
_ESCAPED_IN_QUOTES = re.compile(r'\\(["$`\\])')
_ASSIGNMENT = re.compile(r"\w+=")


@dataclass(frozen=True, slots=True)
class Line:
    """A command line up to the cursor.

    Attributes:
        words: The words before the last one, without quotes and without the name of the program.
        last: The last word as far as it is there, without its quotes.
        quote: The quote that is open at its end, "" for none.
        cut: How many of its characters stand before what the shell takes for the last word:
            bash begins one behind a colon and an equals sign.
    """

    words: list[str]
    last: str = ""
    quote: str = ""
    cut: int = 0


def read(text: str, breaks: str = "") -> Line:
    """Read a command line (POSIX.1-2024, Shell Command Language, 2.2, "Quoting").

    Args:
        text: The line up to the cursor, from the name of the program on.
        breaks: The characters behind which the shell begins a word of its own to complete.
    """
    words: list[str] = []
    pieces: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text):
        if piece["blank"] is None and piece["end"] is None:
            pieces.append(piece)
            continue
        words += ["".join(map(_meant, pieces))] if pieces else []
        pieces = []
        if piece["end"] is not None:
            words = []
    while words and _ASSIGNMENT.match(words[0]):
        del words[0]
    return _with_last(words[1:], pieces, breaks)


def _with_last(words: list[str], pieces: list[re.Match[str]], breaks: str) -> Line:
    last, quote, cut = "", "", 0
    for piece in pieces:
        if piece["open_single"] is not None or piece["open_double"] is not None:
            quote, cut = piece[0][0], len(last)
        last += _meant(piece)
        if piece["plain"] is not None and piece["plain"] in breaks:
            cut = len(last)
    return Line(words, last, quote, cut)


def _meant(piece: re.Match[str]) -> str:
    if piece["double"] is not None:
        return _ESCAPED_IN_QUOTES.sub(r"\1", piece["double"])
    return piece["single"] or piece["escaped"] or piece["plain"] or ""
