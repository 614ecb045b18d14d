"""ISBNs and ISSNs as they stand in one part of a record, several and of both kinds together."""

from __future__ import annotations

import re

__all__ = ["MARKED_SERIAL", "serial_numbers"]

MARKED_SERIAL = r"\d{4}-\d{3}[\dXx]|(?:97[89])[- ]?\d(?:[- ]?\d){8}[- ]?[\dXx]"
"""What is an ISSN or ISBN beyond doubt."""

_ISSN = re.compile(r"\d{4}[- ]?\d{3}[\dXx]")
_ISBN = re.compile(r"(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx]")
_LABEL = re.compile(
    r"\([^()]*\)|(?:[ep]?-?IS[SB]N)(?:[- ]1[03]\b)?:?|[^\W\d_]{2,}\.?:?", re.IGNORECASE
)
_BETWEEN = re.compile(r"[;,/|]")
_KIND = re.compile(r"(?<!\s)\s*\([^()]*\)$")


def serial_numbers(written: str) -> list[tuple[str, str]]:
    """Give the variable and the number of each; what is none of them is taken for an ISBN whole.

    >>> serial_numbers("03064530 (ISSN); 9780306453001 (ISBN)")
    [('ISSN', '0306-4530'), ('ISBN', '9780306453001')]
    """
    found = []
    for piece in _BETWEEN.split(_LABEL.sub(";", written)):
        chunk = piece.strip(" .:")
        if chunk and _ISSN.fullmatch(chunk) is None and _ISBN.fullmatch(chunk) is None:
            numbers = [_number(word) for word in chunk.split()]
        else:
            numbers = [_number(chunk)] if chunk else []
        found += numbers
    told = [number for number in found if number is not None]
    if not told or len(told) < len(found):
        return [("ISBN", _KIND.sub("", written))]
    return told


def _number(text: str) -> tuple[str, str] | None:
    if _ISSN.fullmatch(text):
        return "ISSN", f"{text[:4]}-{text[-4:]}"
    return ("ISBN", text) if _ISBN.fullmatch(text) else None
