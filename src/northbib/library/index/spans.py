"""What of a record is a number or a date, as spans that a query can be compared with.

The date of issue is not among it: that stands with the entry itself.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.library.searching.reading import lines
from northbib.library.searching.spans import days_of, numbers_of
from northbib.records import Date, plain
from northbib.records.vocabulary import DATE_VARIABLES, NUMBER_VARIABLES

if TYPE_CHECKING:
    from northbib.library.searching.spans import Span
    from northbib.records import Record

__all__ = ["CODES", "spans_of"]

_FIELDS = frozenset({"chapter", "pages", "pagetotal", "part", "volumes"})
"""The fields of BibLaTeX that a query compares as numbers, where they stand in no variable."""

CODES: dict[str, int] = {
    name: code
    for code, name in enumerate(sorted(NUMBER_VARIABLES | DATE_VARIABLES | _FIELDS), start=1)
    if name != "issued"
}
"""Variable or field -> the number by which the table has it."""

_KEPT = 1 << 13
"""How many values are kept in memory as they are read: volumes and numbers come back again."""


def spans_of(record: Record) -> list[tuple[int, int, int]]:
    """Give the spans of a record: code of the variable or field, first and last."""
    found: list[tuple[int, int, int]] = []
    values = record.values
    for name in _coded(tuple(values)):
        value = values[name]
        if isinstance(value, str):
            span = _numbers_of(value)
        else:
            span = days_of(value) if isinstance(value, Date) else None
        if span:
            found.append((CODES[name], *span))
    for name, text in record.extra.items():
        if name in CODES and name not in values and (span := _numbers_of(text)):
            found.append((CODES[name], *span))
    return found


@lru_cache(maxsize=_KEPT)
def _coded(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in CODES)


@lru_cache(maxsize=_KEPT)
def _numbers_of(text: str) -> Span | None:
    if text.isascii() and text.isprintable() and "<" not in text:
        return numbers_of(text)
    return numbers_of(lines([plain(text)]))
