"""Locators: "p. 480", "chap. 3", "{ix, 3}", and what comes after them.

Source: Pandoc User's Guide, "Citation syntax", locators.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH", "located", "locator_of"]

_TERMS = {
    "book": "book books bk. bks.",
    "chapter": "chapter chapters chap. chaps. ch. chs.",
    "column": "column columns col. cols.",
    "figure": "figure figures fig. figs.",
    "folio": "folio folios fol. fols.",
    "issue": "number numbers no. nos.",
    "line": "line lines l. ll.",
    "note": "note notes n. nn.",
    "opus": "opus opera op. opp.",
    "page": "page pages p. pp. pg. pgs.",
    "paragraph": "paragraph paragraphs para. paras. ¶ ¶¶",
    "part": "part parts pt. pts.",
    "section": "section sections sec. secs. § §§",
    "verse": "verse verses v. vv.",
    "volume": "volume volumes vol. vols.",
}
ENGLISH: Mapping[str, str] = MappingProxyType(
    {word: label for label, words in _TERMS.items() for word in words.split()}
    | dict.fromkeys(("sub verbo", "sub verbis", "s.v.", "s.vv."), "sub-verbo")
)
"""What may stand before a locator, in lower case -> the CSL locator term."""

_LONGEST_LABEL = 40
# What is no punctuation but for hyphens and the colon of "3:17"; a full stop only inside.
_UNIT = r"(?:[^\W_]|[-–:+=|°])++"
_SEQUENCE = rf"{_UNIT}(?:\.{_UNIT})*+"
_WORD = re.compile(
    rf"(?:{_SEQUENCE}|\({_SEQUENCE}\)|\[{_SEQUENCE}\]|\{{{_SEQUENCE}\}})"
    rf"(?:\.?{_SEQUENCE}|\((?:{_SEQUENCE})?\)|\[(?:{_SEQUENCE})?\]|\{{(?:{_SEQUENCE})?\}})*+"
)
_BEFORE = re.compile(r",?\s*+")
_NEXT = re.compile(r"[,;]?\s?")
_ROMAN = re.compile(r"M{0,4}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W_]+")
_SPACES = re.compile(r"\s+")
_OPENING, _CLOSING = "{[", "}]"


def located(suffix: str, labels: Mapping[str, str] = ENGLISH) -> tuple[str, str, str]:
    """Take the locator off the beginning of what stands after a key.

    Args:
        suffix: What stands after the key, with its comma.
        labels: Words that may stand before a locator -> CSL locator terms.

    Returns:
        The locator and its label, both "" for none, and the rest of the suffix.

    >>> located(", pp. 33-35 and passim")
    ('33-35', 'page', ' and passim')
    """
    start = _BEFORE.match(suffix).end()  # type: ignore[union-attr]  # it matches the empty text
    if suffix.startswith("{", start):
        end = _closing(suffix, start)
        if end:
            return (*locator_of(suffix[start + 1 : end], labels), suffix[end + 1 :])
    label, at = _label(suffix, start, labels)
    first = _word(suffix, at, explicit=bool(label))
    if first is None:
        return "", "", suffix
    end = first
    while following := _following(suffix, end, explicit=bool(label)):
        end = following
    return _one_space(suffix[at:end]), label or "page", suffix[end:]


def locator_of(text: str, labels: Mapping[str, str] = ENGLISH) -> tuple[str, str]:
    """Give the locator and the label of a text that is nothing else: "chap. 3" or "ix, 3".

    >>> locator_of("ix, 3")
    ('ix, 3', 'page')
    """
    inside = text.strip()
    if not inside:
        return "", ""
    label, at = _label(inside, 0, labels, loose=True)
    return _one_space(inside[at:]), label or "page"


def _label(
    text: str, start: int, labels: Mapping[str, str], *, loose: bool = False
) -> tuple[str, int]:
    """Give the label at a place and where its locator begins; "" and the place for none."""
    window = text[start : start + _LONGEST_LABEL].lower()
    for length in sorted({len(word) for word in labels}, reverse=True):
        label = labels.get(window[:length]) if length <= len(window) else None
        if label is None:
            continue
        after = start + length
        at = after + len(text[after:]) - len(text[after:].lstrip())
        apart = at > after or not text[after - 1].isalpha()
        if at < len(text) and apart and (loose or _word(text, at, explicit=True) is not None):
            return label, at
    return "", start


def _word(text: str, at: int, *, explicit: bool) -> int | None:
    """Give where a word of a locator ends, None if there is none.

    Without a label it has a digit; with one it may be a Roman number.
    """
    match = _WORD.match(text, at)
    if match is None:
        return None
    found = match[0]
    if any(sign.isdigit() for sign in found):
        return match.end()
    if explicit and any(_ROMAN.fullmatch(token) for token in _TOKEN.findall(found)):
        return match.end()
    return None


def _following(text: str, end: int, *, explicit: bool) -> int | None:
    match = _NEXT.match(text, end)
    return _word(text, match.end(), explicit=explicit) if match and match[0] else None


def _closing(text: str, start: int) -> int:
    """Give where the brace at a place is closed, 0 if it is not."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] in _OPENING) - (text[at] in _CLOSING)
        if not depth:
            return at
    return 0


def _one_space(text: str) -> str:
    return _SPACES.sub(" ", text).strip()
