"""Newer editions of books, as Open Library knows them.

An edition is newer if it says so: by a higher number, or as revised, and in a later year. A later
year alone may be a reprint. Source: https://openlibrary.org/dev/docs/api/books.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.records import fold
from northbib.records.identifiers import isbn
from northbib.resolve.sources.payload import json_object, members, text_in, under
from northbib.resolve.watching.asking import each_once
from northbib.resolve.watching.told import Told, Update, batches, gap_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.records import Record
    from northbib.resolve.watching.told import Hearing

__all__ = ["edition_number", "editions_tell"]

_WHO = "Open Library"
_MOST, _MOST_EDITIONS = 50, 500
_WORK = re.compile(r"/works/OL\d+W")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_DIGITS = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.|e|er|eme|a|\N{MASCULINE ORDINAL INDICATOR})?\b")
_REVISED = re.compile(r"\b(?:revised|rev|updated|expanded|enlarged|corrected|new)\b")
_ORDINALS = {
    word: number
    for number, word in enumerate(
        """
        first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
        fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        """.split(),
        1,
    )
}


@dataclass(frozen=True, slots=True)
class _Edition:
    number: int | None
    is_revised: bool
    year: int | None
    languages: frozenset[str]
    isbns: frozenset[str]
    words: str


def edition_number(text: str) -> int | None:
    """Give the number that a statement of edition has, None if it has none.

    >>> edition_number("2nd ed., revised")
    2
    """
    folded = fold(text)
    for word in re.findall(r"[a-z]+", folded):
        if word in _ORDINALS:
            return _ORDINALS[word]
    match = _DIGITS.search(folded)
    return int(match[1]) if match else None


def editions_tell(books: Mapping[str, Record], hearing: Hearing) -> dict[str, Told]:
    """Ask Open Library about books.

    Args:
        books: ISBN -> the record of the book.
        hearing: Asks.

    Returns:
        What it tells of each of them.
    """
    base = hearing.settings.url("openlibrary")
    if not base:
        return {number: Told(gap="Open Library is turned off in the settings") for number in books}
    jobs = [tuple(each) for each in batches(books, _MOST)]
    known: dict[str, Any] = {}
    gaps: dict[str, str] = {}
    for job in jobs:
        answer = _object(f"{base}api/books?bibkeys={_keys(job)}&jscmd=details&format=json", hearing)
        gaps |= dict.fromkeys(job, answer) if isinstance(answer, str) else {}
        if not isinstance(answer, str):
            known |= {number: under(answer, f"ISBN:{number}", "details") for number in job}
    works = {number: _work(details) for number, details in known.items()}
    asked = [work for work in dict.fromkeys(works.values()) if work]
    editions = each_once(
        asked, lambda work: _editions(base, work, hearing), hearing.fetcher, "asking Open Library"
    )
    found = {number: Told(gap=gap) for number, gap in gaps.items()}
    for number, work in works.items():
        listed = editions.get(work, "Open Library does not know it")
        own = _edition(known[number])
        found[number] = (
            Told(gap=listed) if isinstance(listed, str) else _told(books[number], own, listed)
        )
    return found


def _keys(numbers: Sequence[str]) -> str:
    return ",".join(f"ISBN:{number}" for number in numbers)


def _object(url: str, hearing: Hearing) -> dict[str, Any] | str:
    """Give an answer in JSON, or why there is none."""
    result = hearing.get(url)
    if (gap := gap_of(result, _WHO)) or result.response is None:
        return gap
    try:
        return json_object(result.response.body, result.url, _WHO)
    except InputError as error:
        return error.message


def _work(details: Any) -> str:
    key = text_in(details, "works", 0, "key")
    return key if _WORK.fullmatch(key) else ""


def _editions(base: str, work: str, hearing: Hearing) -> list[_Edition] | str:
    url = f"{base}{work.removeprefix('/')}/editions.json?limit={_MOST_EDITIONS}"
    answer = _object(url, hearing)
    if isinstance(answer, str):
        return answer
    entries = members(answer, "entries")
    size = under(answer, "size")
    if isinstance(size, int) and size > len(entries):
        return f"of {size} editions, Open Library gave {len(entries)}"
    return [_edition(entry) for entry in entries]


def _edition(entry: Any) -> _Edition:
    words = text_in(entry, "edition_name")
    year = _YEAR.search(text_in(entry, "publish_date"))
    numbers = [*members(entry, "isbn_13"), *members(entry, "isbn_10")]
    return _Edition(
        number=edition_number(words),
        is_revised=_REVISED.search(fold(words)) is not None,
        year=int(year[1]) if year else None,
        languages=frozenset(text_in(each, "key") for each in members(entry, "languages")),
        isbns=frozenset(found for each in numbers if (found := isbn(str(each)))),
        words=words,
    )


def _told(record: Record, own: _Edition, listed: Sequence[_Edition]) -> Told:
    number = edition_number(record.plain("edition")) or own.number or 1
    year = record.year or own.year
    newer = [
        each
        for each in listed
        if _is_newer(each, number, year) and (not own.languages or each.languages & own.languages)
    ]
    if not newer:
        return Told()
    best = max(newer, key=lambda each: (each.number or number, each.year or 0, sorted(each.isbns)))
    when = f" of {best.year}" if best.year else ""
    message = f"there is a newer edition, {best.words}{when}"
    return Told((Update("newer-edition", message, isbn=min(best.isbns, default="")),))


def _is_newer(other: _Edition, number: int, year: int | None) -> bool:
    is_later = other.year is None or year is None or other.year > year
    if other.number is not None and other.number != number:
        return other.number > number and is_later
    return other.is_revised and other.year is not None and year is not None and other.year > year
