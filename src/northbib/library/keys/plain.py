"""Text -> the letters and digits of ASCII that a citation key is made of, and its words."""

from __future__ import annotations

import re
from importlib import import_module

from northbib.records import fold

__all__ = ["STOP_WORDS", "ascii_text", "bare_words", "first_word", "in_key", "key_word"]

_LONGEST_PART = 32
_WORD = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHES = re.compile(r"['’‘`ʼ]")
_PUNCTUATION = re.compile(r"[^\w\s]+|_")
_UNFIT = re.compile(r"[^A-Za-z0-9:.+/_-]")

STOP_WORDS = frozenset(
    """
    a about after against all an and are as at be been before between beyond but by can could de
    der des did die das do does du el en et ein eine for from had has have her here his how if in
    into is it its la las le les los may might my new no not of on or our over should so some than
    that the their there these they this those through to towards toward und under un una une up
    upon us was we were what when where whether which who why will with within without would you
    your
    """.split()
)
"""Articles, prepositions, pronouns and auxiliaries that say nothing about a work."""


def ascii_text(text: str) -> str:
    """Write a text in ASCII: accents go, other letters and scripts are transliterated.

    >>> ascii_text("Ørsted, Straße, Þór")
    'Orsted, Strasse, Thor'
    """
    if text.isascii():
        return text
    return "".join(_as_ascii(character) for character in text)


def _as_ascii(character: str) -> str:
    if character.isascii():
        return character
    folded = fold(character)
    if not folded.isascii():
        # Only scripts other than Latin need this module and its tables.
        folded = str(import_module("anyascii").anyascii(character))
    return folded.capitalize() if character.isupper() else folded


def key_word(text: str) -> str:
    """Give the small letters and the digits of a text, up to a length, as one word of a key."""
    folded = fold(text)
    if not folded.isascii():
        folded = _NOT_ASCII.sub(lambda match: ascii_text(match[0]), folded).lower()
    return re.sub(r"[^a-z0-9]", "", folded)[:_LONGEST_PART]


def first_word(text: str) -> str:
    """Give the first word of a text that says something, "" if there is no word at all."""
    words = [key_word(word) for word in _WORD.findall(fold(text))]
    telling = (word for word in words if len(word) > 1 and not word.isdigit())
    first = next((word for word in telling if word not in STOP_WORDS), "")
    return first or next((word for word in words if word), "")


def bare_words(text: str) -> list[str]:
    """Cut a text at its blanks and dashes, without punctuation: `don't` is one word."""
    return _PUNCTUATION.sub(" ", _APOSTROPHES.sub("", text)).split()


def in_key(text: str) -> str:
    """Write a text as a part of a key: in ASCII, without what BibTeX or a shell stumble over."""
    return _UNFIT.sub("", ascii_text(text))
