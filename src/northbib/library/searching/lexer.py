r"""The words of a query: a text cut into tokens.

token   = "(" | ")" | "-" | "not" | "and" | "or" | term     "-" stands right before a term or "("
          a dash between two words of free text belongs to a title, and is no token
term    = [field] value
field   = name ":" | name                   the latter before ">=", ">", "<=" or "<"
name    = a field of `fields`; other letters before a ":" are refused, but are
          the beginning of an address before "//", and a word of a title before a blank
value   = "/" pattern "/" | quoted ["*"] | word
quoted  = '"' … '"' | "“" … "”"
word    = characters without blanks; a ")" ends it unless its "(" is in the word; a "*" at its end
          makes it the beginning of a word
pattern = a regular expression, in which a "/" is written "\/"; outside of fields it begins and
          ends as a word does
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from northbib.errors import UsageError
from northbib.library.searching.fields import FIELDS, field, known_names
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.searching.terms import Form

__all__ = ["Token", "tokens"]

Kind = Literal["(", ")", "-", "not", "or", "and", "term", "word", "dash"]

_BLANKS = re.compile(r"\s*")
_FIELD = re.compile(r"([^\W\d_][\w-]*):(?!//)")
_COMPARISON = re.compile(r"([^\W\d_][\w-]*)(?=[<>])")
_MINUS = re.compile(r"-(?=[^\s)])")
_PATTERN = re.compile(r"/((?:[^/\\]|\\.)+)/(?=[\s)]|\Z)", re.DOTALL)
_CLOSING = {'"': '"', "“": "”"}
_DASH = re.compile(r"[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}]+")
_SIGNS: dict[str, Kind] = {"(": "(", ")": ")"}
_CONNECTORS: dict[str, Kind] = {"or": "or", "and": "and", "not": "not"}


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a query.

    Attributes:
        kind: What it is: a term in a field or in quotes is a `term`, another one a `word`.
        text: The word or phrase of a term, without its quotes, slashes or star.
        field: The field of a term in lower case, "" for free text.
        form: How the text is meant.
        column: Where it begins, counted from 1.
        value_column: Where the text of a term begins.
    """

    kind: Kind
    text: str
    field: str
    form: Form
    column: int
    value_column: int


def tokens(text: str) -> Iterator[Token]:
    """Cut a query into its tokens.

    Raises:
        UsageError: A quote or pattern is not closed, a field is not known, or has no value; a dash
            stands alone.
    """
    before: Token | None = None
    token = after = None
    for after in (*_all(text), None):
        if token is not None and token.kind == "dash":
            _check_dash(before, token, after)
        elif token is not None:
            yield token
        before, token = token, after


def _all(text: str) -> Iterator[Token]:
    at = _skip_blanks(text, 0)
    while at < len(text):
        token, end = _token(text, at)
        yield token
        at = _skip_blanks(text, end)


def _check_dash(before: Token | None, dash: Token, after: Token | None) -> None:
    if not all(beside is not None and _is_text(beside) for beside in (before, after)):
        raise UsageError(
            f"the {dash.text} at column {dash.column} of the query stands alone",
            hint="write -word, without a blank, for what is not to be found",
        )


def _is_text(token: Token) -> bool:
    return token.kind in ("term", "word") and not token.field


def _token(text: str, at: int) -> tuple[Token, int]:
    sign = text[at]
    if sign in _SIGNS:
        return _sign(_SIGNS[sign], at), at + 1
    if _MINUS.match(text, at):
        return _sign("-", at), at + 1
    name = _FIELD.match(text, at) or _COMPARISON.match(text, at)
    if name is not None and _is_field(text, name):
        return _field_term(text, name)
    value, form, end = _value(text, at)
    is_word = sign not in _CLOSING and form != "pattern"
    kind = _kind(text[at:end]) if is_word else "term"
    return Token(kind, value, "", form, at + 1, at + 1), end


def _sign(kind: Kind, at: int) -> Token:
    return Token(kind, kind, "", "part", at + 1, at + 1)


def _kind(word: str) -> Kind:
    return "dash" if _DASH.fullmatch(word) else _CONNECTORS.get(word.lower(), "word")


def _is_field(text: str, name: re.Match[str]) -> bool:
    """Tell whether a word before a colon, or before a sign of comparison, is meant for a field."""
    lower = name[1].lower()
    known = field(lower)
    if not name[0].endswith(":"):
        return known is not None and known.kind in ("time", "number")
    if known is None:
        return name[1].isalpha() and _goes_on(text, name.end())
    return lower in FIELDS or _goes_on(text, name.end())


def _field_term(text: str, found: re.Match[str]) -> tuple[Token, int]:
    name, column = found[1].lower(), found.start() + 1
    if field(name) is None:
        near = did_you_mean(name, known_names())
        raise UsageError(
            f"no field is called {found[1]!r} (column {column} of the query)",
            hint=(f"{near}; " if near else "")
            + f"fields are {', '.join(FIELDS)} and those of CSL and BibLaTeX;"
            " put quotes round it to search for the text",
        )
    start = _skip_blanks(text, found.end())
    if start == len(text) or text[start] in _SIGNS:
        raise UsageError(
            f"{name}: needs a word (column {start + 1} of the query)",
            hint=f'write {name}:word or {name}:"several words"',
        )
    if text[start] == "/" and name != "url" and not _PATTERN.match(text, start):
        raise UsageError(
            f"the pattern at column {start + 1} of the query is not closed", hint="add a /"
        )
    value, form, end = _value(text, start)
    return Token("term", value, name, form, column, start + 1), end


def _value(text: str, at: int) -> tuple[str, Form, int]:
    """Give the pattern, phrase or word at a place, how it is meant, and where it ends."""
    pattern = _PATTERN.match(text, at)
    if pattern is not None:
        return pattern[1], "pattern", pattern.end()
    closing = _CLOSING.get(text[at])
    if closing is None:
        end = _end_of_word(text, at)
        word = text[at:end]
        stem = word.removesuffix("*")
        return (stem, "beginning", end) if stem not in ("", word) else (word, "part", end)
    end = text.find(closing, at + 1)
    if end < 0:
        raise UsageError(
            f"the quote at column {at + 1} of the query is not closed", hint=f"add a {closing}"
        )
    is_beginning = text[end + 1 : end + 2] == "*"
    form: Form = "beginning" if is_beginning else "part"
    return text[at + 1 : end], form, end + 1 + is_beginning


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
