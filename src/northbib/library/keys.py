"""New citation keys: who, when and the first word of the title, as in `lee2017powerhouse`."""

from __future__ import annotations

import itertools
import re
import string
from typing import TYPE_CHECKING

from northbib.records import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.records import Name, Record

__all__ = ["new_key"]

_LONGEST_PART = 32
_SHORTEST_ACRONYM = 3
_UNDATED = "nd"
_NOBODY = "anon"

_CONTAINERS = ("container-title", "publisher", "event-title")

_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"\b[A-Z]{3,}\b")

# Articles, prepositions, pronouns and auxiliaries that say nothing about a work.
_STOP_WORDS = frozenset(
    """
    a about after against all an and are as at be been before between beyond but by can could de
    der des did die das do does du el en et ein eine for from had has have her here his how if in
    into is it its la las le les los may might my new no not of on or our over should so some than
    that the their there these they this those through to towards toward und under un una une up
    upon us was we were what when where whether which who why will with within without would you
    your
    """.split()
)


def new_key(record: Record, taken: Iterable[str] = ()) -> str:
    """Make a citation key for a record.

    It is the family name of the first author (else of the first editor or other name, else a word
    of the container or publisher), the year or `nd`, and the first word of the title that says
    something: `lee2017powerhouse`. A body gives its acronym or its first word.

    Args:
        record: The record; its own key does not count.
        taken: Keys that may not be used again, whatever their case.

    Returns:
        A key of `a-z` and `0-9` that is not taken: where it would be, a letter follows.
    """
    year = _UNDATED if record.year is None else str(abs(record.year))
    base = f"{_who(record)}{year}{_first_word(record.title)}"
    used = {key.lower() for key in taken}
    if base not in used:
        return base
    return next(key for key in (base + suffix for suffix in _suffixes()) if key not in used)


def _who(record: Record) -> str:
    for variable in ("author", "editor", *record.values):
        for name in record.names(variable)[:1]:
            found = _of_name(name)
            if found:
                return found
    words = (_first_word(record.plain(variable)) for variable in _CONTAINERS)
    return next((word for word in words if word), _NOBODY)


def _of_name(name: Name) -> str:
    if name.literal:
        return _of_body(name.literal)
    return _ascii(name.non_dropping_particle + name.family) or _ascii(name.given)


def _of_body(literal: str) -> str:
    """Give a body's acronym, written or made of its capitals, else its first word."""
    written = _ACRONYM.search(literal)
    if written:
        return written.group().lower()[:_LONGEST_PART]
    words = _WORD.findall(literal)
    capitals = "".join(word if word.isupper() else word[0] for word in words if word[0].isupper())
    if len(words) > 1 and len(_ascii(capitals)) >= _SHORTEST_ACRONYM:
        return _ascii(capitals)
    return _first_word(literal)


def _first_word(text: str) -> str:
    words = [_ascii(word) for word in _WORD.findall(fold(text))]
    telling = (word for word in words if len(word) > 1 and not word.isdigit())
    first = next((word for word in telling if word not in _STOP_WORDS), "")
    return first or next((word for word in words if word), "")


def _ascii(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold(text))[:_LONGEST_PART]


def _suffixes() -> Iterator[str]:
    for length in itertools.count(1):
        for letters in itertools.product(string.ascii_lowercase, repeat=length):
            yield "".join(letters)
