"""The shape of a record: all that decides how it fares in a format, as far as its values do not.

A format that takes values as they are does the same with all records that have the same type and
the same variables, in the same order, of which the same are equal. What one of them loses each of
them loses, and only one has to go there and back to find out. Values that a format takes in some
other way (a number that it tells from other numbers, text with markup) have no part in this: their
records have no shape, and each goes there and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.records import Date

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping

    from northbib.records import Name, Record

__all__ = ["Shape", "Values", "is_simple", "shape_of"]

Shape = tuple[object, ...]

_SHAPES_KEPT = 1 << 12
"""How many shapes are in memory; a library has some hundreds."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values that a format takes as they are.

    Attributes:
        is_text: Tells whether a text is one.
        is_name: Tells whether a name is one.
        is_keyword: Tells whether a keyword is one.
        forms: Variable -> the form that its text must have; which group of it has matched is part
            of the shape.
    """

    is_text: Callable[[str], object]
    is_name: Callable[[Name], object]
    is_keyword: Callable[[str], object]
    forms: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    _known: dict[Shape, tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def known(self, shape: Shape) -> tuple[str, ...] | None:
        """Give the parts in which a record of a shape differed, None if there was none yet."""
        return self._known.get(shape)

    def learn(self, shape: Shape, names: tuple[str, ...]) -> None:
        """Keep in which parts a record of a shape differed."""
        if len(self._known) == _SHAPES_KEPT:
            self._known.clear()
        self._known[shape] = names


def is_simple(text: str) -> bool:
    """Tell whether a text is one line without markup, and trimmed: most formats keep such ones."""
    return text.isprintable() and "<" not in text and text[:1] != " " and text[-1:] not in ("", " ")


def shape_of(record: Record, values: Values) -> Shape | None:
    """Give the shape of a record, None if it has a value that the format does not take as it is."""
    if not is_simple(record.key) or not all(map(values.is_keyword, record.keywords)):
        return None
    parts: list[object] = [record.type, bool(record.keywords)]
    texts = []
    forms, is_text = values.forms, values.is_text
    for variable, value in record.values.items():
        parts.append(variable)
        if isinstance(value, str):
            texts.append(value)
            form = forms.get(variable)
            if form is None:
                if not is_text(value):
                    return None
                continue
            match = form.fullmatch(value)
            if match is None:
                return None
            parts.append(match.lastindex)
        elif isinstance(value, Date):
            exactness = _exactness(value)
            if not exactness:
                return None
            parts.append(exactness)
        elif not value or not all(map(values.is_name, value)):
            return None
    if record.extra:
        if not all(map(is_text, record.extra.values())):
            return None
        parts += ("", *record.extra)
        texts += record.extra.values()
    return (*parts, *_equal(texts)) if len(set(texts)) < len(texts) else tuple(parts)


def _exactness(date: Date) -> int:
    """Give how many parts a date has that is but one day, month or year, else 0."""
    start = date.start
    if start is None or date.is_range or date.circa or date.literal or start.season:
        return 0
    if not 1000 <= start.year <= 9999:
        return 0
    return 1 + bool(start.month) + bool(start.day)


def _equal(texts: list[str]) -> list[int]:
    """Give for each text the place of the first that is the same."""
    first: dict[str, int] = {}
    return [first.setdefault(text, place) for place, text in enumerate(texts)]
