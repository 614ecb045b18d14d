"""Sort keys of citations and bibliographies.

Source: CSL 1.0.2, "Sorting".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from northbib.csl.native.citation_label import citation_label
from northbib.csl.native.collation import collation_key
from northbib.csl.native.date_parts import sortable
from northbib.csl.native.numbers import padded
from northbib.csl.native.shape import remembered
from northbib.csl.native.tokens import plain_text
from northbib.csl.native.variables import DATES, NAMES, NUMBERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.csl.native.compile import Compiler
    from northbib.csl.native.context import Context
    from northbib.csl.native.people import Name
    from northbib.csl.native.shape import Node
    from northbib.csl.native.tokens import Tokens

__all__ = ["SortKey", "Values", "in_order", "key_values"]

Thing = TypeVar("Thing")
Values = tuple[str | None, ...]
"""What the sort keys are for an item; None where it has nothing to sort by."""


@dataclass(frozen=True, slots=True)
class SortKey:
    """One `cs:key`."""

    variable: str
    macro: Node | None
    descending: bool
    limits: tuple[int | None, int | None, bool | None]
    demote: str
    language: str

    @classmethod
    def of(cls, attributes: Mapping[str, str], compiler: Compiler, language: str) -> SortKey:
        """Read a `cs:key`."""
        macro = attributes.get("macro")
        last = attributes.get("names-use-last")
        return cls(
            variable=attributes.get("variable", ""),
            macro=None if macro is None else remembered(compiler.macro(macro)),
            descending=attributes.get("sort") == "descending",
            limits=(
                _count(attributes.get("names-min")),
                _count(attributes.get("names-use-first")),
                None if last is None else last == "true",
            ),
            demote=compiler.demote,
            language=language,
        )

    def value(self, context: Context) -> str | None:
        """Give the value of the key for an item: None if it has none, and then it sorts last.

        Numbers are padded with zeros, and so come before words.
        """
        if self.macro is not None:
            context.limits = self.limits
            context.substituted = None
            context.names_done = []
            out: Tokens = []
            self.macro(context.item.shape)(context, out)
            return self._text_value(plain_text(out).strip())
        return self._variable_value(context)

    def _variable_value(self, context: Context) -> str | None:
        variable = self.variable
        item = context.item
        if variable == "citation-label":
            return self._text_value(citation_label(item))
        if variable not in NUMBERS and variable not in item.shape.present:
            return None
        if variable in NAMES:
            names = "   ".join(_sort_name(name, self.demote) for name in item.names(variable))
            return self._text_value(names)
        if variable in DATES:
            text = sortable(item.date(variable))
            return text or None
        if variable in NUMBERS:
            text = context.text_of(variable)
            return padded(text) if text[:1].isdecimal() else self._text_value(text)
        return self._text_value(plain_text(item.tokens(variable)))

    def _text_value(self, text: str) -> str | None:
        return collation_key(text, self.language) if text else None


def _sort_name(name: Name, demote: str) -> str:
    """Give the parts of a name in the order in which they sort.

    Source: CSL 1.0.2, "Name-part Order", sorting order.
    """
    if name.literal:
        return without_article(name.literal)
    if demote == "never":
        family, particle = f"{name.particle} {name.family}".strip(), name.dropping
    else:
        family, particle = name.family, f"{name.dropping} {name.particle}".strip()
    parts = (family, particle, name.given, name.suffix)
    return "  ".join(part for part in parts if part)


def without_article(text: str) -> str:
    """Give the name of a body without the English article before it."""
    for article in ("A ", "An ", "The ", "a ", "an ", "the "):
        if text.startswith(article):
            return text[len(article) :]
    return text


def key_values(keys: Sequence[SortKey], context: Context) -> Values:
    """Give the values of all keys for the item of a context."""
    return tuple(key.value(context) for key in keys)


def in_order(
    things: Sequence[Thing], values: Sequence[Values], keys: Sequence[SortKey]
) -> list[Thing]:
    """Sort things by the values of their keys; those without a value come last.

    Things of equal value keep their order.
    """
    ordered = list(range(len(things)))
    for index in range(len(keys) - 1, -1, -1):
        with_value = [place for place in ordered if values[place][index] is not None]
        without = [place for place in ordered if values[place][index] is None]
        column = [value[index] or "" for value in values]
        with_value.sort(key=column.__getitem__, reverse=keys[index].descending)
        ordered = with_value + without
    return [things[place] for place in ordered]


def _count(value: str | None) -> int | None:
    return int(value) if value and value.isdecimal() else None
