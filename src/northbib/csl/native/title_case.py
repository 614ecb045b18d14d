"""Title case, and what it shares with the other cases.

Source: CSL 1.0.2, "Title Case Conversion". The words that stay small are more than those of the
specification: they are what the official test suite expects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from northbib.csl.native.tokens import BLOCK, CLOSE, FORMAT, NO_CASE

if TYPE_CHECKING:
    from northbib.csl.native.tokens import Tokens

__all__ = ["capital", "title_case", "unprotected"]

_STOP_WORDS: Final = frozenset(
    "a about above across afore after against along alongside amid amidst among amongst an and"
    " anenst apropos apud around as aside astride at athwart atop barring before behind"
    " below beneath beside besides between beyond but by c ca circa contre d de despite down"
    " during ed et except for forenenst from given in inside into lest like modulo near next nor"
    " notwithstanding of off on onto or out over per plus pro qua sans since so than the"
    " through throughout thru thruout till to toward towards under underneath until unto up upon"
    " v van versus via vis-à-vis von vs with within without worth yet al".split()
)
_WORD = re.compile(r"[^\s\-–—/]+|[\s\-–—/]+")
_ENDING: Final = ":?!"
"""After these a title begins anew, be it behind a closing quotation mark."""
_OPENING: Final = (FORMAT, BLOCK)
_PROTECTING: Final = frozenset({"font-variant", "vertical-align", "decoration"})
"""Markup in a field that keeps the case of what is in it."""


def unprotected(tokens: Tokens, start: int) -> list[int]:
    """Give the places of the text that is not protected."""
    found = []
    depth = 0
    for index in range(start, len(tokens)):
        token = tokens[index]
        if isinstance(token, str):
            if not depth:
                found.append(index)
        elif token is NO_CASE or (token.flips and token.attribute in _PROTECTING):
            depth += 1
        elif depth:
            if token is CLOSE:
                depth -= 1
            elif token.kind in _OPENING:
                depth += 1
    return found


def capital(text: str) -> str:
    """Give text with its first letter in upper case."""
    for index, char in enumerate(text):
        if char.isalnum():
            if char.islower():
                upper = char.upper()
                return (
                    text[:index] + (upper if len(upper) == 1 else upper.title()) + text[index + 1 :]
                )
            return text
    return text


def title_case(tokens: Tokens, start: int) -> None:
    """Set the words of a title in capitals, but not the small words within it."""
    free = set(unprotected(tokens, start))
    texts = [place for place in range(start, len(tokens)) if isinstance(tokens[place], str)]
    words = _words(tokens, texts)
    # A title all in capitals has nothing to tell by; one word or two may be acronyms.
    shout = (
        all(str(tokens[place]).upper() == tokens[place] for place in free)
        and sum(any(map(str.isalpha, word.text)) for word in words) > 2
    )
    last = max((number for number, word in enumerate(words) if word.lettered), default=-1)
    changed: dict[int, list[str]] = {}
    for number, word in enumerate(words):
        kept = word.place not in free or not word.lettered or word.glued
        text = word.text if kept else _in_title(word, number == last, shout)
        changed.setdefault(word.place, []).append(text)
    for place, parts in changed.items():
        tokens[place] = "".join(parts)


class _Word:
    """A word of a title, or what stands between two.

    Attributes:
        place: Which token it is in.
        text: The word.
        lettered: Whether it is a word.
        begins: Whether it begins the title, or a part of it after a colon.
        glued: Whether it is part of a word before it.
    """

    __slots__ = ("begins", "glued", "lettered", "place", "text")

    def __init__(self, place: int, text: str) -> None:
        self.place = place
        self.text = text
        self.lettered = any(map(str.isalnum, text))
        self.begins = False
        self.glued = False


def _words(tokens: Tokens, texts: list[int]) -> list[_Word]:
    found: list[_Word] = []
    begins = True
    before = " "
    for place in texts:
        for text in _WORD.findall(str(tokens[place])):
            word = _Word(place, text)
            found.append(word)
            if word.lettered:
                word.begins = begins
                word.glued = _is_glued(before, text)
                begins = text[-1] in _ENDING
            elif text[-1] in _ENDING:
                begins = True
            before = text[-1]
    return found


def _is_glued(before: str, text: str) -> bool:
    """Tell whether a word keeps its case; "07-x" and "β-carotine" keep their single letters."""
    if before.isalnum() or before in "'’" or text[0] in "#@":
        return True
    return len(text) == 1 and (before == "-" or "α" <= text <= "ω")


def _in_title(word: _Word, last: bool, shout: bool) -> str:
    core = word.text.strip("()[]{}.,;:!?\"'“”‘’…«»")
    lower = core.lower()
    lowered = word.text.replace(core, lower)
    small = lower in _STOP_WORDS and not word.begins and not last
    if shout:
        return lowered if small else capital(lowered)
    return word.text if small or core != lower else capital(word.text)
