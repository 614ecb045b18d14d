"""Dates of records: a day, month, season or year, or a range of them, sure or not.

The written form is the part of EDTF (ISO 8601-2) that biblatex takes: levels 0 and 1 of dates and
ranges (biblatex manual, "Date and Time Specifications"). The structured form is that of CSL-JSON.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Date", "Day"]

_KEPT = 1 << 12
"""How many dates are in memory as they were read: most are but a year."""

_FIRST_SEASON = 21
_SEASONS = range(_FIRST_SEASON, _FIRST_SEASON + 4)
_SINGLE = re.compile(
    r"(?P<year>-?\d{4}|[Yy]-?\d{5,})"
    r"(?:-(?P<month>\d{2})(?:-(?P<day>\d{2})(?:T[0-9:.+Z-]+)?)?)?"
    r"(?P<mark>[?~%]?)"
)
_UNSPECIFIED = re.compile(r"(?P<century>-?\d{2})(?:(?P<decade>\d)X|XX)(?P<mark>[?~%]?)")


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A point in time as exactly as it is known.

    Attributes:
        year: Astronomical year: 0 is 1 BC, -1 is 2 BC.
        month: 1 to 12, 0 if not known.
        day: 1 to 31, 0 if not known.
        season: 1 to 4 from spring, 0 if none; never together with a month.
    """

    year: int
    month: int = 0
    day: int = 0
    season: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.month <= 12 or not 0 <= self.season <= 4:
            raise ValueError(f"no such month or season: {self.month or self.season}")
        if self.day and not self.month:
            raise ValueError("a day needs its month")
        if self.day and not 1 <= self.day <= _days_in(self.year, self.month):
            raise ValueError(f"month {self.month} of {self.year} has no day {self.day}")

    @property
    def parts(self) -> list[int]:
        """The date parts of CSL-JSON, where a year before 1 counts without a year 0."""
        year = self.year if self.year > 0 else self.year - 1
        return [part for part in (year, self.month, self.day) if part]

    def edtf(self) -> str:
        """Give the EDTF string without a mark of doubt."""
        year = f"{self.year:05d}" if self.year < 0 else f"{self.year:04d}"
        if abs(self.year) > 9999:
            year = f"Y{self.year}"
        if self.season:
            return f"{year}-{_FIRST_SEASON + self.season - 1}"
        if self.day:
            return f"{year}-{self.month:02d}-{self.day:02d}"
        return f"{year}-{self.month:02d}" if self.month else year


