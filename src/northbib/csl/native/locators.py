"""Locators with their labels in the text: "vol. 1", "ch. 3".

Source: the fixtures "locator" of the official test suite; CSL 1.0.2, "Locators", has the terms.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["read_locator"]

_LABELS: Final = {
    "art": "article",
    "bk": "book",
    "ch": "chapter",
    "chap": "chapter",
    "col": "column",
    "fig": "figure",
    "fol": "folio",
    "l": "line",
    "n": "note",
    "no": "issue",
    "op": "opus",
    "p": "page",
    "pp": "page",
    "para": "paragraph",
    "pt": "part",
    "sec": "section",
    "sv": "sub verbo",
    "tit": "title",
    "vrs": "verse",
    "vol": "volume",
}
_LABELLED = re.compile(r"([A-Za-z]{1,4})\.\s+(?=\S)")


def read_locator(text: str, label: str) -> tuple[str, str]:
    """Give a locator and its label; a label in the text itself goes before the one given."""
    text = text.strip()
    match = _LABELLED.match(text)
    if match is None or match[1].lower() not in _LABELS:
        return text, label
    return text[match.end() :], _LABELS[match[1].lower()]
