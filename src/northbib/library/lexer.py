"""The words of a query: a text cut into terms, parentheses, `or`, `and` and minus signs.

token  = "(" | ")" | "-" | "or" | "and" | term      "-" stands right before a term or "("
         a dash between two words of free text belongs to a title, and is no token
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

Kind = Literal["(", ")", "-", "or", "and", "term", "word", "dash"]

_BLANKS = re.compile(r"\s*")
_FIELD = re.compile(r"([^\W\d_]+):(?!//)")
_MINUS = re.compile(r"-(?=[^\s)])")
_CLOSING = {'"': '"', "“": "”"}
_DASH = re.compile(r"[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}]+")
_SIGNS: dict[str, Kind] = {"(": "(", ")": ")"}
_CONNECTORS: dict[str, Kind] = {"or": "or", "and": "and"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query.

    Attributes:
        kind: What it is: a term in a field or in quotes is a `term`, another one a `word`.
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
        UsageError: A quote is not closed, a field is not known, or has no value; a dash stands
            alone, or a `not` before a field.
    """
    before: Token | None = None
    token = after = None
    for after in (*_all(text, fields), None):
        if token is not None and token.kind == "dash":
            _check_dash(before, token, after)
        elif token is not None:
            _check_not(token, after)
            yield token
        before, token = token, after


def _all(text: str, fields: Collection[str]) -> Iterator[Token]:
    at = _skip_blanks(text, 0)
    while at < len(text):
        token, end = _token(text, at, fields)
        yield token
        at = _skip_blanks(text, end)


def _check_dash(before: Token | None, dash: Token, after: Token | None) -> None:
    if not all(beside is not None and _is_text(beside) for beside in (before, after)):
        raise UsageError(
            f"the {dash.text} at column {dash.column} of the query stands alone",
            hint="write -word, without a blank, for what is not to be found",
        )


def _check_not(token: Token, after: Token | None) -> None:
    """Refuse a `not` before a field: elsewhere it is a word like any other, as in titles."""
    if token.kind == "word" and token.text.lower() == "not" and after is not None and after.field:
        text = f'"{after.text}"' if " " in after.text else after.text
        raise UsageError(
            f"{token.text!r} at column {token.column} of the query is a word to look for",
            hint=f"write -{after.field}:{text}",
        )


def _is_text(token: Token) -> bool:
    return token.kind in ("term", "word") and not token.field


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
    kind = "term" if sign in _CLOSING else _kind(value)
    return Token(kind, value, "", at + 1), end


def _kind(word: str) -> Kind:
    return "dash" if _DASH.fullmatch(word) else _CONNECTORS.get(word.lower(), "word")


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
