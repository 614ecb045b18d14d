"""A field has no characters that nobody can see."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule
from northbib.library.rules.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TO_THE_LEFT = frozenset({"R", "AL"})


def _find(subject: Subject) -> Iterator[Fault]:
    if subject.is_ascii:
        return
    for name, value in subject.values.items():
        match = None if value.isascii() else _INVISIBLE.search(value)
        if match is None or mended(value) != value:
            continue
        if _DIRECTIONS.match(match[0]) and _runs_to_the_left(value):
            continue
        # In numbers a soft hyphen was a hyphen.
        is_hyphen = match[0] == "\u00ad" and any(sign.isdigit() for sign in _around(match))
        edits = {} if is_hyphen else subject.rewritten(name, lambda text: _INVISIBLE.sub("", text))
        sign = unicodedata.name(match[0], f"U+{ord(match[0]):04X}")
        yield Fault(f"{name} has an invisible character: {sign}", name, "take it out", edits)


def _around(match: re.Match[str]) -> str:
    return match.string[max(match.start() - 1, 0) : match.end() + 1]


def _runs_to_the_left(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in _TO_THE_LEFT for character in text)


RULE = Rule(
    code="invisible-character",
    severity="warning",
    sentence="A field has no characters that nobody can see, such as zero-width spaces.",
    reason="They are copied along with text: words with them are not found, nor links followed.",
    bad="@misc{note, title = {Regional\N{ZERO WIDTH SPACE} policy}}",
    good="@misc{note, title = {Regional policy}}",
    fix="takes them out",
    entry=_find,
)
