"""The numbers of books and serials: cut out of a field that may hold several, and checked.

Source: ISO 3297 (ISSN) for the check digit.
"""

from __future__ import annotations

import re

__all__ = ["count", "cut", "figures", "is_issn", "pieces"]

_BETWEEN = re.compile(r"[,;/|]|\band\b|\([^()]*\)|\[[^\[\]]*\]|\{|\}|\\[a-zA-Z]+")
_NUMBER = re.compile(r"\d[\d\s\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}~-]*[\dXx]?")
_ISSN = re.compile(r"\d{7}[\dX]")


def pieces(value: str) -> list[str]:
    """Give the numbers of a field, with their hyphens; words and brackets between them go."""
    found = (_NUMBER.findall(piece) for piece in _BETWEEN.split(value))
    return [number.strip(" -") for numbers in found for number in numbers if number.strip(" -")]


def cut(piece: str, lengths: tuple[int, ...]) -> list[str]:
    """Give the numbers of a piece in which blanks part several of them.

    A blank within a number is kept: the piece is cut only where each part has one of the lengths.
    """
    parts = piece.split()
    if len(parts) > 1 and all(len(figures(part)) in lengths for part in parts):
        return parts
    return [piece]


def figures(number: str) -> str:
    """Give the digits of a number, and its X."""
    return re.sub(r"[^\dX]", "", number.upper())


def count(digits: str) -> str:
    """Say how many digits there are."""
    return "1 digit" if len(digits) == 1 else f"{len(digits)} digits"


def is_issn(digits: str) -> bool:
    """Whether eight digits are an ISSN whose check digit is right."""
    if not _ISSN.fullmatch(digits):
        return False
    total = sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
    return total % 11 == 0
