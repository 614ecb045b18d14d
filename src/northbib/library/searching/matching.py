"""Whether a record answers to a query: the reference that the index must agree with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from northbib.library.searching import patterns
from northbib.library.searching.fields import Field, field, types_of
from northbib.library.searching.reading import Reading, words
from northbib.library.searching.spans import days_of, numbers_of
from northbib.library.searching.terms import And, Between, Has, Is, Not, Or, Query, Term
from northbib.records import fold

if TYPE_CHECKING:
    from northbib.library.searching.fields import Kind
    from northbib.library.searching.spans import Span
    from northbib.library.searching.terms import Form, Leaf
    from northbib.library.stored import Stored

__all__ = ["Test", "TextTest", "matches", "span_test", "test", "text_test"]

Test = Callable[[Reading], bool]
"""Whether a record is found."""

TextTest = Callable[[str], bool]
"""Whether a folded text, with its hyphens and a line for each value, has what is looked for."""


def matches(query: Query, stored: Stored) -> bool:
    """Tell whether a record answers to a query; alone, it is the duplicate of none."""
    return test(query)(Reading(stored.record, stored.bibliography, stored.file.name))


def test(query: Query) -> Test:
    """Give the test of a query, which can be put to any number of records."""
    match query:
        case Not(part):
            inner = test(part)
            return lambda reading: not inner(reading)
        case And(parts) | Or(parts):
            tests = [test(part) for part in parts]
            joined = all if isinstance(query, And) else any
            return lambda reading: joined(holds(reading) for holds in tests)
    return _leaf(query)


def _leaf(leaf: Leaf) -> Test:
    match leaf:
        case Is():
            return lambda reading: reading.is_duplicate
        case Has(name):
            return _has(_field(name))
        case Between(name, first, last):
            return _between(_field(name), (first, last))
        case Term(name, text, form):
            return _term(_field(name), text, form)


def text_test(kind: Kind, text: str, form: Form) -> TextTest:
    """Give the test of a text in a field of a kind."""
    if form == "pattern":
        return patterns.searcher(text)
    if form == "beginning":
        return _BEGINNINGS.get(kind, _begins_word)(text)
    return _PARTS.get(kind, _part)(text)


def span_test(span: Span) -> TextTest:
    """Give the test whether a number of a text has something in common with a span."""
    first, last = span

    def overlaps(text: str) -> bool:
        spans = map(numbers_of, text.split("\n"))
        return any(own and own[0] <= last and first <= own[1] for own in spans)

    return overlaps


def _field(name: str) -> Field:
    known = field(name)
    if known is None:
        raise ValueError(f"no field is called {name!r}")
    return known


def _term(known: Field, text: str, form: Form) -> Test:
    if known.kind == "type":
        types = types_of(text)
        return lambda reading: reading.record.type in types
    if known.kind == "bibliography":
        return lambda reading: text in (fold(reading.bibliography), fold(reading.file))
    texts, holds = _texts(known), text_test(known.kind, text, form)
    return lambda reading: holds(texts(reading))


def _texts(known: Field) -> Callable[[Reading], str]:
    """Give what reads the texts that a field looks in."""
    if known.kind == "anywhere":
        return lambda reading: reading.everything
    if known.kind == "key":
        return lambda reading: reading.key
    if known.kind == "names" and not known.sources:
        return lambda reading: reading.names
    if known.kind == "topic":
        return lambda reading: reading.topics
    return lambda reading: reading.texts(known.sources)


def _part(wanted: str) -> TextTest:
    return lambda text: wanted in words(text)


def _part_as_it_stands(wanted: str) -> TextTest:
    return lambda text: wanted in text


def _begins_word(wanted: str) -> TextTest:
    search = re.compile(rf"(?<!\w){re.escape(wanted)}").search
    return lambda text: search(words(text)) is not None


def _whole(wanted: str) -> TextTest:
    line = f"\n{wanted}\n"
    return lambda text: line in f"\n{words(text)}\n"


def _begins_line(wanted: str) -> TextTest:
    line = f"\n{wanted}"
    return lambda text: line in f"\n{words(text)}"


_PARTS: dict[Kind, Callable[[str], TextTest]] = {
    "names": _begins_word,
    "topic": _whole,
    "address": _part_as_it_stands,
    "key": lambda wanted: lambda text: text == wanted,
}

_BEGINNINGS: dict[Kind, Callable[[str], TextTest]] = {
    "topic": _begins_line,
    "address": lambda wanted: lambda text: f"\n{wanted}" in f"\n{text}",
    "key": lambda wanted: lambda text: text.startswith(wanted),
}


def _has(known: Field) -> Test:
    if known.kind == "names" and not known.sources:
        return lambda reading: bool(reading.names)
    if known.kind == "topic":
        return lambda reading: bool(reading.record.keywords)
    sources = known.sources

    def has(reading: Reading) -> bool:
        values, extra = reading.record.values, reading.record.extra
        return any(name in values or name in extra for name in sources)

    return has


def _between(known: Field, span: Span) -> Test:
    if known.kind == "number":
        holds = span_test(span)
        return lambda reading: holds(reading.texts(known.sources))
    first, last = span

    def overlaps(reading: Reading) -> bool:
        spans = (days_of(reading.record.date(name)) for name in known.sources)
        return any(own and own[0] <= last and first <= own[1] for own in spans)

    return overlaps
