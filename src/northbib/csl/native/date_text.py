"""Dates written as text: EDTF, numbers with hyphens, slashes or stops, and words.

Source: EDTF level 0 and the part of level 1 that CSL-JSON names; for raw dates, what reference
managers hand over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["Parts", "TextDate", "month_or_season", "read_date_text"]

Parts = tuple[int, int, int]
"""Year, month and day; 0 for what is not known. Months 13 to 16 are the seasons."""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier",
            "february feb februar",
            "march mar märz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober",
            "november nov",
            "december dec dezember",
            "spring",
            "summer",
            "autumn fall",
            "winter",
        ),
        1,
    )
    for name in names.split()
}
_EDTF = re.compile(r"[Yy]?(-?\d{4,6})(?:-(\d\d))?(?:-(\d\d))?(?:T\S*)?([?~%])?", re.ASCII)
_HYPHENED = re.compile(r"(-?\d{1,4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{3,4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{3,4})/(\d{1,2})/(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{3,4})", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_ORDINALS: Final = frozenset({"st", "nd", "rd", "th", "ad", "ce"})
_CIRCA: Final = ("circa ", "ca. ", "c. ")


@dataclass(frozen=True, slots=True)
class TextDate:
    """What was read: like `northbib.csl.native.dates.Date`, but never a literal."""

    start: Parts
    end: Parts | None
    circa: bool


def read_date_text(text: str) -> TextDate | None:
    """Read a date, or a range of dates; None for text that is none."""
    text = text.strip()
    circa = False
    for word in _CIRCA:
        if text.lower().startswith(word):
            circa, text = True, text[len(word) :].strip()
    one = _one(text)
    if one is None or (not one[0][0] and "-" in text):
        return _range(text, circa)
    if not one[0][0] and not one[0][1]:
        return None
    return TextDate(one[0], None, circa or one[1])


def month_or_season(month: int) -> int:
    """Give a month as 1 to 12 and a season, which has several codes, as 13 to 16; else 0."""
    if 13 <= month <= 24:
        return (month - 13) % 4 + 13
    return month if 1 <= month <= 12 else 0


def _range(text: str, circa: bool) -> TextDate | None:
    sides = text.split("/") if text.count("/") == 1 else re.split(r"\s*[-–—]\s*", text)
    if text.count("/") != 1 and len(sides) != 2:
        sides = re.split(r"\s*[–—]\s*|\s+-\s+", text)
    if len(sides) != 2:
        return None
    first, last = (_side(side.strip()) for side in sides)
    if first and sides[1].strip() in {"", ".."}:
        return TextDate(first[0], (0, 0, 0), circa or first[1])
    if not first or not last:
        return None
    start, end = first[0], last[0]
    # "10–14 May 2004" and "May 10–14, 2004": what one side leaves out, the other has.
    if not end[1] and end[2]:
        end = (end[0], start[1], end[2])
    start = (start[0] or end[0], start[1] or (end[1] if start[2] else 0), start[2])
    return TextDate(start, end, circa or first[1] or last[1]) if start[0] or start[1] else None


def _side(text: str) -> tuple[Parts, bool] | None:
    if text.isdecimal() and text.isascii() and len(text) < 3:
        return (0, 0, int(text)), False
    return _one(text) if text not in {"", ".."} else None


def _one(text: str) -> tuple[Parts, bool] | None:
    """Read one date; its year or its month may be missing."""
    match = _EDTF.fullmatch(text)
    if match:
        year, month, day = _parts(match[1], match[2], match[3])
        # EDTF has a year 0, the first before Christ.
        return (year if match[1][0] != "-" else year - 1, month, day), bool(match[4])
    for pattern, order in (
        (_HYPHENED, (1, 2, 3)),
        (_YEAR_FIRST, (1, 2, 3)),
        (_MONTH_FIRST, (3, 1, 2)),
        (_DAY_FIRST, (3, 2, 1)),
    ):
        match = pattern.fullmatch(text)
        if match:
            return _parts(*(match[place] for place in order)), False
    return None if re.search(r"[-–—/]", text) else _words(text)


def _parts(year: str, month: str | None, day: str | None) -> Parts:
    number = int(day or 0)
    return int(year), month_or_season(int(month or 0)), number if number < 32 else 0


def _words(text: str) -> tuple[Parts, bool] | None:
    year = month = day = 0
    for word in _WORD.findall(text):
        lower = word.lower()
        if lower in _MONTHS:
            month = _MONTHS[lower]
        elif lower in {"bc", "bce"}:
            year = -abs(year or day)
            day = 0 if year == -day else day
        elif not word.isdecimal():
            if lower not in _ORDINALS:
                return None
        elif len(word) > 6:
            return None
        elif len(word) > 2 or day or int(word) > 31:
            year = int(word)
        else:
            day = int(word)
    if day and not month and not year:
        year, day = day, 0
    return ((year, month, day), text.endswith(("?", "?]"))) if year or month else None
