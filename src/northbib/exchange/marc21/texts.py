"""Texts of MARC records without the punctuation and the marks that are there for cards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.exchange.marc21.record import Field

__all__ = ["all_of", "first_of", "trimmed", "without_brackets", "without_end"]

_END = re.compile(r"\s*[/:;,=]\s*$")
_FULL_STOP = re.compile(r"(?<!\.)(?<!\b[A-Z])\.\s*$")
# What is not sorted by is enclosed in these, in UNIMARC and in the MARC 21 of German libraries.
_MARKS = dict.fromkeys((0x88, 0x89, 0x98, 0x9C))


def first_of(field: Field | None, *codes: str) -> str:
    """Give the first subfield of some codes that says anything, "" if there is none."""
    return next(iter(all_of(field, *codes)), "") if field is not None else ""


def all_of(field: Field | None, *codes: str) -> list[str]:
    """Give the subfields of some codes, white space as one space."""
    values = field.texts(*codes) if field is not None else []
    found = (" ".join(_unmarked(value).split()) for value in values)
    return [value for value in found if value]


def _unmarked(text: str) -> str:
    return text if text.isascii() else text.translate(_MARKS)


def without_end(text: str) -> str:
    """Give a text without the mark of ISBD that leads to what follows."""
    return _END.sub("", text)


def trimmed(text: str) -> str:
    """Give a text without the punctuation of ISBD at its end, full stop included."""
    return _FULL_STOP.sub("", _END.sub("", text)).strip()


def without_brackets(text: str) -> str:
    """Give a text without square brackets around it, or such as have no partner."""
    if text.count("[") == text.count("]"):
        return text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text
    return text.replace("[", "").replace("]", "")
