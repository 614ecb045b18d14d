"""Dates as formats take them that know days, months and years and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.records import Date

__all__ = ["iso_date"]


def iso_date(date: Date | None) -> str:
    """Give the day, month or year in which a date begins, as ISO 8601 has it.

    "" where there is none: a date in words, an open start, a year that has not four digits.
    """
    day = None if date is None else date.start
    if day is None or not 0 <= day.year <= 9999:
        return ""
    return f"{day.year:04d}" + "".join(f"-{part:02d}" for part in (day.month, day.day) if part)
