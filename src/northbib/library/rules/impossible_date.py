"""A date is a day that there was, or may yet be."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from northbib.bibtex.tables import DATES
from northbib.library.checking.dates import LAST_YEAR, Part, numbers
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_SEASONS = range(21, 42)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having(*DATES):
        if fault := _fault(numbers(value)):
            yield Fault(f"{name} is {value}, but {fault}", name, "look the date up")
    if "date" in subject.values or not (year := subject.values.get("year", "")).isdecimal():
        return
    month, day = (subject.values.get(name, "").strip() for name in ("month", "day"))
    if month.isdecimal() and int(month) > 12:
        yield Fault(f"there is no month {month}", "month", "look the date up")
    elif month.isdecimal() and day.isdecimal() and (fault := _day(int(year), int(month), int(day))):
        yield Fault(fault, "day", "look the date up")
    elif len(year) == 4 and int(year) > LAST_YEAR:
        yield Fault(f"the year {year} is far ahead", "year", "look the date up")


def _fault(parts: list[Part]) -> str | None:
    for part in parts:
        if part.month and part.month > 12 and part.month not in _SEASONS:
            return f"there is no month {part.month}"
        if part.month and part.day and (fault := _day(part.year, part.month, part.day)):
            return fault
        if part.month == 0 or part.day == 0:
            return "months and days count from 1"
        if part.year > LAST_YEAR:
            return f"the year {part.year} is far ahead"
    if len(parts) == 2 and parts[1].is_before(parts[0]):
        return "it ends before it begins"
    return None


def _day(year: int, month: int, day: int) -> str | None:
    if not 1 <= month <= 12:
        return None
    # The calendar module takes no year before 1, and repeats itself every 400 years.
    last = calendar.monthrange(year % 400 + 400, month)[1]
    name = calendar.month_name[month]
    return f"{name} {year} has no day {day}" if not 1 <= day <= last else None


RULE = Rule(
    code="impossible-date",
    severity="error",
    sentence="A date is a day that there was or may yet be, and a range ends after it begins.",
    reason="biber drops such a date, so that the reference has none. No clock is asked: a year is"
    f" too far ahead after {LAST_YEAR}.",
    bad="@misc{note, title = {A title}, date = {2014-02-31}}",
    good="@misc{note, title = {A title}, date = {2014-02-28}}",
    entry=_find,
)