@dataclass(frozen=True, slots=True)
class Date:
    """A date variable.

    Attributes:
        start: When it was, or when the range begins; None for an open start or a literal date.
        end: When the range ends; None for a single day or an open end.
        is_range: Whether this is a range, open or not.
        circa: Whether the date is approximate or uncertain.
        literal: What was written, where it could not be read as a date ("n.d.", "forthcoming").
    """

    start: Day | None = None
    end: Day | None = None
    is_range: bool = False
    circa: bool = False
    literal: str = ""

    @classmethod
    def from_edtf(cls, text: str) -> Date:
        """Read an EDTF date or range, or a decade or century as `199X`, `19XX`.

        Raises:
            ValueError: It is not a date of EDTF level 0 or 1, or there is no such day.
        """
        text = text.strip()
        if "/" not in text:
            return _single(text)
        first, _, last = text.partition("/")
        if not first.strip(" .") and not last.strip(" ."):
            raise ValueError(f"a range needs one end at least: {text!r}")
        start = _single(first.strip()) if first.strip(" .") else cls()
        end = _single(last.strip()) if last.strip(" .") else cls()
        if start.is_range or end.is_range:
            raise ValueError(f"a decade cannot be the end of a range: {text!r}")
        return cls(start.start, end.start, is_range=True, circa=start.circa or end.circa)

    @classmethod
    def parse(cls, text: str) -> Date:
        """Read an EDTF date; what is not one is kept as a literal date."""
        try:
            return cls.from_edtf(text)
        except ValueError:
            return cls(literal=text.strip())

    @classmethod
    def from_csl(cls, value: Mapping[str, Any]) -> Date:
        """Read a CSL-JSON date: `date-parts`, `season`, `circa`, `literal`, `raw`, `edtf`.

        In place of its parts, `year`, `month` and `day` may stand, as citeproc-js takes them.
        """
        if len(value) == 1 and _is_one_day(value.get("date-parts")):
            return _on_one_day(*value["date-parts"][0])
        circa = value.get("circa") not in (None, False, 0, "", "0", "false")
        try:
            written = value.get("date-parts") or _parts_by_name(value)
            days = [_day_from_parts(parts) for parts in written if any(parts)]
            if days and value.get("season"):
                days[0] = replace(days[0], month=0, day=0, season=_season(value["season"]))
        except (TypeError, ValueError):
            days = []
        if days:
            is_range = len(written) > 1
            end = days[1] if len(days) > 1 else None
            return cls(days[0], end, is_range=is_range, circa=circa)
        text = str(value.get("edtf") or value.get("literal") or value.get("raw") or "")
        date = cls.parse(text)
        return replace(date, circa=circa or date.circa)

    def to_csl(self) -> dict[str, Any]:
        """Give the CSL-JSON date; an open end is written as the empty part `[0]`."""
        value: dict[str, Any] = {}
        if self.start is not None:
            value["date-parts"] = [self.start.parts]
            if self.is_range:
                value["date-parts"].append(self.end.parts if self.end else [0])
            if self.start.season:
                value["season"] = self.start.season
        elif self.end is not None:
            value["literal"] = self.edtf()
        if self.literal:
            value["literal"] = self.literal
        if self.circa:
            value["circa"] = True
        return value

    def edtf(self) -> str:
        """Give the EDTF string; a literal date is given as it was written."""
        if self.literal:
            return self.literal
        mark = "~" if self.circa else ""
        start = self.start.edtf() + mark if self.start else ""
        if not self.is_range:
            return start
        end = self.end.edtf() + mark if self.end else ""
        return f"{start or '..'}/{end or '..'}"

    @property
    def year(self) -> int | None:
        """The year of its start, or of its end where the start is open; None if literal."""
        day = self.start or self.end
        return None if day is None else day.year

    @property
    def sort_key(self) -> tuple[int, int, int, int]:
        """A key that orders dates by time; an undated one comes first."""
        day = self.start or self.end
        if day is None:
            return (-(10**9), 0, 0, 0)
        return (day.year, day.month or day.season * 3, day.day, int(self.is_range))


def _single(text: str) -> Date:
    match = _SINGLE.fullmatch(text)
    if match is None:
        return _unspecified(text)
    year = int(match["year"].lstrip("Yy"))
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if "00" in (match["month"], match["day"]):
        raise ValueError(f"month and day count from 1: {text!r}")
    circa = bool(match["mark"])
    if month in _SEASONS and not day:
        return Date(Day(year, season=month - _FIRST_SEASON + 1), circa=circa)
    return Date(Day(year, month, day), circa=circa)


def _unspecified(text: str) -> Date:
    match = _UNSPECIFIED.fullmatch(text)
    if match is None:
        raise ValueError(f"not an EDTF date: {text!r}")
    century = int(match["century"]) * 100
    if match["decade"] is None:
        first, length = century, 100
    else:
        decade = int(match["decade"]) * 10
        first, length = century + (decade if century >= 0 else -decade), 10
    return Date(Day(first), Day(first + length - 1), is_range=True, circa=bool(match["mark"]))


def _parts_by_name(value: Mapping[str, Any]) -> list[list[Any]]:
    parts = [value.get(name, 0) for name in ("year", "month", "day")]
    return [parts] if value.get("year") else []


def _day_from_parts(parts: list[Any]) -> Day:
    year, month, day = ([int(part or 0) for part in parts] + [0, 0, 0])[:3]
    year = year if year >= 0 else year + 1
    if month > 12:
        return Day(year, season=(month - 1) % 4 + 1 if month < _FIRST_SEASON else month - 20)
    return Day(year, month, day if month else 0)


def _is_one_day(written: Any) -> bool:
    if type(written) is not list or len(written) != 1 or type(written[0]) is not list:
        return False
    return {*map(type, written[0])} == {int}


@lru_cache(maxsize=_KEPT)
def _on_one_day(*parts: int) -> Date:
    try:
        return Date(_day_from_parts(list(parts))) if any(parts) else Date()
    except ValueError:
        return Date()


def _season(value: object) -> int:
    return int(str(value)) if str(value) in ("1", "2", "3", "4") else 0


def _days_in(year: int, month: int) -> int:
    # The calendar module takes no year before 1, and repeats itself every 400 years.
    return calendar.monthrange(year % 400 + 400, month)[1]
