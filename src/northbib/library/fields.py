"""The fields of a query: what each takes, and when a record answers to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from northbib.bibtex.tables import ENTRY_OF_TYPE, SUBTYPES, TYPE_OF_ENTRY
from northbib.errors import UsageError
from northbib.records import Name, fold
from northbib.records.identifiers import doi
from northbib.records.near import did_you_mean
from northbib.records.vocabulary import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from northbib.library.stored import Stored

__all__ = ["ANYWHERE", "FIELDS", "Field", "Reading"]

_DAY = re.compile(r"(?P<year>\d{4})[-–]\d{1,2}(?:[-–]\d{1,2})?")
_YEARS = re.compile(r"(?P<first>\d{1,4})?(?:(?P<dash>[-–])(?P<last>\d{1,4})?)?")

_TITLES = ("title", "title-short", "original-title")
_ELSEWHERE = (
    "container-title",
    "container-title-short",
    "collection-title",
    "event-title",
    "publisher",
    "genre",
    "abstract",
    "note",
    "annote",
    "DOI",
    "URL",
)


class Reading:
    """A record in the form in which queries compare, as `_words` writes it."""

    def __init__(self, stored: Stored) -> None:
        self.stored = stored

    @cached_property
    def names(self) -> str:
        """All names of all kinds, a line for each order of its parts."""
        values = self.stored.record.values.values()
        names = [name for value in values if isinstance(value, tuple) for name in value]
        return _folded(form for name in names for form in _forms(name))

    @cached_property
    def titles(self) -> str:
        """The titles of the work itself, a line each."""
        return _folded(self.stored.record.plain(variable) for variable in _TITLES)

    @cached_property
    def everything(self) -> str:
        """All that free text is looked for in, a line for each variable."""
        record = self.stored.record
        issued = record.date()
        rest = _folded(
            (
                *(record.plain(variable) for variable in _ELSEWHERE),
                record.key,
                "" if issued is None else issued.edtf(),
                *record.keywords,
            )
        )
        return f"{self.titles}\n{self.names}\n{rest}"

    @cached_property
    def topics(self) -> frozenset[str]:
        """The topics, each as `_topic` writes it."""
        return frozenset(_topic(word) for word in self.stored.record.keywords)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a query.

    Attributes:
        meaning: What it finds, for people.
        read: What was typed -> the form in which it is compared; UsageError if it makes no sense.
        holds: Whether a record answers to that form.
    """

    meaning: str
    read: Callable[[str], str]
    holds: Callable[[Reading, str], bool]


def _text(typed: str) -> str:
    return " ".join(fold(typed).split())


def _words(text: str) -> str:
    """Fold a text, with blanks for hyphens: no two people agree on which of them it is."""
    return " ".join(fold(text).replace("-", " ").split())


def _wanted(typed: str) -> str:
    words = _words(typed)
    if not words:
        raise UsageError(f"there is nothing to look for in {typed!r}", hint="write a word")
    return words


def _topic(typed: str) -> str:
    return _words(typed).replace(" ", "-")


def _identifier(typed: str) -> str:
    # Free text around a DOI is to be found as it stands.
    return (doi(typed) if len(typed.split()) == 1 else None) or _text(typed)


def _anything(typed: str) -> str:
    return _wanted(_identifier(typed))


def _type(typed: str) -> str:
    wanted = fold(typed.strip())
    if not _types(wanted):
        near = did_you_mean(wanted, {*TYPES, *TYPE_OF_ENTRY, *SUBTYPES})
        raise UsageError(f"no type is called {typed!r}", hint=near or "such as book or article")
    return wanted


@lru_cache(maxsize=32)
def _types(name: str) -> frozenset[str]:
    """Give the CSL types that a name of CSL or BibLaTeX stands for: `online` for web and blog."""
    found = {csl for csl, (entry, _) in ENTRY_OF_TYPE.items() if entry == name}
    found |= {table[name] for table in (TYPE_OF_ENTRY, SUBTYPES) if name in table}
    return frozenset(found | ({name} & TYPES))


def _year(typed: str) -> str:
    years = "".join(typed.split())
    match = _YEARS.fullmatch(years)
    hint = "write year:2014, year:2010-2016, year:2010- or year:-2016"
    day = _DAY.fullmatch(years)
    if day is not None:
        raise UsageError(
            f"{typed!r} is no year and no range of years",
            hint=f"years only: year:{day['year']}, or a range such as year:2010-2016",
        )
    if match is None or not (match["first"] or match["last"]):
        raise UsageError(f"{typed!r} is neither a year nor a range of years", hint=hint)
    first, last = _range(years)
    if first > last:
        raise UsageError(f"the years {typed!r} run backwards", hint=hint)
    return years


@lru_cache(maxsize=32)
def _range(years: str) -> tuple[float, float]:
    match = _YEARS.fullmatch(years)
    if match is None or not match["dash"]:
        return float(years), float(years)
    return float(match["first"] or "-inf"), float(match["last"] or "inf")


def _issued_in(reading: Reading, years: str) -> bool:
    issued = reading.stored.record.date()
    if issued is None or issued.year is None:
        return False
    first, last = _range(years)
    start = issued.start.year if issued.start else float("-inf")
    end = issued.end.year if issued.end else float("inf") if issued.is_range else start
    return start <= last and first <= end


def _is_of_type(reading: Reading, wanted: str) -> bool:
    return reading.stored.record.type in _types(wanted)


def _stands_in(reading: Reading, name: str) -> bool:
    return name in (fold(reading.stored.bibliography), fold(reading.stored.file.name))


def _folded(texts: Iterable[str]) -> str:
    return "\n".join(_words(text) for text in texts if text)


def _begins_word(reading: Reading, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(text)}", reading.names) is not None


def _forms(name: Name) -> tuple[str, ...]:
    return (str(name), name.sort_form)


ANYWHERE = Field(
    "a word or phrase in titles, names, container, publisher, date, topics, key, DOI, URL,"
    " abstract and notes",
    _anything,
    lambda reading, text: text in reading.everything,
)
"""Free text."""

FIELDS: dict[str, Field] = {
    "author": Field(
        "the name of an author, editor, or anybody else who had a hand in it, or the beginning of"
        " one of its words",
        _wanted,
        _begins_word,
    ),
    "title": Field("a part of the title", _wanted, lambda reading, text: text in reading.titles),
    "year": Field(
        "the year it was issued, or a range: 2014, 2010-2016, 2010-, -2016", _year, _issued_in
    ),
    "topic": Field("a topic, in full", _topic, lambda reading, text: text in reading.topics),
    "type": Field(
        "a type of CSL (article-journal) or BibLaTeX (article, online)",
        _type,
        _is_of_type,
    ),
    "in": Field("a bibliography", _text, _stands_in),
    "key": Field(
        "a citation key, in full", _text, lambda r, text: text == fold(r.stored.record.key)
    ),
    "doi": Field(
        "a DOI or the beginning of one",
        _identifier,
        lambda reading, text: text in fold(reading.stored.record.plain("DOI")),
    ),
    "url": Field(
        "a part of the web address",
        _text,
        lambda reading, text: text in fold(reading.stored.record.plain("URL")),
    ),
}
"""The fields by name, in the order in which people are told of them."""
