"""The order of text: by letters alone, numbers by their value.

Source: CSL 1.0.2, "Sorting", which leaves the order to the locale; this is the order of the
Unicode collation algorithm for alphabets, with punctuation left out. As in citeproc-js, text that
differs in nothing but accents, case or punctuation is equal, so that the next key decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["collation_key"]

_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})
_NO_LETTER = re.compile(r"[^\w ]|_")
_NUMBER = re.compile(r"\d+")
_NORDIC: Final = (("æ", "zʒa"), ("ä", "zʒa"), ("ø", "zʒb"), ("ö", "zʒb"), ("å", "zʒc"))
_SWEDISH: Final = (("å", "zʒa"), ("ä", "zʒb"), ("æ", "zʒb"), ("ö", "zʒc"), ("ø", "zʒc"))
_LETTERS: Final = {
    "cs": (("ch", "hʒ"),),
    "da": _NORDIC,
    "fi": _SWEDISH,
    "nb": _NORDIC,
    "nn": _NORDIC,
    "sk": (("ch", "hʒ"),),
    "sv": _SWEDISH,
}
"""Language -> letters of its own, and where they stand: "hʒ" is behind all that begins with h."""

# The letters of a script that is the language's own come before the Latin ones.
_CYRILLIC: Final = {0x430 + number: 0x3A + number for number in range(32)}
_GREEK: Final = {0x3B1 + number: 0x3A + number for number in range(25)}
_SCRIPTS: Final = {
    "be": _CYRILLIC,
    "bg": _CYRILLIC,
    "el": _GREEK,
    "mk": _CYRILLIC,
    "ru": _CYRILLIC,
    "sr": _CYRILLIC,
    "uk": _CYRILLIC,
}


@lru_cache(maxsize=65536)
def collation_key(text: str, language: str = "") -> str:
    """Give a key by which text sorts as a reader of a language expects."""
    lower = text.lower()
    for letter, place in _LETTERS.get(language, ()):
        lower = lower.replace(letter, place)
    if not lower.isascii():
        split = unicodedata.normalize("NFKD", lower)
        lower = "".join(c for c in split if not unicodedata.combining(c)).translate(_FOLDED)
    key = _NUMBER.sub(_padded, _NO_LETTER.sub("", lower))
    script = _SCRIPTS.get(language)
    return key.translate(script) if script else key


def _padded(number: re.Match[str]) -> str:
    return number[0].rjust(20, "0")
