"""A record: one work, in the words of CSL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from northbib.records.dates import Date
from northbib.records.names import Name
from northbib.records.text import plain
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

__all__ = ["Record", "Value"]

Value = str | tuple[Name, ...] | Date
"""What a variable holds: rich text (see `northbib.records.text`), names, or a date."""

_NOBODY, _NEVER = Name(), Date()
_NOT_VARIABLES = frozenset({"id", "type", "keyword", "custom", "categories", "citation-key"})
_NO_TEXTS = NAME_VARIABLES | DATE_VARIABLES | _NOT_VARIABLES


@dataclass(frozen=True, slots=True)
class Record:
    """One work.

    Attributes:
        key: Its citation key.
        type: Its CSL type (`northbib.records.vocabulary.TYPES`).
        values: CSL variable -> text, names or date; name variables hold tuples of `Name`, date
            variables hold a `Date`, all others hold text. Empty values are not kept.
        keywords: Topics, in the order in which they were given.
        extra: What CSL has no variable for, by the field's BibTeX name, as plain text:
            `evidence`, `notseen`, `archiveurl`, …
    """

    key: str
    type: str
    values: Mapping[str, Value] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)

    def text(self, variable: str) -> str:
        """Give a text or number variable with its markup, "" if it is not set."""
        value = self.values.get(variable, "")
        return value if isinstance(value, str) else ""

    def plain(self, variable: str) -> str:
        """Give a text or number variable without markup, "" if it is not set."""
        value = self.values.get(variable)
        return plain(value) if isinstance(value, str) else ""

    def names(self, variable: str = "author") -> tuple[Name, ...]:
        """Give a name variable, empty if it is not set."""
        value = self.values.get(variable, ())
        return value if isinstance(value, tuple) else ()

    def date(self, variable: str = "issued") -> Date | None:
        """Give a date variable, None if it is not set."""
        value = self.values.get(variable)
        return value if isinstance(value, Date) else None

    @property
    def title(self) -> str:
        """The title without markup."""
        return self.plain("title")

    @property
    def year(self) -> int | None:
        """The year of publication, None if it is not known."""
        issued = self.date("issued")
        return None if issued is None else issued.year

    @property
    def url(self) -> str:
        """Where the work can be read: its URL, else its DOI as a URL, else ""."""
        doi = self.plain("DOI")
        return self.plain("URL") or (f"https://doi.org/{doi}" if doi else "")

    def replace(self, **changes: Any) -> Record:
        """Give a copy with some attributes replaced."""
        return replace(self, **changes)

    def to_csl(self) -> dict[str, Any]:
        """Give the CSL-JSON item; `extra` goes into `custom`, as the schema has it."""
        item: dict[str, Any] = {"id": self.key, "type": self.type}
        for variable, value in self.values.items():
            item[variable] = value if isinstance(value, str) else _to_csl(value)
        if self.keywords:
            item["keyword"] = ", ".join(self.keywords)
        if self.extra:
            item["custom"] = dict(self.extra)
        return item

    @classmethod
    def from_csl(cls, item: Mapping[str, Any]) -> Record:
        """Read a CSL-JSON item; a value of the wrong JSON type is left out."""
        values: dict[str, Value] = {}
        for variable, raw in item.items():
            is_text = type(raw) is str and variable not in _NO_TEXTS
            value = raw if is_text else _from_csl(variable, raw)
            if value:
                values[variable] = value
        custom = item.get("custom")
        return cls(
            key=str(item.get("id", "")),
            type=str(item.get("type") or "document"),
            values=values,
            keywords=_keywords(item.get("keyword")),
            extra={str(k): str(v) for k, v in custom.items()} if isinstance(custom, dict) else {},
        )


def _to_csl(value: tuple[Name, ...] | Date) -> object:
    return value.to_csl() if isinstance(value, Date) else [name.to_csl() for name in value]


def _from_csl(variable: str, raw: object) -> Value | None:
    if variable in NAME_VARIABLES:
        entries = raw if isinstance(raw, list) else []
        names = [Name.from_csl(entry) for entry in entries if isinstance(entry, dict)]
        # To look at one part takes a tenth of the time that it takes to compare all.
        return tuple([name for name in names if name.family or name != _NOBODY])
    if variable in DATE_VARIABLES:
        date = Date.from_csl(raw) if isinstance(raw, Mapping) else _NEVER
        return date if date.start or date != _NEVER else None
    if variable in _NOT_VARIABLES:
        return None
    return str(raw) if isinstance(raw, (str, int, float)) and not isinstance(raw, bool) else None


def _keywords(raw: object) -> tuple[str, ...]:
    if isinstance(raw, list):
        raw = ",".join([word for word in raw if isinstance(word, str)])
    words = raw.split(",") if isinstance(raw, str) else []
    return tuple([word for word in map(str.strip, words) if word])
