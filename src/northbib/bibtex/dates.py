"""The dates of an entry: `date` in EDTF, or `year`, `month` and `day` as BibTeX has them.

Sources: biblatex manual, "Date and Time Specifications"; btxdoc for `year` and `month`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from northbib.bibtex.draft import Draft
from northbib.bibtex.latex import to_rich
from northbib.bibtex.source import escape
from northbib.bibtex.tables import DATE_PARTS, DATES, MONTHS, SEASONS
from northbib.findings import Finding
from northbib.records import Date, Day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "date_source",
    "problems",
    "read_date",
    "read_date_source",
    "read_dates",
    "read_year",
    "write_dates",
]

_MONTH = {
    word: number
    for number, name in enumerate(MONTHS, 1)
    for word in (name.lower(), name[:3].lower(), name[:4].lower())
}
_SEASON = {word: number for number, words in enumerate(SEASONS, 1) for word in words}
_CIRCA = re.compile(r"^(?:c\.|ca\.?|circa)[\s~]*(?=\d)|(?<=\d)\s*[?~%]+$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-{1,3}|–|—|/|\band\b)\s*")
_YEAR = re.compile(r"-?\d{1,4}")
_OLD_UNKNOWN = re.compile(r"(?<=\d)(?:uu|xx)(?=$|/)|(?<=\d)[ux](?=$|/)", re.IGNORECASE)
_NO_DAY = re.compile(r"(?<=\d)(?:-(?:uu|xx|00))+(?=$|[/?~%T])", re.IGNORECASE)
_UNEVEN = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?!\d|\2)")
_SPACE = re.compile(r"[\s~]+")
_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS_AND_YEAR = re.compile(r"(?P<words>[^/]*[^\W\d_][^/]*?)[\s,]+(?P<year>\d{4})")
_EDTF = re.compile(r"[\w .:/?~%+-]+")
_OPEN = re.compile(r"\b(?:open|unknown)\b", re.IGNORECASE)


_LONGEST = 200
"""Characters that a date may have; what is longer is a text, and is not searched for one."""

_KEPT = 1 << 13
"""How many dates are kept in memory as they were read: a library has few years."""

_SHORT = 40
"""Dates of this length and more are not."""


def read_date(text: str) -> Date:
    """Read a `date` field; what is no EDTF date is kept as a literal date.

    A month or day that is not specified (`1999-XX`, `1999-01-XX`) is left out. The marks of the
    first EDTF draft that older biblatex took are read as well: `uu`, `open`, `unknown`; and so are
    days without their zeros (`1999-1-2`) and with too many (`1999-00-00`).
    """
    return _date_kept(text) if len(text) < _SHORT else _date(text)


@lru_cache(maxsize=_KEPT)
def _date_kept(text: str) -> Date:
    return _date(text)


def _date(text: str) -> Date:
    text = text.strip()
    date = Date.parse(text)
    if not date.literal or len(text) > _LONGEST:
        return date
    known = _UNEVEN.sub(_evened, _NO_DAY.sub("", _OPEN.sub("", text)))
    year_first = _OLD_UNKNOWN.sub(lambda match: "X" * len(match[0]), known)
    for attempt in (year_first, year_first.replace("?~", "~")):
        date = Date.parse(attempt)
        if not date.literal:
            return date
    return _year(text) or _written(text) or Date(literal=text)


def _evened(match: re.Match[str]) -> str:
    year, sign, month, day = match.groups()
    if sign != "-" and not day:
        return match[0]
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def read_year(year: str, month: str = "", day: str = "") -> Date:
    """Read `year`, `month` and `day`; a year that is none ("n.d.") becomes a literal date."""
    is_short = len(year) + len(month) + len(day) < _SHORT
    return _parts_kept(year, month, day) if is_short else _from_parts(year, month, day)


@lru_cache(maxsize=_KEPT)
def _parts_kept(year: str, month: str, day: str) -> Date:
    return _from_parts(year, month, day)


def _from_parts(year: str, month: str, day: str) -> Date:
    date = _year(year, shortened=True)
    if date is None:
        return read_date(year)
    if date.start is None or date.is_range or date.start.month or not month.strip():
        return date
    days = _days(date.start.year, month, day)
    if not days:
        return date
    return replace(date, start=days[0], end=days[-1] if days[1:] else None, is_range=len(days) > 1)


def read_dates(draft: Draft) -> None:
    """Read the dates of a work."""
    fields, extra = draft.fields, draft.extra
    if "year" in fields and "date" not in fields:
        _read_usual(draft)
    if _ALL_FIELDS.isdisjoint(fields):
        return
    for name, variable, parts in _DATE_FIELDS:
        if name in fields:
            source = _figures(fields.pop(name))
            date = read_date(source)
            if date.literal and parts[0] in fields:
                date = _read_parts(draft, parts, keeps=True) or date
            is_alone = parts[0] not in fields and not (name == "date" and date.literal)
            if not is_alone or date.edtf() != source:
                extra[name] = source
        elif parts[0] in fields:
            date = _read_parts(draft, parts) or read_date(_figures(fields.pop(parts[0])))
        else:
            continue
        if date != _NONE:
            draft.values[variable] = date


_NONE = Date()
_DATE_FIELDS = [(name, variable, DATE_PARTS[name]) for name, variable in DATES.items()]
_NAMES = frozenset(DATES)
_ALL_FIELDS = _NAMES.union(*(parts[:1] for parts in DATE_PARTS.values()))
"""The fields without one of which an entry has no date."""


def _read_usual(draft: Draft) -> None:
    """Read the year, and the month, of publication where they are as the writer has them.

    So it is in most entries, and they are read in a quarter of the time.
    """
    fields = draft.fields
    year, month = fields["year"], fields.get("month", "")
    if "day" not in fields and len(year) == 4 and len(month) < _SHORT:
        date = _usual(year, month)
        if date is not None:
            draft.values["issued"] = date
            del fields["year"]
            if month:
                del fields["month"]


@lru_cache(maxsize=_KEPT)
def _usual(year: str, month: str) -> Date | None:
    draft = Draft("", {"year": year, "month": month} if month else {"year": year}, {}, {})
    date = _read_parts(draft, DATE_PARTS["date"])
    return None if draft.fields or draft.extra else date


def _read_parts(draft: Draft, names: tuple[str, ...], *, keeps: bool = False) -> Date | None:
    """Read a date that is given in parts; None, and nothing is read, if there is no year in it.

    Args:
        draft: The record; a part that says nothing stays where it is.
        names: The fields of year, month and day.
        keeps: Whether to keep the parts even if the writer would write the same date by itself.
    """
    given = [_figures(draft.fields.get(name, "")) for name in names]
    date = read_year(*given)
    if date.literal or date.start is None:
        return None
    used = (True, date.start.month or date.start.season, date.start.day)
    is_odd = keeps or date.circa or given[0] != f"{date.start.year:04d}"
    for name, text, is_used in zip(names, given, used, strict=True):
        if text and is_used:
            del draft.fields[name]
            if is_odd:
                draft.extra[name] = text
    return date


def read_date_source(source: str) -> Date:
    """Read a date field as it is written in a file."""
    return read_date(_figures(source))


def date_source(date: Date) -> str:
    """Give the source of a date field."""
    return _source(date.edtf())


def _figures(source: str) -> str:
    # In a date, `~` is the mark of doubt.
    return to_rich(source) if "\\" in source or "{" in source else source


def write_dates(draft: Draft) -> None:
    """Write the dates of a work: in EDTF, or as they were read if that says the same."""
    for name, variable in DATES.items():
        date = draft.values.pop(variable, None)
        if not isinstance(date, Date):
            draft.extra.pop(name, None)
            continue
        if not draft.extra:
            draft.fields[_date_field(name, date)] = date_source(date)
            continue
        given = draft.extra.get(name)
        if given is not None and read_date(given) == date:
            draft.fields[name] = _source(draft.extra.pop(name))
            continue
        if _is_given_in_parts(draft, DATE_PARTS[name], date):
            continue
        draft.fields[_date_field(name, date)] = date_source(date)
        stale = DATE_PARTS[name] if DATE_PARTS[name][0] in draft.extra else ()
        for part in (name, *stale):
            draft.extra.pop(part, None)


def _date_field(name: str, date: Date) -> str:
    return "year" if name == "date" and date.literal else name


def _is_given_in_parts(draft: Draft, names: tuple[str, ...], date: Date) -> bool:
    parts = [draft.extra.get(name, "") for name in names]
    return bool(parts[0]) and read_year(*parts) == date


def _source(text: str) -> str:
    return text if _EDTF.fullmatch(text) else escape(text)


def problems(fields: Mapping[str, str], key: str) -> Iterator[Finding]:
    """Give a warning for each date field that has figures and is no date."""
    for name in DATES:
        if name in fields and _is_unreadable(read_date(fields[name])):
            yield _unreadable(name, fields[name], key)
    if "date" not in fields and "year" in fields and _is_unreadable(read_year(fields["year"])):
        yield _unreadable("year", fields["year"], key)


def are_readable(fields: Mapping[str, str]) -> bool:
    """Tell whether none of the date fields has figures and is no date."""
    year = fields.get("year", "")
    is_usual = not year or (len(year) <= 4 and year.isdecimal())
    return (is_usual and _NAMES.isdisjoint(fields)) or not any(problems(fields, ""))


def _is_unreadable(date: Date) -> bool:
    return bool(date.literal) and any(character.isdigit() for character in date.literal)


def _unreadable(name: str, text: str, key: str) -> Finding:
    return Finding(
        code="unreadable-date",
        severity="warning",
        message=f"{name} of {key} is no date: {text!r}",
        key=key,
        fix="write it as 2014, 2014-10, 2014-10-23 or 2014/2016",
    )


def _year(text: str, *, shortened: bool = False) -> Date | None:
    """Read a year or a range of years, with `c.` or `?` for doubt; `2010-12` if shortened."""
    bare, doubts = _CIRCA.subn("", text.strip().strip("[]()"))
    years = [bare] if _YEAR.fullmatch(bare) else _RANGE.split(bare)
    if not 1 <= len(years) <= 2 or not all(_YEAR.fullmatch(year) for year in years):
        return None
    if len(years) == 2 and len(years[0]) < 3:
        return None
    first, last = int(years[0]), int(years[-1])
    if shortened and len(years[-1]) == 2 and len(years[0]) == 4:
        last += first - first % 100
    if last < first:
        return None
    is_range = len(years) == 2
    return Date(Day(first), Day(last) if is_range else None, is_range, circa=bool(doubts))


def _written(text: str) -> Date | None:
    """Read a date in English words, or eight figures."""
    figures = _FIGURES.fullmatch(text)
    if figures is not None:
        date = Date.parse("-".join(figures.groups()))
        return None if date.literal else date
    match = _WORDS_AND_YEAR.fullmatch(text)
    days = _days(int(match["year"]), match["words"], "") if match else []
    return Date(days[0]) if len(days) == 1 else None


def _days(year: int, month: str, day: str) -> list[Day]:
    """Give the day, month or season that a `month` field names, or the two ends of a range."""
    words = (_SPACE.split(word.strip()) for word in _RANGE.split(month.lower()))
    named = [[word.strip(".,") for word in group] for group in words]
    return [found for group in named[:2] if (found := _day(year, group, day)) is not None]


def _day(year: int, words: list[str], day: str) -> Day | None:
    if len(words) == 1 and words[0].isdecimal():
        number, words = int(words[0]), []
        if not 1 <= number <= len(MONTHS):
            return None
    else:
        number = next((_MONTH[word] for word in words if word in _MONTH), 0)
    season = next((_SEASON[word] for word in words if word in _SEASON), 0)
    if not number:
        return Day(year, season=season) if season else None
    figures = [word.rstrip("stndrh") for word in words[1:] + words[:1] if word[:1].isdigit()]
    try:
        return Day(year, number, int(day.strip() or (figures or ["0"])[0]))
    except ValueError:
        return Day(year, number)
