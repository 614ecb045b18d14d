"""Dates that are written in figures, whether they can be or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from northbib.records import Date

__all__ = ["LAST_YEAR", "Part", "in_edtf", "numbers"]

LAST_YEAR = 2100
"""No work is announced for a year after this one."""

_PART = re.compile(r"(?P<year>-?\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?(?:T.*)?[?~%]*")
_UNKNOWN_FIGURES = re.compile(r"(?<=\d)u{1,2}(?=$|/)")
_OPEN = re.compile(r"(?<=/)(?:open|unknown)$|^unknown(?=/)")
_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Part:
    """A date, or one end of a range; None for what is not said."""

    year: int
    month: int | None = None
    day: int | None = None

    def is_before(self, other: Part) -> bool:
        """Whether it is certainly before another, as far as both say."""
        for mine, others in ((self.year, other.year), (self.month, other.month)):
            if mine is None or others is None:
                return False
            if mine != others:
                return mine < others
        return self.day is not None and other.day is not None and self.day < other.day


def numbers(text: str) -> list[Part]:
    """Give the date, or the two ends of a range, in figures; none where it is something else."""
    matches = [_PART.fullmatch(part.strip()) for part in text.split("/") if part.strip(" .")]
    if not 1 <= len(matches) <= 2:
        return []
    found = []
    for match in matches:
        if match is None:
            return []
        month, day = (int(match[name]) if match[name] else None for name in ("month", "day"))
        found.append(Part(int(match["year"]), month, day))
    return found


def in_edtf(text: str) -> str | None:
    """Give a date that is written year first but not as EDTF has it in EDTF, None if it is not.

    Too few figures, other signs, and the marks of the first draft of EDTF are put right.

    >>> in_edtf("2014/2/3"), in_edtf("199u"), in_edtf("1723?~")
    ('2014-02-03', '199X', '1723%')
    """
    text = text.strip()
    match = _YEAR_FIRST.fullmatch(text)
    if match is not None and (match[2] == "-" or match[4] is not None):
        text = "-".join(part.zfill(2) for part in (match[1], match[3], match[4]) if part)
    text = _UNKNOWN_FIGURES.sub(lambda found: "X" * len(found[0]), text)
    text = _OPEN.sub(lambda found: ".." if found[0] == "open" else "", text)
    text = text.replace("?~", "%")
    return None if Date.parse(text).literal else text
