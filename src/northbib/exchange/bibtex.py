"""BibTeX as it was before biblatex: for journals and styles that take nothing else.

Source: Oren Patashnik, "BibTeXing" (1988).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import classic_source
from northbib.exchange.biblatex import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.records import Record

__all__ = ["read", "write"]


def write(items: Sequence[Record]) -> bytes:
    """Write BibTeX in UTF-8, a blank line between entries."""
    return "\n\n".join(classic_source(record) for record in items).encode() + b"\n"
