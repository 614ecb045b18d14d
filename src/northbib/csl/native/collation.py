"""The order of text: letters first, then accents, then case.

Source: CSL 1.0.2, "Sorting", which leaves the order to the locale; this is the order of the
Unicode collation algorithm for alphabets, with punctuation left out.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

__all__ = ["collation_key"]

_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})


@lru_cache(maxsize=65536)
def collation_key(text: str) -> tuple[str, str, str]:
    """Give a key by which text sorts as a reader expects."""
    lower = text.lower()
    if lower.isascii():
        letters = accents = "".join(c for c in lower if c.isalnum() or c == " ")
    else:
        split = unicodedata.normalize("NFKD", lower)
        accents = "".join(c for c in split if c.isalnum() or c == " " or unicodedata.combining(c))
        letters = "".join(c for c in accents if not unicodedata.combining(c)).translate(_FOLDED)
    return letters, accents, text.swapcase()
