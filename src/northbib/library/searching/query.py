"""Queries: the words that find records, as a tree.

    query = [ any ]
    any   = all { "or" all }
    all   = part { ["and"] part }
    part  = ( "-" | "not" ) part | "(" any ")" | term    terms: see `lexer`

All words of a query must be found; `or` parts a query in two of which one will do. A word or a
"quoted phrase" is found anywhere in a record's titles, names, container, publisher, date, topics,
key, DOI, URL, abstract and notes, as a part of a word too; `word*` only at the beginning of one.
Case and accents do not count, a hyphen is as good as a blank, and typewriter punctuation finds
printed. The fields are those of `northbib.library.searching.fields`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.library.searching.asking import asked
from northbib.library.searching.lexer import Token, tokens
from northbib.library.searching.matching import matches
from northbib.library.searching.terms import And, Between, Has, Is, Not, Or, Query, Term, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "And",
    "Between",
    "Has",
    "Is",
    "Not",
    "Or",
    "Query",
    "Term",
    "leaves",
    "matches",
    "parse_query",
]

_DEEPEST = 50


def parse_query(text: str) -> Query:
    """Read a query; an empty one finds everything.

    Raises:
        UsageError: The query makes no sense; the message says where, the hint what to write.
    """
    return _Parser(tokens(text), len(text.rstrip()) + 1).query()


class _Parser:
    """Recursive descent, one token ahead."""

    def __init__(self, found: Iterator[Token], end: int) -> None:
        self._tokens = found
        self._end = end
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
            message = f"the query ends where a word is due (column {self._end} of the query)"
            raise UsageError(message, hint="add a word at its end")
        if token.kind in ("term", "word"):
            return _asked(token)
        if token.kind not in ("-", "not", "("):
            raise _unexpected(token)
        return self._nested(token)

    def _nested(self, token: Token) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise UsageError(f"the query is nested more than {_DEEPEST} deep", hint="simplify it")
        part = self._any() if token.kind == "(" else Not(self._part())
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


def _asked(token: Token) -> Query:
    try:
        return asked(token.field, token.text, token.form)
    except UsageError as error:
        message = f"{error.message} (column {token.value_column} of the query)"
        raise UsageError(message, hint=error.hint) from None


def _unexpected(token: Token) -> UsageError:
    return UsageError(
        f"{token.text!r} at column {token.column} of the query has nothing to stand with",
        hint=f'put quotes round it to search for the text: "{token.text}"',
    )
