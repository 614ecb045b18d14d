"""Dates as catalogues have them: in field 264 or 260 as printed, in field 008 as coded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Day

if TYPE_CHECKING:
    from northbib.exchange.marc21.record import Marc

__all__ = ["coded", "coded_date", "printed", "printed_date"]

_COPYRIGHT = re.compile(r"^(?:c|p|cop\.|copyright)\s*(?=\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_OPEN_DECADE = re.compile(r"(?<!\d)(\d{3})-(\?)?(?!\d)")
_OPEN_CENTURY = re.compile(r"(?<!\d)(\d\d)--(\?)?(?!\d)")
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")
_BETWEEN = re.compile(r"between\s+(\d{4})\??\s+and\s+(\d{4})\??")
_UNSURE = re.compile(r"\b(?:ca|circa|approximately|um|vers)\b|\?")


def printed_date(text: str) -> Date | None:
    """Read the date of a publication as a catalogue prints it: `c1999.`, `[197-?]`, `1985-1988`.

    Returns:
        The date; what cannot be read as it is written; None for "".
    """
    plain = text.strip(" .,;:[]()©℗")
    plain = _COPYRIGHT.sub("", plain)
    if not plain:
        return None
    date = Date.parse(plain)
    if not date.literal:
        return date
    is_unsure = bool(_UNSURE.search(text))
    return _range(plain, is_unsure=is_unsure) or _year(plain, is_unsure=is_unsure) or date


def _range(plain: str, *, is_unsure: bool) -> Date | None:
    for pattern, marks in ((_OPEN_DECADE, "X"), (_OPEN_CENTURY, "XX")):
        if match := pattern.search(plain):
            return Date.parse(f"{match[1]}{marks}{'~' if match[2] else ''}")
    if match := _BETWEEN.search(plain):
        return Date(Day(int(match[1])), Day(int(match[2])), is_range=True, circa=True)
    if match := _YEARS.fullmatch(plain):
        return Date(Day(int(match[1])), Day(int(match[2])), is_range=True, circa=is_unsure)
    is_open = re.fullmatch(r"\d{4}-", plain)
    return Date(Day(int(plain[:4])), is_range=True) if is_open else None


def _year(plain: str, *, is_unsure: bool) -> Date | None:
    years = _YEAR.findall(plain)
    if not years:
        return None
    named = None if is_unsure else worded_date(plain)
    return named or Date(Day(int(years[0])), circa=is_unsure)


def coded_date(native: Marc) -> Date | None:
    """Read the date that field 008 codes; a detailed one has month and day."""
    text = native.data("008").ljust(40)
    kind, first, last = text[6], text[7:11], text[11:15]
    if re.fullmatch(r"\d{2}uu|\d{3}u", first):
        return Date.parse(first.replace("u", "X"))
    if not first.isdecimal() or not int(first):
        return None
    if kind == "e" and last[:2].isdecimal():
        parts = [first, last[:2], *([last[2:]] if last[2:].isdecimal() else [])]
        date = Date.parse("-".join(parts))
        return Date(Day(int(first))) if date.literal else date
    if kind in "mq" and last.isdecimal() and last not in (first, "9999"):
        is_unsure = kind == "q"
        return Date(Day(int(first)), Day(int(last)), is_range=True, circa=is_unsure)
    if kind in "cum" and last in ("9999", "uuuu"):
        return Date(Day(int(first)), is_range=True)
    return Date(Day(int(first)))


def printed(date: Date | None) -> str:
    """Write a date as a catalogue prints it, by the year; a day is coded in field 008."""
    if date is None:
        return ""
    start, end = date.start, date.end
    if date.literal or start is None or not 0 < start.year < 10000:
        return date.edtf()
    years = f"{start.year:04d}"
    if date.is_range and (end is None or end.year != start.year):
        years += f"-{end.year:04d}" if end is not None and end.year > 0 else "-"
    return f"[{years}?]" if date.circa else years


def coded(date: Date | None) -> str:
    """Give positions 06 to 14 of field 008: the kind of date, and two dates."""
    start = date.start if date else None
    end = date.end if date else None
    if start is None or not 0 < start.year < 10000:
        return "n" + "uuuuuuuu"
    first = f"{start.year:04d}"
    if date is not None and date.is_range and end is None:
        return f"m{first}9999"
    if end is not None and 0 < end.year < 10000 and end.year != start.year:
        return f"{'q' if date and date.circa else 'm'}{first}{end.year:04d}"
    if start.month and end is None:
        return f"e{first}{start.month:02d}{f'{start.day:02d}' if start.day else '  '}"
    return f"s{first}    "
