"""Dates of items: date parts, EDTF, raw text and literals.

Source: CSL 1.0.2, "Date", "Date Ranges", "Seasons", "Approximate Dates"; CSL-JSON; EDTF level 0
and the part of level 1 that CSL-JSON names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from northbib.csl.native.date_text import Parts, month_or_season, read_date_text
from northbib.csl.native.numbers import number_text

__all__ = ["Date", "read_date"]

_SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}


class Date:
    """A day, month, season or year, or a range of them.

    Attributes:
        start: Year, month and day; 0 for what is not known. Months 13 to 16 are the seasons.
        end: The end of a range, None if it is none. Its year is 0 if the range is open.
        circa: Whether it is approximate.
        literal: Text to be shown instead.
    """

    __slots__ = ("circa", "end", "literal", "start")

    def __init__(self, start: Parts, end: Parts | None, circa: bool, literal: str) -> None:
        self.start = start
        self.end = end
        self.circa = circa
        self.literal = literal

    def __bool__(self) -> bool:
        return bool(self.start[0] or self.start[1] or self.literal)


def read_date(value: object) -> Date | None:
    """Read the value of a date variable, None if there is no date in it."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        return _of_text(value if isinstance(value, str) else number_text(value), False)
    circa = str(value.get("circa") or "false") not in {"0", "false"}
    parts = value.get("date-parts")
    if isinstance(parts, Sequence) and not isinstance(parts, str) and parts:
        return _from_parts(parts, value, circa)
    return _from_text(value, circa) or _from_keys(value, circa)


def _of_text(text: str, circa: bool) -> Date | None:
    read = read_date_text(text)
    if read is None:
        return Date((0, 0, 0), None, circa, text.strip()) if text.strip() else None
    return Date(read.start, read.end, circa or read.circa, "")


def _from_text(value: Mapping[str, object], circa: bool) -> Date | None:
    literal = value.get("literal")
    if isinstance(literal, str) and literal.strip():
        return Date((0, 0, 0), None, circa, literal.strip())
    for key in ("edtf", "raw"):
        raw = value.get(key)
        if isinstance(raw, str | int) and str(raw).strip():
            return _of_text(str(raw), circa)
    return None


def _from_keys(value: Mapping[str, object], circa: bool) -> Date | None:
    if value.get("year") is not None:
        parts = [value.get(key) for key in ("year", "month", "day")]
        return _from_parts([parts], value, circa)
    return _from_parts([[]], value, circa) if value.get("season") is not None else None


def _from_parts(parts: Sequence[object], value: Mapping[str, object], circa: bool) -> Date | None:
    ends = [_parts(part) for part in parts[:2]]
    start = ends[0]
    end = ends[1] if len(ends) > 1 and parts[1] else None
    season = value.get("season")
    if season is not None and not start[1]:
        month = _number(season)
        if not month and isinstance(season, str):
            month = _SEASONS.get(season.lower(), 0)
        if 0 < month < 5:
            start = (start[0], 12 + month, 0)
    literal = value.get("literal")
    text = literal.strip() if isinstance(literal, str) else ""
    date = Date(start, end, circa, "" if start[0] else text)
    return date or None


def _parts(value: object) -> Parts:
    numbers = [0, 0, 0]
    if isinstance(value, Sequence) and not isinstance(value, str):
        for index, part in enumerate(value[:3]):
            numbers[index] = _number(part)
    else:
        numbers[0] = _number(value)
    return numbers[0], month_or_season(numbers[1]), numbers[2] if 0 < numbers[2] < 32 else 0


def _number(value: object) -> int:
    if isinstance(value, bool):
        return 0
    if isinstance(value, int | float):
        return int(value) if -(10**9) < value < 10**9 else 0
    text = str(value).strip() if isinstance(value, str) else ""
    digits = text.removeprefix("-")
    return int(text) if digits.isdecimal() and digits.isascii() and len(digits) < 10 else 0
