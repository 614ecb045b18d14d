"""Queries: the words that find records, as a tree, and whether a record answers to them.

    query = all { "or" all }
    all   = part { ["and"] part }
    part  = "-" part | "(" query ")" | term             terms: see `northbib.library.lexer`

All words of a query must be found; `or` parts a query in two of which one will do. A word or a
"quoted phrase" is found anywhere in a record's titles, names, container, publisher, date, topics,
key, DOI, URL, abstract and notes, as a part of a word too. Case and accents do not count, a hyphen
is as good as a blank, and typewriter punctuation finds printed. The fields are those of
`northbib.library.fields`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.library.fields import ANYWHERE, FIELDS, Reading
from northbib.library.lexer import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.stored import Stored

__all__ = ["And", "Not", "Or", "Query", "Term", "matches", "parse_query", "terms"]

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase in a field; field "" is free text.

    Attributes:
        field: The name of the field.
        text: The word in the form in which the field compares it.
    """

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """What the part does not find."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """What all parts find; without parts, everything."""

    parts: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """What any of the parts finds."""

    parts: tuple[Query, ...]


Query = Term | Not | And | Or


def parse_query(text: str) -> Query:
    """Read a query; an empty one finds everything.

    Raises:
        UsageError: The query makes no sense; the message says where, the hint what to write.
    """
    return _Parser(tokens(text, FIELDS)).query()


def matches(query: Query, stored: Stored) -> bool:
    """Tell whether a record answers to a query."""
    return _holds(query, Reading(stored))


def terms(query: Query) -> Iterator[Term]:
    """Give all terms of a query, from left to right."""
    match query:
        case Term():
            yield query
        case Not(part):
            yield from terms(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from terms(part)


def _holds(query: Query, reading: Reading) -> bool:
    match query:
        case Term(field, text):
            return FIELDS.get(field, ANYWHERE).holds(reading, text)
        case Not(part):
            return not _holds(part, reading)
        case And(parts):
            return all(_holds(part, reading) for part in parts)
        case Or(parts):
            return any(_holds(part, reading) for part in parts)


class _Parser:
    """Recursive descent, one token ahead."""

    def __init__(self, found: Iterator[Token]) -> None:
        self._tokens = found
        self._next = next(found, None)
        self._depth = 0

    def query(self) -> Query:
        if self._next is None:
            return And()
        query = self._any()
        rest = self._pop()
        if rest is not None:
            raise _unexpected(rest)
        return query

    def _any(self) -> Query:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self) -> Query:
        parts = [self._part()]
        while self._next is not None and self._next.kind not in ("or", ")"):
            self._take("and")
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _part(self) -> Query:
        token = self._pop()
        if token is None:
            raise UsageError("the query ends where a word is due", hint="add a word at its end")
        if token.kind in ("term", "word"):
            field = FIELDS.get(token.field, ANYWHERE)
            return Term(token.field, field.read(token.text))
        if token.kind not in ("-", "("):
            raise _unexpected(token)
        return self._nested(token)

    def _nested(self, token: Token) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UsageError(f"the query is nested more than {_DEEPEST} deep", hint="simplify it")
        part = Not(self._part()) if token.kind == "-" else self._any()
        if token.kind == "(" and not self._take(")"):
            place = f"the parenthesis at column {token.column} of the query"
            raise UsageError(f"{place} is not closed", hint="add a )")
        self._depth -= 1
        return part

    def _take(self, kind: str) -> bool:
        if self._next is None or self._next.kind != kind:
            return False
        self._pop()
        return True

    def _pop(self) -> Token | None:
        token, self._next = self._next, next(self._tokens, None)
        return token


def _unexpected(token: Token) -> UsageError:
    return UsageError(
        f"{token.text!r} at column {token.column} of the query has nothing to stand with",
        hint=f'put quotes round it to search for the text: "{token.text}"',
    )
