"""Texts of MARC records without the punctuation and the marks that are there for cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.exchange.marc21.record import Field

__all__ = [
    "all_of",
    "first_of",
    "trimmed",
    "without_brackets",
    "without_end",
    "without_full_stop",
]

_ENDS = ("/", ":", ";", ",", "=")
_FULL_STOP = re.compile(r"(?<!\.)(?<!\b[A-Z])\.\s*$")
# What is not sorted by is enclosed in these, in UNIMARC and in the MARC 21 of German libraries.
_MARKS = dict.fromkeys((0x88, 0x89, 0x98, 0x9C))


def first_of(field: Field | None, *codes: str) -> str:
    """Give the first subfield of some codes that says anything, "" if there is none."""
    for code, text in field.subfields if field is not None else ():
        if code in codes and (said := _spaced(text)):
            return said
    return ""


def all_of(field: Field | None, *codes: str) -> list[str]:
    """Give the subfields of some codes, white space as one space."""
    found = map(_spaced, field.texts(*codes) if field is not None else ())
    return [text for text in found if text]


def _spaced(text: str) -> str:
    return " ".join((text if text.isascii() else text.translate(_MARKS)).split())


def without_end(text: str) -> str:
    """Give a text without the mark of ISBD that leads to what follows."""
    whole = text.rstrip()
    return whole[:-1].rstrip() if whole.endswith(_ENDS) else text


def without_full_stop(text: str) -> str:
    """Give a text without the full stop at its end, unless that belongs to an initial."""
    # Few have any, and the pattern would be looked for all the way.
    return _FULL_STOP.sub("", text) if text.rstrip().endswith(".") else text


def trimmed(text: str) -> str:
    """Give a text without the punctuation of ISBD at its end, full stop included."""
    return without_full_stop(without_end(text)).strip()


def without_brackets(text: str) -> str:
    """Give a text without square brackets around it, or such as have no partner."""
    if text.count("[") == text.count("]"):
        return text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text
    return text.replace("[", "").replace("]", "")
