"""The pattern of citation keys: formulas of functions, filters and texts, as Better BibTeX has.

    pattern  = formula { ("|" | ";") formula }    the first one that gives something counts
    formula  = part { "+" part }
    part     = ( name [ arguments ] | text | "(" formula ")" ) { "." name [ arguments ] }
    arguments = "(" [ argument { "," argument } ] ")"
    argument = [ name "=" ] ( number | text )

Names of functions and filters are found without regard to case, but for a capital in front, which
makes a name that of a field: `title` is the words of the title run together, `Title` the field.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from northbib.errors import UsageError
from northbib.library.keys import fields
from northbib.library.keys.filters import FILTERS
from northbib.library.keys.functions import FUNCTIONS
from northbib.library.keys.names import NOBODY
from northbib.library.keys.plain import in_key
from northbib.library.keys.skipped import Skipped
from northbib.library.keys.suffix import DEFAULT_SUFFIX, is_suffix
from northbib.records import Record
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["DEFAULT", "Pattern"]

DEFAULT = 'who + year.default("nd") + word'
"""The pattern of keys where no other is set: `lee2017powerhouse`."""

_TOKEN = re.compile(
    r"\s*(?:(?P<name>[^\W\d]\w*)|(?P<number>-?\d+)|(?P<text>\"[^\"]*\"|'[^']*')|(?P<sign>[^\s]))"
)
_DEEPEST = 50

_NOTHING = Record("", "document")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern that was read.

    Attributes:
        source: The pattern as it was written.
        formulas: What makes a key of a record, in the order in which they are tried.
        suffix: How one key is told from another that would be the same: see `unique`.
    """

    source: str
    formulas: tuple[Callable[[Record], str], ...]
    suffix: str

    @classmethod
    def parse(cls, source: str) -> Pattern:
        """Read a pattern.

        Raises:
            UsageError: It is none; the message names the column.
        """
        reader = _Reader(source)
        return cls(source, tuple(reader.formulas()), reader.suffix)

    def base(self, record: Record) -> str:
        """Give the key of a record, apart from what would tell it from others; never empty."""
        for formula in self.formulas:
            try:
                key = in_key(formula(record))
            except Skipped:
                continue
            if key:
                return key
        return NOBODY


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.suffix = DEFAULT_SUFFIX
        self._tokens = list(_tokens(source))
        self._place = 0
        self._depth = 0

    def formulas(self) -> Iterator[Callable[[Record], str]]:
        yield self._formula()
        while self._taken("|", ";"):
            yield self._formula()
        if self._now.kind != "end":
            self._refuse(f"{self._now.text!r} cannot stand here", "put + between two parts")

    @property
    def _now(self) -> _Token:
        return self._tokens[self._place]

    def _next(self) -> _Token:
        token = self._now
        self._place += token.kind != "end"
        return token

    def _taken(self, *signs: str) -> bool:
        found = self._now.kind == "sign" and self._now.text in signs
        self._place += found
        return found

    def _refuse(self, message: str, hint: str, token: _Token | None = None) -> NoReturn:
        column = (token or self._now).column
        raise UsageError(f"key pattern, column {column}: {message}", hint=hint)

    def _formula(self) -> Callable[[Record], str]:
        parts = [self._part()]
        while self._taken("+"):
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else lambda record: "".join(p(record) for p in parts)

    def _part(self) -> Callable[[Record], str]:
        part = self._atom()
        while self._taken("."):
            part = self._filtered(part)
        return part

    def _atom(self) -> Callable[[Record], str]:
        token = self._next()
        if token.kind == "text":
            text = token.text[1:-1]
            return lambda _record: text
        if token.kind == "name":
            return self._call(token)
        if token.text == "(":
            return self._group(token)
        what = "it ends too early" if token.kind == "end" else f"{token.text!r} is no part of a key"
        return self._refuse(what, 'write a function such as auth, or a text such as "-"', token)

    def _group(self, opening: _Token) -> Callable[[Record], str]:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("brackets stand too deep", "take some away", opening)
        part = self._formula()
        if not self._taken(")"):
            self._refuse("this bracket is not closed", "put ) after it", opening)
        self._depth -= 1
        return part

    def _call(self, token: _Token) -> Callable[[Record], str]:
        if token.text[0].isupper():
            return self._field(token)
        name = token.text.lower()
        if name == "postfix":
            self.suffix = self._suffix(token)
            return lambda _record: ""
        function = FUNCTIONS.get(name)
        if function is None:
            known = {**FUNCTIONS, "postfix": None}
            near = did_you_mean(token.text, known) or f"there are {', '.join(known)}"
            self._refuse(f"no function is called {token.text}", near, token)
        bound = self._bound(function, token, _NOTHING)
        return lambda record: function(record, *bound)

    def _field(self, token: _Token) -> Callable[[Record], str]:
        name = fields.known(token.text)
        if name is None:
            near = did_you_mean(token.text.lower(), [*FUNCTIONS, *fields.names()])
            self._refuse(f"no field is called {token.text}", near or "such as Title or DOI", token)
        return lambda record: fields.text_of(record, name)

    def _filtered(self, part: Callable[[Record], str]) -> Callable[[Record], str]:
        token = self._next()
        function = FILTERS.get(token.text.lower()) if token.kind == "name" else None
        if function is None:
            near = did_you_mean(token.text, FILTERS)
            hint = near or f"there are {', '.join(FILTERS)}"
            self._refuse(f"no filter is called {token.text!r}", hint, token)
        bound = self._bound(function, token, "")
        return lambda record: function(part(record), *bound)

    def _suffix(self, token: _Token) -> str:
        given, named = self._arguments()
        values = [*given, *named.values()]
        if len(values) != 1 or not is_suffix(values[0]):
            self._refuse("postfix takes one form", 'such as postfix("-%(n)s")', token)
        return str(values[0])

    def _bound(
        self, function: Callable[..., str], token: _Token, probe: Record | str
    ) -> tuple[object, ...]:
        """Read the arguments of a function; it is tried on next to nothing, to see if it can."""
        given, named = self._arguments()
        signature = inspect.signature(function)
        usage = _usage(token.text, signature)
        try:
            bound = signature.bind(probe, *given, **named)
        except TypeError as error:
            self._refuse(f"{token.text}: {error}", usage, token)
        bound.apply_defaults()
        parameters = list(signature.parameters.values())[1:]
        values = bound.args[1:]
        for parameter, value in zip(parameters, values, strict=True):
            if parameter.annotation != type(value).__name__:
                kind = "a number" if parameter.annotation == "int" else "a text in quotes"
                self._refuse(f"{token.text}: {parameter.name} is {kind}", usage, token)
        try:
            function(probe, *values)
        except Skipped:
            pass
        except UsageError as error:
            self._refuse(error.message, error.hint or usage, token)
        return values

    def _arguments(self) -> tuple[list[object], dict[str, object]]:
        given: list[object] = []
        named: dict[str, object] = {}
        opening = self._now
        if not self._taken("("):
            return given, named
        while not self._taken(")"):
            name = self._argument_name()
            token = self._next()
            if token.kind not in ("number", "text"):
                self._refuse("arguments are numbers, or texts in quotes", "close the )", opening)
            value = int(token.text) if token.kind == "number" else token.text[1:-1]
            if name:
                named[name] = value
            else:
                given.append(value)
            if not self._taken(",") and self._now.text != ")":
                self._refuse("this bracket is not closed", "put ) after it", opening)
        return given, named

    def _argument_name(self) -> str:
        following = self._tokens[min(self._place + 1, len(self._tokens) - 1)]
        if self._now.kind != "name" or following.text != "=":
            return ""
        name = self._next().text
        self._next()
        return name


def _tokens(source: str) -> Iterator[_Token]:
    position = 0
    while match := _TOKEN.match(source, position):
        kind = str(match.lastgroup)
        yield _Token(kind, match[kind], match.start(kind) + 1)
        position = match.end()
    yield _Token("end", "", len(source) + 1)


def _usage(name: str, signature: inspect.Signature) -> str:
    parameters = list(signature.parameters.values())[1:]
    shown = (
        p.name if p.default is inspect.Parameter.empty else f"{p.name}={p.default!r}"
        for p in parameters
    )
    return f"write {name}({', '.join(shown)})" if parameters else f"write {name} alone"
