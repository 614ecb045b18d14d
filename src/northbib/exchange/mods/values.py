"""The values that MODS takes as they are (`northbib.exchange.shapes`)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.exchange.mods.reading import name_of_element
from northbib.exchange.mods.tables import TYPE_OF
from northbib.exchange.mods.writing import element_of_name
from northbib.exchange.shapes import Values, forms_of, is_simple

if TYPE_CHECKING:
    from northbib.records import Name

__all__ = ["VALUES"]

_NAMES_KEPT = 1 << 12


def _is_even(text: str) -> bool:
    return "  " not in text and is_simple(text)


@lru_cache(_NAMES_KEPT)
def _comes_back(name: Name) -> bool:
    return name_of_element(element_of_name(name, "author")) == name


VALUES = Values(
    is_text=_is_even,
    is_name=_comes_back,
    is_keyword=_is_even,
    forms=forms_of(
        {
            "DOI": r"10\..*",
            "ISBN": r"[\dX-]{10,17}",
            "PMCID": r"\w+",
            "PMID": r"\d+",
            "URL": r"https?://\w[\w.-]*(?:/(?:[\w./~+,=&?:;-]|%[0-9A-F]{2})*)?",
            "genre": rf"(?!(?i:{'|'.join(map(re.escape, TYPE_OF))})\Z)[ -~]*",
            "number-of-pages": "[0-9]+",
            "page": r"([0-9]+)-(?!\1\Z)[0-9]+|[0-9]+",
        }
    ),
    # These share their relators with others.
    apart=frozenset({"executive-producer", "producer", "series-creator"}),
)
