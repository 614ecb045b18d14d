"""The author's own words in a citation, kept as they are while a style and a writer work on it.

A prefix such as `see *also*` is source: its signs must come out as they went in. While a citation
is set, each sign that an engine, a writer of a markup or a reader of addresses could take for
something stands as another one, from a range of private use that nothing else in the article has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Guard"]

# What a style may look at: where sentences end, and a hyphen in a locator.
_LEFT = frozenset(".,;!?- ")
_QUOTES = "‘’“”«»‹›„‚"
_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum())
_FROM = "".join(sign for sign in _SIGNS if sign not in _LEFT) + _QUOTES
_PRIVATE = re.compile("[\U000f0000-\U000fffff]")
_RANGE = 0x80
_FIRST, _LAST = 0xF0000, 0xFFF80


class Guard:
    """Signs in the place of others.

    Attributes:
        spare: One more such sign, for a writer to use.

    Args:
        texts: All texts that citations are made of; none of the signs stands in one of them.

    Raises:
        InputError: The texts have them all.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        used = {ord(sign) // _RANGE for text in texts for sign in _PRIVATE.findall(text)}
        free = (base for base in range(_FIRST, _LAST, _RANGE) if base // _RANGE not in used)
        base = next(free, None)
        if base is None:
            raise InputError("the texts have every sign of private use in them")
        self._to = {ord(sign): base + place for place, sign in enumerate(_FROM)}
        self.spare = chr(base + _RANGE - 1)
        self._back = {code: chr(sign) for sign, code in self._to.items()}

    def guarded(self, source: str) -> str:
        """Give source with other signs in the place of its own."""
        return source.translate(self._to)

    def opened(self, written: str) -> str:
        """Give what was written with the signs of the source back in their places."""
        return written.translate(self._back)
