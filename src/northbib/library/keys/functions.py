"""The functions of a key pattern: what of a record goes into its key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.tables import SUBTYPES, TYPE_OF_ENTRY
from northbib.errors import UsageError
from northbib.library.keys.names import NAME_FUNCTIONS
from northbib.library.keys.plain import STOP_WORDS, bare_words, first_word
from northbib.library.keys.skipped import Skipped
from northbib.records.near import did_you_mean
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.records import Date, Record

__all__ = ["FUNCTIONS", "title_words"]

_FIGURES = re.compile(r"\d+")


def year(record: Record) -> str:
    """Give the year of publication, "" if it is not known."""
    return _year(record.date())


def _year(date: Date | None) -> str:
    return "" if date is None or date.year is None else str(abs(date.year))


def shortyear(record: Record) -> str:
    """Give the last two figures of the year."""
    return year(record)[-2:]


def month(record: Record) -> str:
    """Give the month in two figures, "" if it is not known."""
    return _formatted(record.date(), "%m")


def origyear(record: Record) -> str:
    """Give the year of the first publication."""
    return _year(record.date("original-date"))


def date(record: Record, format: str = "%Y-%m-%d") -> str:  # noqa: A002 - as patterns name it
    """Give the date of publication: `%Y` year, `%y` two figures of it, `%m` month, `%d` day."""
    return _formatted(record.date(), format)


def origdate(record: Record, format: str = "%Y-%m-%d") -> str:  # noqa: A002
    """Give the date of the first publication."""
    return _formatted(record.date("original-date"), format)


def _formatted(issued: Date | None, form: str) -> str:
    """Put a date into a form; what is not known goes, with the sign before it."""
    start = None if issued is None else issued.start
    if start is None:
        return ""
    known = {
        "Y": str(abs(start.year)),
        "y": str(abs(start.year))[-2:],
        "m": f"{start.month:02d}" if start.month else "",
        "d": f"{start.day:02d}" if start.day else "",
    }

    def filled(match: re.Match[str]) -> str:
        value = known[match[2]]
        return match[1] + value if value else ""

    return re.sub(r"([^%\w]?)%([Yymd])", filled, form)


def title(record: Record) -> str:
    """Give the words of the title that say something, run together with capitals."""
    return "".join(_capitalized(word) for word in title_words(record))


def shorttitle(record: Record, n: int = 3, m: int = 0) -> str:
    """Give the first `n` words of the title that say something, `m` of them with a capital."""
    words = title_words(record)[:n]
    return "".join(_capitalized(word) if place < m else word for place, word in enumerate(words))


def veryshorttitle(record: Record, n: int = 1, m: int = 0) -> str:
    """Give the first word of the title that says something."""
    return shorttitle(record, n, m)


def title_words(record: Record) -> list[str]:
    """Give the words of the title that say something; all, where none does."""
    words = bare_words(record.title)
    return [word for word in words if word.lower() not in STOP_WORDS] or words


def _capitalized(word: str) -> str:
    return word[:1].upper() + word[1:]


def word(record: Record) -> str:
    """Give the first word of the title that says something, in small letters."""
    return first_word(record.title)


def journal(record: Record) -> str:
    """Give the short title of the container, else its title."""
    return record.plain("container-title-short") or record.plain("container-title")


def firstpage(record: Record) -> str:
    """Give the lowest number in the pages."""
    return str(min(_pages(record), default=""))


def lastpage(record: Record) -> str:
    """Give the highest number in the pages."""
    return str(max(_pages(record), default=""))


def _pages(record: Record) -> list[int]:
    """Give the numbers of pages; `483-99` ends on 499."""
    found: list[int] = []
    for part in re.split(r"[,;&]", record.plain("page")):
        figures = _FIGURES.findall(part)
        for number in figures:
            first = figures[0]
            is_short = len(number) < len(first)
            found.append(int(first[: len(first) - len(number)] + number if is_short else number))
    return found


def keyword(record: Record, n: int = 1) -> str:
    """Give the `n`th topic."""
    return record.keywords[n - 1] if 0 < n <= len(record.keywords) else ""


def type_(record: Record, name: str, other: str = "", another: str = "") -> str:
    """Go on only if the record is of a type; else the next formula has its turn.

    Raises:
        Skipped: It is not.
        UsageError: No type has that name.
    """
    wanted = [_csl_type(each) for each in (name, other, another) if each]
    if record.type not in wanted:
        raise Skipped
    return ""


def _csl_type(name: str) -> str:
    lower = name.lower()
    found = TYPE_OF_ENTRY.get(lower) or SUBTYPES.get(lower)
    if found is None:
        near = did_you_mean(lower, {*TYPES, *TYPE_OF_ENTRY, *SUBTYPES})
        raise UsageError(f"no type is called {name!r}", hint=near or "such as book or article")
    return found


_BY_NAME: dict[str, Callable[..., str]] = {
    **NAME_FUNCTIONS,
    "year": year,
    "shortyear": shortyear,
    "month": month,
    "date": date,
    "origyear": origyear,
    "origdate": origdate,
    "title": title,
    "shorttitle": shorttitle,
    "veryshorttitle": veryshorttitle,
    "word": word,
    "journal": journal,
    "firstpage": firstpage,
    "lastpage": lastpage,
    "keyword": keyword,
    "type": type_,
}

FUNCTIONS = {name.lower(): function for name, function in _BY_NAME.items()}
"""Name of a function, in lower case -> the function; its first argument is the record."""
