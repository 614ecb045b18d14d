"""Dates of RIS: `year/month/day/other`, and what programs write in their place."""

from __future__ import annotations

import re
from functools import lru_cache

from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Day

__all__ = ["date_of", "issued"]

_DATES_KEPT = 1 << 12
"""How many dates are in memory as they were read: most are but a year."""

_DATE = re.compile(
    r"\s*(\d{4})(?:[/-](\d{1,2})?(?!\d))?(?:[/-](\d{1,2})?(?!\d))?(?:T\d\d:.*|[/-](.*))?\s*"
)
_YEARS = re.compile(r"(\d{4})\s*[-–/]\s*(\d{4})/*")
_BARE_YEAR = re.compile(r"[\[(]?\s*(?:c|©|cop\.\s*)?(\d{4})[\])]?[./]*")
_MONTH_AND_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/*")


@lru_cache(maxsize=_DATES_KEPT)
def issued(days: tuple[str, ...], years: tuple[str, ...]) -> Date | None:
    """Give when a work was published: the fullest of its dates that have the same year.

    Args:
        days: The values of `DA`, which may be a month and day in words beside the year in `PY`.
        years: The values of `PY` and `Y1`.
    """
    texts = [*days, *years]
    date = date_of(texts)
    if not texts[1:] or date is None or date.start is None or date.start.month:
        return date
    year = date.start.year
    others = [date_of([text]) for text in texts] + [_within(text, year) for text in days]
    fuller = (other for other in others if _is_of(other, year))
    return next(fuller, date)


def _is_of(date: Date | None, year: int) -> bool:
    """Tell whether a date has more than a year, and this year."""
    start = date.start if date is not None else None
    return start is not None and start.year == year and _is_more(start)


def _within(text: str, year: int) -> Date | None:
    """Read a month and a day without their year."""
    numbers = _MONTH_AND_DAY.fullmatch(text)
    return worded_date(f"{year}/{numbers[1]}/{numbers[2]}" if numbers else text, str(year))


def date_of(texts: list[str]) -> Date | None:
    """Read the first of some dates that is one, else give the first as a literal."""
    found = (_read(text) for text in texts)
    return next(filter(None, found), Date(literal=texts[0]) if texts else None)


def _read(text: str) -> Date | None:
    if years := _YEARS.fullmatch(text):
        first, last = int(years[1]), int(years[2])
        return Date(Day(first), Day(last), is_range=True) if first < last else Date(Day(first))
    match = _DATE.fullmatch(text)
    if match is not None:
        return _of_parts(*match.groups())
    if bare := _BARE_YEAR.fullmatch(text):
        return Date(Day(int(bare[1])))
    date = worded_date(text)
    return date if date is not None and date.start and _is_more(date.start) else None


def _is_more(day: Day) -> bool:
    """Tell whether more was read than a year, which any text may have in it."""
    return bool(day.month or day.season)


def _of_parts(year: str, month: str | None, day: str | None, other: str | None) -> Date:
    numbers = int(year), int(month or 0), int(day or 0)
    if not numbers[1] and other:
        # The year may be followed by words: `2014///Spring`, `2014/Mar/05`.
        worded = worded_date(other.replace("/", " "), year)
        if worded is not None and worded.start is not None and worded.start.year == numbers[0]:
            return worded
    try:
        return Date(Day(numbers[0], numbers[1], numbers[2] if numbers[1] else 0))
    except ValueError:
        return Date(Day(numbers[0]))
