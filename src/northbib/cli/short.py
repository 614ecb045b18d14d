"""A record on one line: who, when, what."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["in_short", "people", "year"]

_MANY_NAMES = 3


def in_short(record: Record) -> str:
    """Give a record as `people year: title`."""
    head = " ".join(part for part in (people(record), year(record)) if part)
    return ": ".join(part for part in (head, record.title) if part)


def people(record: Record) -> str:
    """Give the family names of the first who are named: authors, else editors."""
    names = record.names("author") or record.names("editor")
    shown = ", ".join(name.family or name.literal for name in names[:_MANY_NAMES])
    return f"{shown} et al." if len(names) > _MANY_NAMES else shown


def year(record: Record) -> str:
    """Give the year of a record, "" if it has none."""
    return "" if record.year is None else str(record.year)
