"""BibTeX as it was before biblatex: for journals and styles that take nothing else.

Source: Oren Patashnik, "BibTeXing" (1988).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import classic_source
from northbib.exchange.biblatex import decode, parts, read, write

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["decode", "encode", "parts", "read", "write"]


def encode(record: Record) -> str:
    """Give the text of an entry; fields beyond BibTeX's own keep biblatex's names."""
    return classic_source(record)
