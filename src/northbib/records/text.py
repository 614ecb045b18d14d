"""Plain readings of text: without markup, and folded for comparing.

A text variable of a record is written as CSL-JSON has it: Unicode with the inline markup `<i>`,
`<b>`, `<sub>`, `<sup>`, `<sc>` and `<span class="nocase">`, where a bare `<`, `>` or `&` stands for
itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

__all__ = ["INLINE_TAG", "fold", "plain"]

INLINE_TAG = re.compile(
    r"</?(?:i|b|sub|sup|sc)>"
    r'|<span (?:class="nocase"|style="font-variant:\s*small-caps;?")>'
    r"|</span>"
)
_NOT_ASCII = re.compile(r"[^\0-\x7f]+")
_TYPEWRITER = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "\N{NO-BREAK SPACE}": " ",
        "ß": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "ł": "l",
        "Ł": "l",
        "þ": "th",
        "Þ": "th",
        "ı": "i",
    }
)


def plain(text: str) -> str:
    """Take the inline markup of CSL-JSON out of a text variable."""
    return INLINE_TAG.sub("", text) if "<" in text else text


def fold(text: str) -> str:
    """Give the form in which two texts are compared: no case, no accents, typewriter punctuation.

    >>> fold("Páraic’s Straße")
    "paraic's strasse"
    """
    if text.isascii():
        return text.lower()
    return _NOT_ASCII.sub(_folded, text).lower()


def _folded(match: re.Match[str]) -> str:
    return "".join([_of_character(character) for character in match[0]])


@cache
def _of_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character)
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return letters.translate(_TYPEWRITER).casefold()
