"""What of a record is compared with others, worked out once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.library.duplicates.identifiers import identifiers
from northbib.records import fold

if TYPE_CHECKING:
    from northbib.records import Date, Name, Record

__all__ = ["Person", "Profile", "profile"]

_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_BREAK = re.compile(r"\s*(?:[:;?!/(\[]|\.(?=\s)|\s-+\s)\s*")
_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"[a-z]*\d+")
_OTHERS = "others"

_ROMAN = {
    numeral: str(number)
    for number, numeral in enumerate("i ii iii iv v vi vii viii ix x xi xii".split(), 1)
}
_COUNTED = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_COUNTED |= {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
_COUNTING = frozenset("part volume vol chapter book number no phase stage session edition".split())

_KINDS = {
    "article-journal": "article",
    "article": "article",
    "review": "article",
    "review-book": "article",
    "article-magazine": "news",
    "article-newspaper": "news",
    "post-weblog": "news",
    "post": "news",
    "webpage": "web",
    "book": "book",
    "collection": "book",
    "classic": "book",
    "pamphlet": "book",
    "chapter": "part",
    "paper-conference": "part",
    "entry": "part",
    "entry-encyclopedia": "part",
    "entry-dictionary": "part",
    "report": "report",
    "manuscript": "report",
    "thesis": "thesis",
    "speech": "speech",
    "legislation": "law",
    "bill": "bill",
    "regulation": "law",
    "legal_case": "case",
    "dataset": "data",
    "software": "software",
}


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it is compared: words of the family name or body, and the given names."""

    family: str
    given: tuple[str, ...] = ()
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """A record as it is compared.

    Attributes:
        title: The words of the title, folded, with blanks between them.
        words: The same, one by one.
        breaks: After how many words a subtitle or an addition may begin.
        numbers: The numbers in it, Roman ones and those in words where they count something.
        people: Authors, else editors; `others` says whether there are more.
        kind: A group of types between which records are often moved, "" for any.
        day: Year, month and day, 0 where it is not known.
        container: The words of the container, and those of its short title.
        numbering: Volume, issue, edition and part, where they are known.
        pages: First and last page.
        ids: Its identifiers.
    """

    title: str
    words: tuple[str, ...]
    breaks: tuple[int, ...]
    numbers: frozenset[str]
    people: tuple[Person, ...]
    others: bool
    kind: str
    year: int | None
    day: tuple[int, int, int]
    container: tuple[str, str]
    numbering: tuple[str, str, str, str]
    pages: tuple[str, str]
    ids: frozenset[tuple[str, str]]


def profile(record: Record) -> Profile:
    """Give what of a record is compared."""
    title = _folded(record.title)
    words = tuple(_WORD.findall(title))
    names = record.names("author") or record.names("editor")
    people = tuple(_person(name) for name in names if name.literal != _OTHERS)
    issued = record.date()
    return Profile(
        title=" ".join(words),
        words=words,
        breaks=_breaks(title),
        numbers=_numbers(words),
        people=people,
        others=len(people) < len(names),
        kind=_KINDS.get(record.type, ""),
        year=None if issued is None else issued.year,
        day=_day(issued),
        container=(_container(record, ""), _container(record, "-short")),
        numbering=_numbering(record),
        pages=_pages(record.plain("page")) if "page" in record.values else ("", ""),
        ids=identifiers(record),
    )


def _folded(title: str) -> str:
    text = fold(title).replace("&", " and ")
    if "." in text:
        text = _DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    return _APOSTROPHE.sub("", text) if "'" in text else text


def _breaks(title: str) -> tuple[int, ...]:
    counts, words = [], 0
    pieces = _BREAK.split(title)
    for piece in pieces[:-1]:
        words += len(_WORD.findall(piece))
        if words:
            counts.append(words)
    return tuple(dict.fromkeys(counts))


def _numbers(words: tuple[str, ...]) -> frozenset[str]:
    found = set()
    for place, word in enumerate(words):
        if word.isdigit():
            found.add(word.lstrip("0") or "0")
        elif word in _ROMAN and (word != "i" or place == len(words) - 1) and len(words) > 1:
            found.add(_ROMAN[word])
        elif word in _COUNTED and not _COUNTING.isdisjoint(words[max(place - 1, 0) : place + 2]):
            found.add(_COUNTED[word])
    return frozenset(found)


def _person(name: Name) -> Person:
    if name.literal:
        return Person(" ".join(_WORD.findall(_folded(name.literal))), is_body=True)
    family = "".join(_WORD.findall(fold(name.family)))
    return Person(family, tuple(_WORD.findall(fold(name.given))))


def _day(issued: Date | None) -> tuple[int, int, int]:
    start = None if issued is None else issued.start
    return (0, 0, 0) if start is None else (start.year, start.month, start.day)


def _container(record: Record, form: str) -> str:
    variable = f"container-title{form}"
    if variable not in record.values:
        return ""
    return " ".join(_WORD.findall(_folded(record.plain(variable))))


def _numbering(record: Record) -> tuple[str, str, str, str]:
    volume, issue, edition = (
        _number(record.plain(name)) for name in ("volume", "issue", "edition")
    )
    part = _number(record.plain("part-number")) or fold(record.plain("volume-title"))
    return volume, issue, edition, part


def _number(text: str) -> str:
    """Give the first number of a text such as `2nd` or `Second edition`, else its words."""
    if not text or text.isdigit():
        return text.lstrip("0")
    folded = fold(text)
    match = _NUMBER.search(folded)
    if match:
        return match[0].lstrip("0")
    words = _WORD.findall(folded)
    counted = (_COUNTED.get(word) or _ROMAN.get(word) for word in words)
    return next((number for number in counted if number), " ".join(words))


def _pages(text: str) -> tuple[str, str]:
    found = _PAGE.findall(fold(text))
    first = found[0] if found else ""
    last = found[-1] if len(found) > 1 else ""
    if last and len(last) < len(first) and last.isdigit():
        last = first[: len(first) - len(last)] + last
    return first, last
