"""Dates as web pages write them.

A day counts as it was where it was written: the date of a time with a zone is taken as it stands.
"""

from __future__ import annotations

import re

from northbib.records import Date, Day

__all__ = ["find_day", "is_plausible", "read_date"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        """
        january jan|february feb|march mar|april apr|may|june jun|july jul|august aug
        |september sept sep|october oct|november nov|december dec
        """.split("|"),
        start=1,
    )
    for name in names.split()
}
_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>[A-Za-z]{3,9})\.?", r"(?P<day>\d{1,2})"
_ORDINAL, _WEEKDAY = r"(?:st|nd|rd|th)?", r"(?:[A-Za-z]{3,9},?\s+)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _YEAR + r"[-/.](?P<month>\d{1,2})[-/.]" + _DAY + r"(?!\d)",
        _YEAR + r"(?P<month>\d{2})(?P<day>\d{2})(?:T\d+.*)?$",
        _YEAR + r"[-/](?P<month>\d{1,2})$",
        _WEEKDAY + _DAY + _ORDINAL + r"[\s-]+" + _MONTH + r"[\s,-]+" + _YEAR + r"\b",
        _WEEKDAY + _MONTH + r"\s+" + _DAY + _ORDINAL + r",?\s+" + _YEAR + r"\b",
        # The form of C's asctime and of `date`.
        _WEEKDAY + _MONTH + r"\s+" + _DAY + r"\s+[\d:]+\s+(?:[A-Z]{3,4}\s+)?" + _YEAR + r"\b",
        _MONTH + r",?\s+" + _YEAR + "$",
        _YEAR + r"\s+" + _MONTH + r"(?:\s+" + _DAY + ")?$",
        _YEAR + "$",
    )
)
_NUMERIC = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4})\b")
_IN_TEXT = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}\b"
    r"|\b[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_EARLIEST, _LATEST = 1450, 2100


def read_date(text: str) -> Date | None:
    """Read a date at the start of `text`, None if there is none, or two ways to read it."""
    text = text.strip()[:60]
    for form in _FORMS:
        if match := form.match(text):
            parts = match.groupdict()
            return _date(parts["year"], parts.get("month"), parts.get("day"))
    if match := _NUMERIC.match(text):
        first, second = int(match["first"]), int(match["second"])
        # 13/07 can only be a day and a month; 07/08 can be either and is not guessed at.
        if first > 12 or first == second:
            return _date(match["year"], str(second), str(first))
        if second > 12:
            return _date(match["year"], str(first), str(second))
    return None


def find_day(text: str) -> Date | None:
    """Find the first whole date in running text that names its month in words, or is ISO 8601."""
    found = (read_date(match.group()) for match in _IN_TEXT.finditer(text))
    return next((date for date in found if date), None)


def is_plausible(date: Date, latest: int = _LATEST) -> bool:
    """Whether a work may be of that date: after the first printed books, not after `latest`."""
    return date.year is not None and _EARLIEST <= date.year <= latest


def _date(year: str, month: str | None, day: str | None) -> Date | None:
    number = _MONTHS.get(month.lower(), 0) if month and month.isalpha() else int(month or 0)
    if month and month.isalpha() and not number:
        return None
    try:
        date = Date(Day(int(year), number, int(day or 0) if number else 0))
    except ValueError:
        return None
    return date if is_plausible(date) else None
