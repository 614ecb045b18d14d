"""An item: CSL-JSON, of which each variable is read when it is first needed, and kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from northbib.csl.native.dates import Date, read_date
from northbib.csl.native.notefields import with_note_fields
from northbib.csl.native.numbers import Number, number_text, read_number
from northbib.csl.native.people import Name, read_names
from northbib.csl.native.richtext import parse_rich
from northbib.csl.native.shape import Shape, shared
from northbib.csl.native.variables import ALIASES, DATES, NAMES, SHORT_FORMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.csl.native.tokens import Tokens

__all__ = ["Item", "site_of"]

_SITE: Final = re.compile(r"(?:https?://(?=www\.))?((?:https?://)?[^/?#\s]+\.[^/?#\s]+)")

_NO_TOKENS: Tokens = []


class Item:
    """One work.

    Attributes:
        id: Its id, as text.
        data: The CSL-JSON.
        type: Its CSL type.
        shape: Its type, and which of the variables are there that its style asks for.

    Args:
        data: The CSL-JSON.
        abbreviations: Variable -> long form -> short form.
        asked: What the style asks of the shape.
    """

    __slots__ = (
        "_dates",
        "_names",
        "_shape",
        "_tokens",
        "abbreviations",
        "asked",
        "data",
        "id",
        "type",
    )

    def __init__(
        self,
        data: Mapping[str, Any],
        abbreviations: Mapping[str, Mapping[str, str]] | None = None,
        asked: frozenset[str] = frozenset(),
    ) -> None:
        self.data = data = with_note_fields(data)
        self.id = str(data.get("id", ""))
        kind = data.get("type")
        self.type = kind if isinstance(kind, str) else ""
        self.abbreviations = abbreviations
        self.asked = asked
        self._shape: Shape | None = None
        self._tokens: dict[str, Tokens] = {}
        self._names: dict[str, tuple[Name, ...]] = {}
        self._dates: dict[str, Date | None] = {}

    @property
    def shape(self) -> Shape:
        """What its style can tell of it before it is set."""
        if self._shape is None:
            asked = self.asked.intersection((*self.data, *ALIASES))
            self._shape = shared(Shape(self.type, frozenset(filter(self.has, asked))))
        return self._shape

    def text(self, variable: str) -> str:
        """Give the text of a variable as it stands, "" if it has none."""
        value = self.data.get(variable)
        if value is None and variable in ALIASES:
            value = self.data.get(ALIASES[variable])
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, list | tuple):
            parts = (part if isinstance(part, str) else number_text(part) for part in value)
            return ", ".join(part for part in parts if part)
        return number_text(value)

    def short(self, variable: str) -> str:
        """Give the short form of a variable, "" if it has none of its own."""
        if self.abbreviations is not None:
            found = self.abbreviations.get(variable, {}).get(self.text(variable))
            if found:
                return found
        if variable == "URL":
            return site_of(self.text(variable))
        for name in SHORT_FORMS.get(variable, (f"{variable}-short",)):
            text = self.text(name)
            if text:
                return text
        return ""

    def tokens(self, variable: str) -> Tokens:
        """Give the text of a variable with its markup and quotes read; not to be changed."""
        return self._parsed(variable, self.text(variable))

    def short_tokens(self, variable: str) -> Tokens:
        """Give the short form of a variable, else the long one, as tokens."""
        return self._parsed(f"{variable}/short", self.short(variable) or self.text(variable))

    def _parsed(self, key: str, text: str) -> Tokens:
        """Parse a text, and keep what came of it unless that is the text itself."""
        found = self._tokens.get(key)
        if found is None:
            found = parse_rich(text)
            if len(found) > 1:
                self._tokens[key] = found
        return found

    def names(self, variable: str) -> tuple[Name, ...]:
        """Give the names of a name variable."""
        found = self._names.get(variable)
        if found is None:
            found = self._names[variable] = read_names(self.data.get(variable))
        return found

    def date(self, variable: str) -> Date | None:
        """Give the date of a date variable, None if it has none."""
        if variable in self._dates:
            return self._dates[variable]
        found = self._dates[variable] = read_date(self.data.get(variable))
        return found

    def number(self, variable: str) -> Number:
        """Give the content of a number variable."""
        return read_number(self.text(variable))

    def has(self, variable: str) -> bool:
        """Tell whether a variable is not empty."""
        if variable in NAMES:
            return bool(self.names(variable))
        if variable in DATES:
            return bool(self.date(variable))
        return bool(self.text(variable))


def site_of(url: str) -> str:
    """Give the short form of a URL, the site: `www.gov.uk` for `https://www.gov.uk/government`.

    It is citeproc-js' habit, CSL is silent.
    """
    found = _SITE.match(url)
    return found[1] if found else url
