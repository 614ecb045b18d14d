"""Numbers in text: what counts as numeric, plurals, ordinals and roman numerals.

Source: CSL 1.0.2, "Number", "Choose" (is-numeric), "Label" (plural), "Ordinal Suffixes".
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from northbib.csl.native.locale import Locale

__all__ = [
    "Number",
    "is_plural",
    "is_small",
    "long_ordinal",
    "number_text",
    "ordinal",
    "padded",
    "pieces",
    "read_number",
    "roman",
    "year_suffix",
]

_SEPARATOR = re.compile(r"\s*(?<!\\)([-–—])\s*|\s*([,;])\s*|\s*(&)\s*|\s+(and|et|und|y|e)\s+")
# "1.4.2" is no number but a name, and "iv" is a number: so citeproc-js, on which styles rely.
_NUMERIC = re.compile(r"[^\W\d_]*\d+[^\W\d_]*|[ivxl]+")
_ROMAN = re.compile(r"[ivxlcdm]+|[IVXLCDM]+")
_ROMAN_VALUES: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


_MOST_DIGITS: Final = 100
_TOO_LONG: Final = 16


class Number:
    """The content of a number variable.

    Attributes:
        text: As it stands.
        parts: Numbers and, between them, separators: `-`, `–`, `,` or `&`.
        numeric: Whether there is nothing but numbers.
        plural: Whether there is more than one.
    """

    __slots__ = ("numeric", "parts", "plural", "text")

    def __init__(self, text: str, parts: list[str], numeric: bool, plural: bool) -> None:
        self.text = text
        self.parts = parts
        self.numeric = numeric
        self.plural = plural

    @property
    def value(self) -> int | None:
        """The number, if it is a single plain one."""
        return int(self.text) if is_small(self.text) else None


def is_small(text: str) -> bool:
    """Tell whether a text is a number that one can count to, not a mere row of digits."""
    return text.isdecimal() and len(text) < _TOO_LONG


@lru_cache(maxsize=4_096)
def read_number(text: str) -> Number:
    """Take the numbers of a variable apart; what it gives is not to be changed."""
    if text.isdecimal():
        return Number(text, [text], True, False)
    parts: list[str] = []
    end = 0
    for match in _SEPARATOR.finditer(text):
        parts += (text[end : match.start()], match[0].strip() or "&")
        end = match.end()
    parts.append(text[end:])
    numeric = bool(text) and all(_NUMERIC.fullmatch(part) for part in parts[::2])
    return Number(text, parts, numeric, is_plural(text))


def pieces(text: str) -> list[str]:
    """Divide a text behind each separator of numbers; joined, the pieces are the text again."""
    ends = [match.end() for match in _SEPARATOR.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def is_plural(text: str) -> bool:
    """Tell whether text such as a locator names more than one number.

    Source: CSL 1.0.2, "Label", plural="contextual".
    """
    match = _SEPARATOR.search(text)
    if match is None or not _counts(text[: match.start()]):
        return False
    rest = text[match.end() :]
    for word in ("and ", "et ", "und ", "& "):
        rest = rest.removeprefix(word)
    following = _SEPARATOR.search(rest)
    return _counts(rest[: following.start()] if following else rest)


def _counts(text: str) -> bool:
    return bool(_NUMERIC.fullmatch(text) or _ROMAN.fullmatch(text) or text.isdecimal())


def number_text(value: object) -> str:
    """Give a number of JSON as text, "" for what is no number or has no end."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, int):
        return str(value) if abs(value) < 10**_MOST_DIGITS else ""
    if not isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 10**15 else str(value)


def padded(text: str) -> str:
    """Give a number in text with zeros before it, so that it sorts as text does."""
    end = 0
    while end < len(text) and text[end].isdecimal():
        end += 1
    return text[:end].rjust(20, "0") + text[end:] if end else text


def ordinal(number: int, gender: str, locale: Locale) -> str:
    """Give a number with its ordinal suffix.

    Source: CSL 1.0.2, "Ordinal Suffixes".
    """
    known = locale.ordinals
    candidates = (
        ("whole-number", number),
        ("last-two-digits", number % 100),
        ("last-digit", number % 10),
    )
    for match, digits in candidates:
        name = f"ordinal-{digits:02d}"
        if known.get(name) == match or (match == "whole-number" and number < 100 and name in known):
            suffix = locale.gendered_term(name, gender)
            if suffix is not None:
                return f"{number}{suffix}"
    return f"{number}{locale.gendered_term('ordinal', gender) or ''}"


def long_ordinal(number: int, gender: str, locale: Locale) -> str:
    """Give a number from 1 to 10 in words, others as ordinals."""
    word = locale.gendered_term(f"long-ordinal-{number:02d}", gender) if number <= 10 else None
    return word if word is not None else ordinal(number, gender, locale)


def roman(number: int) -> str:
    """Give a number from 1 to 3999 in lower-case roman numerals, others as they are."""
    if not 0 < number < 4000:
        return str(number)
    parts = []
    for value, digits in _ROMAN_VALUES:
        count, number = divmod(number, value)
        parts.append(digits * count)
    return "".join(parts)


def year_suffix(index: int) -> str:
    """Give the suffix of the nth of equal cites, from 0: a to z, aa, ab and so on."""
    letters = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        letters = chr(97 + digit) + letters
    return letters
