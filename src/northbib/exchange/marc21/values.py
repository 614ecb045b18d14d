"""The values that MARC 21 takes as they are (`northbib.exchange.shapes`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.exchange.marc21.names import name_of_field
from northbib.exchange.marc21.tables import GENRES
from northbib.exchange.marc21.writing import field_of_name
from northbib.exchange.shapes import Values, forms_of, is_simple

if TYPE_CHECKING:
    from northbib.records import Name

__all__ = ["VALUES"]

_NAMES_KEPT = 1 << 12
_LONGEST = 2000
"""Letters that fit into a field together with others, whatever they are."""

_NUMBER = "[0-9]+"
_UNPUNCTUATED = r"[^\[\]():;/=]*[a-z0-9]"
"""Without the punctuation of ISBD, and with no full stop at the end that might be part of it."""


def _is_even(text: str) -> bool:
    return len(text) < _LONGEST and "  " not in text and is_simple(text)


@lru_cache(_NAMES_KEPT)
def _comes_back(name: Name) -> bool:
    fields = (field_of_name(name, "author", main=main) for main in (False, True))
    return _is_even(str(name)) and all(name_of_field(field) == name for field in fields)


VALUES = Values(
    is_text=_is_even,
    is_name=_comes_back,
    is_keyword=_is_even,
    forms=forms_of(
        {
            "DOI": r"10\..*",
            "ISBN": r"97[89]\d{10}|\d{9}[\dX]",
            "PMCID": r"PMC\d+",
            "PMID": r"\d+",
            "chapter-number": _NUMBER,
            "collection-number": _NUMBER,
            "collection-title": _UNPUNCTUATED,
            "container-title": _UNPUNCTUATED,
            "edition": _UNPUNCTUATED,
            "genre": rf"(?!(?i:{'|'.join(map(re.escape, GENRES))})\Z)[A-Za-z ]*[a-z]",
            "issue": _NUMBER,
            "number": _NUMBER,
            "number-of-pages": _NUMBER,
            "page": "[0-9]+(?:-[0-9]+)?",
            "publisher": _UNPUNCTUATED,
            "publisher-place": _UNPUNCTUATED,
            "title": rf"{_UNPUNCTUATED}(?:(: ){_UNPUNCTUATED})?",
            "volume": _NUMBER,
        }
    ),
    # These are told by what others say, or some roles have one relator for two of them.
    apart=frozenset(
        {
            "event-date",
            "event-place",
            "event-title",
            "executive-producer",
            "original-date",
            "original-publisher",
            "original-title",
            "producer",
            "series-creator",
            "title-short",
        }
    ),
)
