"""The shape of a record: all that decides how it fares in a format, as far as its values do not.

A format that takes values as they are does the same with all records that have the same type and
the same variables, in the same order, of which the same are equal. What one of them loses each of
them loses, and only one has to go there and back to find out. Values that a format takes in some
other way (a number that it tells from other numbers, text with markup) have no part in this: their
records have no shape, and each goes there and back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.records import Date
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from northbib.records import Name, Record

__all__ = ["Shape", "Values", "forms_of", "is_simple", "shape_of"]

Shape = tuple[object, ...]

_FORMS = {"ISSN": r"\d{4}-\d{3}[\dX]", "language": "[a-z]{2}(?:-[A-Z]{2})?"}
"""What is told from others by its form alike wherever it is told so."""

_NO_TEXTS = NAME_VARIABLES | DATE_VARIABLES
_NAMES = "names"
_MARKED = "marked"
_SHAPES_KEPT = 1 << 12
"""How many shapes are in memory; a library has some hundreds."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values that a format takes as they are.

    Attributes:
        is_text: Tells whether a text is one.
        is_name: Tells whether a name is one.
        is_keyword: Tells whether a keyword is one.
        forms: Variable -> the form that its text must have besides; which group of it has matched
            is part of the shape.
        apart: Variables of which that is never sure.
        plain: Gives the text of a variable with a `<` in it as it is written; that it is another
            one is part of the shape.
    """

    is_text: Callable[[str], object]
    is_name: Callable[[Name], object]
    is_keyword: Callable[[str], object]
    forms: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    plain: Callable[[str], str] = str
    _known: dict[Shape, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def known(self, shape: Shape) -> tuple[str, ...] | None:
        """Give the parts in which a record of a shape differed, None if there was none yet."""
        return self._known.get(shape)

    def learn(self, shape: Shape, names: tuple[str, ...]) -> None:
        """Keep in which parts a record of a shape differed."""
        if len(self._known) == _SHAPES_KEPT:
            self._known.clear()
        self._known[shape] = names


def forms_of(own: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """Give the forms of a format that tells values by them: its own, as patterns, and the usual."""
    return {variable: re.compile(form) for variable, form in {**_FORMS, **own}.items()}


def is_simple(text: str) -> bool:
    """Tell whether a text is one line without markup, and trimmed: most formats keep such ones."""
    return text.isprintable() and "<" not in text and text == text.strip() != ""


def shape_of(record: Record, values: Values) -> Shape | None:
    """Give the shape of a record, None if it has a value that the format does not take as it is."""
    is_text, plain, forms = values.is_text, values.plain, values.forms
    texts = list(record.extra.values())
    if not (is_text(record.key) and values.apart.isdisjoint(record.values)):
        return None
    if not (all(map(is_text, texts)) and all(map(values.is_keyword, record.keywords))):
        return None
    parts: list[object] = [record.type, bool(record.keywords)]
    for variable, value in record.values.items():
        kind: object = None
        if isinstance(value, str):
            written = plain(value) if "<" in value else value
            if variable not in _NO_TEXTS and is_text(written):
                kind = _kind_of(written, forms[variable]) if variable in forms else 0
            if written != value:
                parts.append(_MARKED)
            texts.append(written)
        elif isinstance(value, Date):
            kind = _exactness(value)
        elif _are_plain(value, values):
            kind = _NAMES
        if kind is None:
            return None
        parts += (variable, kind)
    return tuple(parts), tuple(record.extra), _equal(texts)


def _kind_of(text: str, form: re.Pattern[str]) -> int | None:
    match = form.fullmatch(text)
    return None if match is None else match.lastindex or 0


def _are_plain(names: tuple[Name, ...], values: Values) -> bool:
    # Many a format has one name once. Families, which mostly differ, are compared in less time.
    families = {name.family or name.literal for name in names}
    differ = len(families) == len(names) > 0 or len(set(names)) == len(names) > 0
    return differ and all(map(values.is_name, names))


def _exactness(date: Date) -> str | None:
    """Give how exact a date is that is but one day, month or year."""
    start = date.start
    if start is None or date.is_range or date.circa or date.literal or start.season:
        return None
    if not 1000 <= start.year <= 9999:
        return None
    return "day" if start.day else "month" if start.month else "year"


def _equal(texts: list[str]) -> tuple[int, ...]:
    """Give for each text the place of the first that is the same; nothing if all differ."""
    if len(set(texts)) == len(texts):
        return ()
    first: dict[str, int] = {}
    return tuple([first.setdefault(text, place) for place, text in enumerate(texts)])
