"""Dates as databases word them: `2019 Mar 14`, `March 14, 2019`, `MAR-APR 2001`, `Spring 1998`.

Sources: the field descriptions of MEDLINE (DP), Web of Science (PD, PY) and EndNote (Date).
"""

from __future__ import annotations

import re

from northbib.records import Date, Day

__all__ = ["worded", "worded_date", "worded_or_literal"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NUMBERS = {name: number for number, name in enumerate(_MONTHS, 1)}
_SEASONS = {"spr": 1, "sum": 2, "aut": 3, "fal": 3, "win": 4}
_NAMES = (
    "January February March April May June July August September October November December"
).split()
_TOKEN = re.compile(r"(?P<year>\d{4})|(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)|(?P<word>[^\W\d_]+)")
_NUMERIC = re.compile(
    r"(?P<year>\d{4})(?:[-/. ](?P<month>\d{1,2})(?:[-/. ](?P<day>\d{1,2}))?)?(?:/*|[T ]\d\d:.*)"
)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")
_SLASHED = re.compile(r"(?P<month>\d{1,2})/(?:(?P<day>\d{1,2})/)?(?P<year>\d{4})")
_IN_NUMBERS = (_NUMERIC, _SLASHED, _COMPACT)
_BETWEEN = re.compile(r"\s*[-–/]\s*")


def worded_date(text: str, year: str = "") -> Date | None:
    """Read a date or a range of days, months or seasons in words or numbers.

    Args:
        text: The date as it is written.
        year: The year that another field gives, for a text that has none.

    Returns:
        The date; its year alone if the rest cannot be read; None for one that says no year.

    >>> worded_date("2019 Mar 14").edtf(), worded_date("MAR-APR", "2001").edtf()
    ('2019-03-14', '2001-03/2001-04')
    """
    text = text.strip(" .,;")
    numeric = next(filter(None, (form.fullmatch(text) for form in _IN_NUMBERS)), None)
    if numeric is not None:
        return _date(*(int(numeric[part] or 0) for part in ("year", "month", "day")))
    days = _days(text, year)
    if not days or len(days) > 2:
        found = _YEAR.search(text) or _YEAR.search(year)
        return Date(Day(int(found[0]))) if found else None
    start, end = days[0], days[-1]
    if start == end:
        return Date(start)
    return Date(start, end, is_range=True) if _order(start) < _order(end) else Date(start)


def worded_or_literal(text: str) -> Date | None:
    """Read a date as `worded_date` does, and keep what is none as a literal; None for no text."""
    return (worded_date(text) or Date(literal=text)) if text else None


def worded(day: Day) -> str:
    """Write a day as EndNote has it: `March 14, 2019`."""
    if not day.month:
        return f"{day.year:04d}"
    of_month = f" {day.day}," if day.day else ""
    return f"{_NAMES[day.month - 1]}{of_month} {day.year:04d}"


def _date(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(Day(year, month, day if month else 0))
    except ValueError:
        return Date(Day(year)) if year else None


def _order(day: Day) -> tuple[int, int, int]:
    return day.year, day.month or day.season * 3, day.day


def _days(text: str, year: str) -> list[Day]:
    """Give the days named, where a later one says only in what it differs from the one before."""
    halves = [_named(half) for half in _BETWEEN.split(text)]
    if not all(halves):
        return []
    years = [half["year"] for half in halves if "year" in half]
    if not years and not year.strip().isdecimal():
        return []
    found: list[Day] = []
    said = {"year": years[0] if years else int(year)}
    for half in halves:
        said = {**(said if "month" not in half and "season" not in half else {}), **half} | {
            "year": half.get("year", said["year"])
        }
        try:
            found.append(Day(**said))
        except (TypeError, ValueError):
            return []
    return found


def _named(text: str) -> dict[str, int]:
    parts: dict[str, int] = {}
    for match in _TOKEN.finditer(text):
        word = (match["word"] or "")[:3].lower()
        if match["year"]:
            parts["year"] = int(match["year"])
        elif match["day"]:
            parts["day"] = int(match["day"])
        elif word in _NUMBERS:
            parts["month"] = _NUMBERS[word]
        elif word in _SEASONS:
            parts["season"] = _SEASONS[word]
        else:
            return {}
    return parts
