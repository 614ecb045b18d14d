"""The words of a query: a text cut into terms, parentheses, `or`, `and` and minus signs.

token  = "(" | ")" | "-" | "or" | "and" | term      "-" stands right before a term or "("
term   = [field ":"] (quoted | word)
quoted = '"' … '"' | "“" … "”"
word   = characters without blanks; a ")" ends it unless its "(" is in the word
field  = letters; before "//" they are the beginning of an address, before a blank a word
         of the title, unless there is such a field
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

__all__ = ["Token", "tokens"]

Kind = Literal["(", ")", "-", "or", "and", "term"]

_BLANKS = re.compile(r"\s*")
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
_MINUS = re.compile(r"-(?=[^\s)])")
_CLOSING = {'"': '"', "“": "”"}
_SIGNS: dict[str, Kind] = {"(": "(", ")": ")"}
_CONNECTORS: dict[str, Kind] = {"or": "or", "and": "and"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query.

    Attributes:
        kind: What it is.
        text: The word or phrase of a term, without its quotes.
        field: The field of a term in lower case, "" for free text.
        column: Where it begins, counted from 1.
    """

    kind: Kind
    text: str
    field: str
    column: int


def tokens(text: str, fields: Collection[str]) -> Iterator[Token]:
    """Cut a query into its tokens.

    Args:
        text: The query.
        fields: The names of the fields that there are.

    Raises:
        UsageError: A quote is not closed, a field is not known, or has no value.
    """
    at = _skip_blanks(text, 0)
    while at < len(text):
        token, end = _token(text, at, fields)
        yield token
        at = _skip_blanks(text, end)


def _token(text: str, at: int, fields: Collection[str]) -> tuple[Token, int]:
    sign = text[at]
    if sign in _SIGNS:
        return Token(_SIGNS[sign], sign, "", at + 1), at + 1
    if _MINUS.match(text, at):
        return Token("-", sign, "", at + 1), at + 1
    field = _FIELD.match(text, at)
    if field is not None and (field[1].lower() in fields or _goes_on(text, field.end())):
        return _field_term(text, field, fields)
    value, end = _value(text, at)
    kind = "term" if sign in _CLOSING else _CONNECTORS.get(value.lower(), "term")
    return Token(kind, value, "", at + 1), end


def _field_term(text: str, field: re.Match[str], fields: Collection[str]) -> tuple[Token, int]:
    name = field[1].lower()
    if name not in fields:
        raise UsageError(
            f"no field is called {field[1]!r} (column {field.start() + 1} of the query)",
            hint=f"fields are {', '.join(fields)}; put quotes round it to search for the text",
        )
    start = _skip_blanks(text, field.end())
    if start == len(text) or text[start] in _SIGNS:
        raise UsageError(
            f"{name}: needs a word (column {start + 1} of the query)",
            hint=f'write {name}:word or {name}:"several words"',
        )
    value, end = _value(text, start)
    return Token("term", value, name, field.start() + 1), end


def _value(text: str, at: int) -> tuple[str, int]:
    """Give the phrase or word at a place, and where it ends."""
    closing = _CLOSING.get(text[at])
    if closing is None:
        end = _end_of_word(text, at)
        return text[at:end], end
    end = text.find(closing, at + 1)
    if end < 0:
        raise UsageError(
            f"the quote at column {at + 1} of the query is not closed", hint=f"add a {closing}"
        )
    return text[at + 1 : end], end + 1


def _end_of_word(text: str, at: int) -> int:
    depth = 0
    for place in range(at, len(text)):
        character = text[place]
        if character.isspace() or (character == ")" and not depth):
            return place
        depth += (character == "(") - (character == ")")
    return len(text)


def _skip_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return at if match is None else match.end()


def _goes_on(text: str, at: int) -> bool:
    return at < len(text) and not text[at].isspace() and text[at] != ")"
