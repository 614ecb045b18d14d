"""Spans of time and of numbers: what a query asks for, and what a record has.

A day is the number yyyymmdd, so that spans of days compare as numbers; a span that is open at an
end goes on for ever there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.records import Date
    from northbib.records.dates import Day

__all__ = ["FOREVER", "Span", "days_of", "number_span", "numbers_of", "time_span", "year_span"]

Span = tuple[int, int]
"""The first and the last that belongs to it."""

FOREVER = 10**12

_YEARS = re.compile(r"(?P<first>\d{1,4})?(?:(?P<dash>[-–]|\.\.)(?P<last>\d{1,4})?)?")
_A_DAY = re.compile(r"(?P<year>\d{4})[-–]\d{1,2}(?:[-–]\d{1,2})?")
_DAY = re.compile(r"(?P<year>-?\d{4}|\d{1,3})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?")
_COMPARED = re.compile(r"(?P<sign>[<>]=?|=)\s*(?P<value>.*)", re.DOTALL)
_RANGE = re.compile(r"(?P<first>.*?)(?:\.\.|/)(?P<last>.*)", re.DOTALL)
_NUMBERS = re.compile(r"(?P<first>\d{1,12})?(?:(?P<dash>[-–]|\.\.)(?P<last>\d{1,12})?)?")
_STORED_NUMBERS = re.compile(r"\D*(?P<first>\d{1,12})(?:\s*[-–]+\s*(?P<last>\d{1,12})\s*\Z)?")
_MONTHS = 12
_SEASONS = {1: (3, 5), 2: (6, 8), 3: (9, 11)}

_YEAR_HINT = "write year:2014, year:2010-2016, year:2010-, year:-2016 or year:>=2010"
_DATE_HINT = "write {}:2015, {}:2015-06, {}:2015-01..2015-06, {}:2015-06-15.. or {}:>=2015-06"
_NUMBER_HINT = "write {}:3, {}:3..5 or {}:>=3"


def year_span(typed: str) -> Span:
    """Read a year or a range of years: `2014`, `2010-2016`, `2010-`, `..2016`, `>=2010`.

    Raises:
        UsageError: It is none.
    """
    years = "".join(typed.split())
    compared = _COMPARED.fullmatch(years)
    if compared is not None:
        return _beside(compared["sign"], _years(compared["value"], typed))
    return _years(years, typed)


def _years(years: str, typed: str) -> Span:
    day = _A_DAY.fullmatch(years)
    if day is not None:
        raise UsageError(
            f"{typed!r} is no year and no range of years",
            hint=f"years only: year:{day['year']}, or a range such as year:2010-2016;"
            f" date:{years} takes months and days",
        )
    match = _YEARS.fullmatch(years)
    if match is None or not (match["first"] or match["last"]):
        raise UsageError(f"{typed!r} is neither a year nor a range of years", hint=_YEAR_HINT)
    first, last = match["first"], match["last"] if match["dash"] else match["first"]
    span = (
        _first_day(int(first)) if first else -FOREVER,
        _last_day(int(last)) if last else FOREVER,
    )
    if span[0] > span[1]:
        raise UsageError(f"the years {typed!r} run backwards", hint=_YEAR_HINT)
    return span


def time_span(typed: str, field: str) -> Span:
    """Read a date or a range of dates: `2015`, `2015-06`, `2015-01..2015-06`, `>=2015-06-15`.

    Args:
        typed: What was typed.
        field: The name of the field, for the message.

    Raises:
        UsageError: It is none, or there is no such day.
    """
    hint = _DATE_HINT.replace("{}", field)
    return _span("".join(typed.split()), typed, lambda text: _day_span(text, typed, hint), hint)


def _day_span(text: str, typed: str, hint: str) -> Span:
    match = _DAY.fullmatch(text)
    if match is None:
        raise UsageError(f"{typed!r} is neither a date nor a range of dates", hint=hint)
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    longest = 31 if month else 0
    if (match["month"] and not 1 <= month <= _MONTHS) or (match["day"] and not 1 <= day <= longest):
        raise UsageError(f"there is no such day as {text}", hint=hint)
    return _first_day(year, month, day), _last_day(year, month, day)


def number_span(typed: str, field: str) -> Span:
    """Read a number or a range of numbers: `3`, `3-5`, `3..`, `>=3`.

    Raises:
        UsageError: It is none.
    """
    hint = _NUMBER_HINT.replace("{}", field)
    numbers = "".join(typed.split())
    match = _NUMBERS.fullmatch(numbers)
    if match is not None and match["dash"] in ("-", "–"):
        numbers = f"{match['first'] or ''}..{match['last'] or ''}"
    return _span(numbers, typed, lambda text: _number(text, typed, hint), hint)


def _number(text: str, typed: str, hint: str) -> Span:
    match = _NUMBERS.fullmatch(text)
    if match is None or match["dash"] or not match["first"]:
        raise UsageError(f"{typed!r} is neither a number nor a range of numbers", hint=hint)
    return int(text), int(text)


def _span(text: str, typed: str, read: Callable[[str], Span], hint: str) -> Span:
    compared, between = _COMPARED.fullmatch(text), _RANGE.fullmatch(text)
    if compared is not None:
        return _beside(compared["sign"], read(compared["value"]))
    if between is None:
        return read(text)
    first, last = between["first"], between["last"]
    if not first and not last:
        raise UsageError(f"{typed!r} is open at both ends", hint=hint)
    span = (read(first)[0] if first else -FOREVER, read(last)[1] if last else FOREVER)
    if span[0] > span[1]:
        raise UsageError(f"{typed!r} runs backwards", hint=hint)
    return span


def _beside(sign: str, span: Span) -> Span:
    first, last = span
    spans = {
        ">": (last + 1, FOREVER),
        ">=": (first, FOREVER),
        "<": (-FOREVER, first - 1),
        "<=": (-FOREVER, last),
        "=": span,
    }
    return spans[sign]


def _first_day(year: int, month: int = 0, day: int = 0) -> int:
    return year * 10000 + month * 100 + day


def _last_day(year: int, month: int = 0, day: int = 0) -> int:
    return year * 10000 + (month or 99) * 100 + (day or 99)


def days_of(date: Date | None) -> Span | None:
    """Give the span of a date as far as it is known; None if nothing is."""
    if date is None or (date.start is None and date.end is None):
        return None
    first = -FOREVER if date.start is None else _bounds(date.start)[0]
    if date.end is not None:
        return first, _bounds(date.end)[1]
    return first, FOREVER if date.is_range or date.start is None else _bounds(date.start)[1]


def _bounds(day: Day) -> Span:
    # Winter lies in two years, or at both ends of one.
    if day.season in _SEASONS:
        first, last = _SEASONS[day.season]
        return _first_day(day.year, first), _last_day(day.year, last)
    return _first_day(day.year, day.month, day.day), _last_day(day.year, day.month, day.day)


def numbers_of(text: str) -> Span | None:
    """Give the span of numbers that a folded value has at its beginning; None if it has none."""
    match = _STORED_NUMBERS.match(text)
    if match is None:
        return None
    first = int(match["first"])
    return first, max(first, int(match["last"] or first))
