"""The order of text: by letters alone, numbers by their value.

Source: CSL 1.0.2, "Sorting", which leaves the order to the locale; this is the order of the
Unicode collation algorithm for alphabets, with punctuation left out. As in citeproc-js, text that
differs in nothing but accents, case or punctuation is equal, so that the next key decides.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from northbib.records.collation import in_alphabet

__all__ = ["collation_key"]

_NO_LETTER = re.compile(r"[^\w ]|_")
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=65536)
def collation_key(text: str, language: str = "") -> str:
    """Give a key by which text sorts as a reader of a language expects."""
    if not text.isascii():
        # An accent that stands by itself is no letter.
        text = unicodedata.normalize("NFC", text)
    return _NUMBER.sub(_padded, in_alphabet(_NO_LETTER.sub("", text), language))


def _padded(number: re.Match[str]) -> str:
    return number[0].rjust(20, "0")
