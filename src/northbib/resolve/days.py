"""Dates as web pages write them.

A day counts as it was where it was written: the date of a time with a zone is taken as it stands.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from northbib.records import Date, Day, fold
from northbib.resolve.months import MONTHS, SEASONS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["day_first", "days_away", "find_day", "is_plausible", "local_day", "read_date"]

_WORD = r"[^\W\d_]{3,10}"
_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", rf"(?P<month>{_WORD})\.?", r"(?P<day>\d{1,2})"
_ORDINAL, _WEEKDAY = r"(?:st|nd|rd|th|er|\.|º)?", rf"(?:{_WORD}\.?,?\s+)?"
_OF = r"(?:de\s+|of\s+)?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        _YEAR + r"[-/.](?P<month>\d{1,2})[-/.]" + _DAY + r"(?!\d)",
        _YEAR + r"(?P<month>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?$",
        _YEAR + r"[-/](?P<month>\d{1,2})$",
        _WEEKDAY + _DAY + _ORDINAL + r"[\s-]+" + _OF + _MONTH + r"[\s,-]+" + _OF + _YEAR + r"\b",
        _WEEKDAY + _MONTH + r"\s+" + _DAY + _ORDINAL + r",?\s+" + _YEAR + r"\b",
        # The form of C's asctime and of `date`.
        _WEEKDAY + _MONTH + r"\s+" + _DAY + r"\s+[\d:]+\s+(?:[A-Z]{3,4}\s+)?" + _YEAR + r"\b",
        _MONTH + rf"(?:\s*[/–-]\s*{_WORD})?,?\s+" + _OF + _YEAR + r"(?=$|\s*[,;(])",
        _YEAR + r"[\s,-]+" + _MONTH + r"(?:[\s-]+" + _DAY + ")?$",
        _YEAR + "$",
    )
)
_NUMERIC = re.compile(r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4})\b")
_SHORT = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2})")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_IN_TEXT = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s+(?:de\s+)?{_WORD}\.?,?\s+(?:de\s+)?\d{{4}}\b"
    rf"|\b{_WORD}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    r"|\b\d{4}-\d{2}-\d{2}\b"
)
_NUMERIC_IN_TEXT = re.compile(r"(?<![\d/.-])\d{1,2}([/.])\d{1,2}\1\d{4}\b")
_UTC = re.compile(r"T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]00:?00)$", re.IGNORECASE)
_EARLIEST, _LATEST = 1450, 2100

# Until and from which hour of universal time it may be another day: in America the one before; the
# one after in a European summer, and in Asia and Oceania.
_LATEST_IN_AMERICA, _EARLIEST_IN_SUMMER, _EARLIEST_IN_ASIA = 10, 22, 10
_EAST_OF_AMERICA = re.compile(
    r"\.(?:uk|ie|fr|de|es|it|nl|be|pt|ch|at|dk|no|fi|se|pl|eu|scot|wales|za|in|jp|cn|au|nz)$"
)
_EASTERN = re.compile(r"\.(?:au|nz|jp|cn|hk|sg|in|kr|tw|my|th|id|ph|vn)$")

# Who writes the month first, and the hosts and languages in which the day comes first for sure.
_MONTH_FIRST = re.compile(r"en-us|en-ph", re.IGNORECASE)
_DAY_FIRST_HOST = re.compile(
    r"\.(?:uk|ie|au|nz|in|za|fr|de|es|it|nl|be|pt|br|mx|ar|ch|at|dk|no|fi|pl|eu|scot|wales|cymru)$"
)
_MONTH_FIRST_HOST = re.compile(r"\.(?:us|mil)$|(?<![a-z])(?:gov|edu)$")


def read_date(text: str, language: str = "", host: str = "") -> Date | None:
    """Read a date at the start of `text`, None if there is none, or two ways to read it.

    Args:
        text: What was written.
        language: The language of the page, which with its host tells 05/06 from 06/05.
        host: The host of the page.
    """
    text = text.strip()[:60]
    if not text or not any(c.isdigit() for c in text):
        return None
    for form in _FORMS:
        if match := form.match(text):
            parts = match.groupdict()
            return _date(parts["year"], parts.get("month"), parts.get("day"))
    if match := _NUMERIC.match(text):
        return _numeric(int(match["first"]), int(match["second"]), match["year"], language, host)
    if match := _SHORT.fullmatch(text):
        # Nobody but those who put the day first sets full stops between the parts.
        return _date(f"20{match['year']}", match["month"], match["day"])
    if match := _SECONDS.fullmatch(text):
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(match[1]))
        return _date(str(moment.year), str(moment.month), str(moment.day))
    return None


def find_day(text: str, language: str = "", host: str = "") -> Date | None:
    """Find the first whole date in running text."""
    found = (read_date(match.group()) for match in _IN_TEXT.finditer(text))
    day = next((date for date in found if date and date.start and date.start.day), None)
    if day is None and (match := _NUMERIC_IN_TEXT.search(text)):
        day = read_date(match.group(), language, host)
    return day


def day_first(language: str, host: str) -> bool | None:
    """Whether 05/06 is the fifth of June; None if the page does not tell."""
    if _DAY_FIRST_HOST.search(host):
        return True
    if _MONTH_FIRST.match(language) or _MONTH_FIRST_HOST.search(host):
        return False
    if language and language.lower() != "en":
        return True
    return None


def days_away(written: str, host: str) -> frozenset[int]:
    """Say by how many days a moment in universal time may be of another day where it was written.

    02:57 UTC is the day before in America, 23:30 the day after in a British summer.
    """
    match = _UTC.search(written.strip())
    if match is None or match.groups() == ("00", "00"):
        return frozenset()
    hour = int(match[1])
    away = {-1} if hour < _LATEST_IN_AMERICA and not _EAST_OF_AMERICA.search(host) else set()
    if hour >= (_EARLIEST_IN_ASIA if _EASTERN.search(host) else _EARLIEST_IN_SUMMER):
        away.add(1)
    return frozenset(away)


def local_day(written: str, date: Date, shown: Iterable[Date], host: str) -> Date:
    """Give the day on which a moment in universal time was where the page was written.

    Only a day that the page shows elsewhere, and that `days_away` allows, is preferred to the one
    that is written.
    """
    allowed, start = days_away(written, host), date.start
    if not allowed or start is None or not start.day:
        return date
    for other in shown:
        if other.start is not None and other.start.day and _apart(start, other.start) in allowed:
            return other
    return date


def _apart(one: Day, other: Day) -> int:
    days = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (one, other)]
    return (days[1] - days[0]).days


def is_plausible(date: Date, latest: int = _LATEST) -> bool:
    """Whether a work may be of that date: after the first printed books, not after `latest`."""
    return date.year is not None and _EARLIEST <= date.year <= latest


def _numeric(first: int, second: int, year: str, language: str, host: str) -> Date | None:
    # 13/07 can only be a day and a month; 07/08 can be either and is not guessed at.
    if first > 12 or first == second:
        return _date(year, str(second), str(first))
    if second > 12:
        return _date(year, str(first), str(second))
    order = day_first(language, host)
    if order is None:
        return None
    return _date(year, str(second), str(first)) if order else _date(year, str(first), str(second))


def _date(year: str, month: str | None, day: str | None) -> Date | None:
    word = fold(month).lower() if month and not month.isdigit() else ""
    number = MONTHS.get(word, 0) if word else int(month or 0)
    season = SEASONS.get(word, 0) if word and not day else 0
    if word and not number and not season:
        return None
    try:
        date = Date(Day(int(year), number, int(day or 0) if number else 0, season))
    except ValueError:
        return None
    return date if is_plausible(date) else None
