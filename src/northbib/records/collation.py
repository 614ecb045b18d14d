"""The order of text as the readers of a language expect it, the same on every machine.

Words count before letters: "New York" stands before "Newark". Case, punctuation and accents do
not count, but for letters that a language holds to be its own (`alphabets`); numbers stand by
their value. That is the Unicode collation algorithm at its first level, with the language's
tailoring of CLDR; no locale of the operating system has a say in it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from northbib.records.alphabets import ALPHABETS, OWN_SCRIPT, ROOT
from northbib.records.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["collation_key", "in_alphabet"]

_AFTER = 0x10F000
"""Stands behind every letter, and says that this one comes after it: the first, the second, …"""
_AFTER_OWN = 0x10F800
"""The same, behind the letters of the language itself."""
_BEHIND = 0xE000
"""Where the Latin letters go in the list of a language that has another script."""

_DROPPED = frozenset("'\"ʼʻ`´′″·.")
_DIGITS = re.compile(r"\d{1,20}")
_NO_WORD = frozenset("ZPSC")
_MARK = "M"
_TURKIC = frozenset({"az", "tr"})


class _Cleaning(dict[int, str | None]):
    """What becomes of each character that is no letter: it goes, or parts two words."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        category = unicodedata.category(character)
        kept: str | None = character
        if character in _DROPPED or category in ("Pi", "Pf", "Cf"):
            kept = None
        elif category[0] in _NO_WORD:
            kept = " "
        self[code] = kept
        return kept


_CLEANING = _Cleaning()


@lru_cache(maxsize=16384)
def collation_key(text: str, language: str = "") -> str:
    """Give a key by which plain text sorts; "" for a text without letters and numbers.

    Args:
        text: The text.
        language: A language tag, such as `sv` or `sr-Latn-RS`; "" for none in particular.
    """
    words = text.translate(_CLEANING).split()
    return _DIGITS.sub(_by_value, in_alphabet(" ".join(words), language))


def in_alphabet(text: str, language: str) -> str:
    """Give text whose code points are in the order of a language's alphabet.

    Args:
        text: The text; all but its letters stays.
        language: A language tag, "" for none in particular.
    """
    pattern, places, has_digraphs, is_behind = _alphabet(language)
    key = _lower(text, language)
    if has_digraphs and key.isascii():
        key = pattern.sub(lambda letter: places[letter[0]], key)
    elif not key.isascii():
        key = unicodedata.normalize("NFC", key)
        key = fold(pattern.sub(lambda letter: places[letter[0]], key))
    return key.translate(_LATIN_BEHIND) if is_behind else key


def _by_value(number: re.Match[str]) -> str:
    return f"{int(number[0]):020}"


def _lower(text: str, language: str) -> str:
    if language.partition("-")[0] in _TURKIC:
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


_LATIN_BEHIND = {ord(letter): chr(_BEHIND + ord(letter)) for letter in map(chr, range(97, 123))}


@cache
def _alphabet(language: str) -> tuple[re.Pattern[str], dict[str, str], bool, bool]:
    """Give what finds the letters that have a place of their own, and their places.

    And whether ASCII text can have such letters, and whether Latin ones stand behind all others.
    """
    tag = language.lower().replace("_", "-")
    main = tag.partition("-")[0]
    name = next((name for name in ALPHABETS if "-" in name and f"{tag}-".startswith(name)), main)
    places = dict(_places(ROOT, _AFTER_OWN))
    own = dict(_places(ALPHABETS.get(name, ()), _AFTER))
    places |= own
    if main == "hu":
        # In a doubled letter of two or three signs the first sign alone is written twice.
        places |= {f"{letter[0]}{letter}": place * 2 for letter, place in own.items() if letter[1:]}
    longest_first = sorted(places, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    has_digraphs = any(letter.isascii() for letter in places)
    return pattern, places, has_digraphs, main in OWN_SCRIPT and name == main


def _places(runs: Iterable[str], first: int) -> Iterator[tuple[str, str]]:
    for run in runs:
        (base, *equals), *after = (word.split("=") for word in run.split())
        yield from ((letter, base) for letter in equals)
        for number, letters in enumerate(after):
            yield from ((letter, base + chr(first + number)) for letter in letters)
