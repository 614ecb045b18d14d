"""Pages of a work as formats have them: a range in two parts, or in books how many there are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.extents import page_count
from northbib.exchange.scheme import HAS_PAGE_COUNT

if TYPE_CHECKING:
    from northbib.records import Record, Value

__all__ = ["page_range", "pages_in_one", "pages_of"]


def page_range(page: str) -> tuple[str, str] | None:
    """Give the ends of a range of pages; None for one page, and for several ranges.

    >>> page_range("478–489"), page_range("A1, A14-A16")
    (('478', '489'), None)
    """
    first, dash, last = page.replace("–", "-").partition("-")
    if not dash or "-" in last or "," in page:
        return None
    return first.strip(), last.strip()


def pages_of(text: str, kind: str) -> dict[str, Value]:
    """Read pages that a format has in one part.

    Args:
        text: What stands there, "" for nothing.
        kind: The CSL type; of some types a lone number says how many pages there are.
    """
    if not text:
        return {}
    if kind in HAS_PAGE_COUNT and (count := _count(text)):
        return {"number-of-pages": count}
    return {"page": text}


def _count(text: str) -> str:
    """Give how many pages there are, "" for a text that says which."""
    if text.isdecimal():
        return text
    return "" if re.search(r"\d\s*[-–,]", text) else page_count(text)


def pages_in_one(record: Record) -> str:
    """Write pages for a format that has them in one part, or how many there are."""
    page = record.plain("page").replace("–", "-")
    counts = not page and record.type in HAS_PAGE_COUNT
    return record.plain("number-of-pages") if counts else page
