"""An entry taken apart for a merge: its head, its fields, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.grammar import HEADER
from northbib.bibtex.values import split_value, squeezed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.bibtex.entry import Entry

__all__ = ["Head", "Shape", "Source", "Value", "shape_of", "value_of"]

Value = tuple[str, ...]
"""A value by its parts, without the layout: macros in lower case, other parts behind a `=`."""

_BEFORE_FIELD = re.compile(rb"\s*,\s*")
_BEFORE_END = re.compile(rb"\s*,?\s*")


class Head(NamedTuple):
    """What an entry begins with: `@article`, `{` and the key, with the blanks between."""

    type: bytes
    opening: bytes
    key: bytes


class Source(NamedTuple):
    """The bytes of a field, without the comma behind it: up to its value, and the value."""

    label: bytes
    value: bytes

    @property
    def data(self) -> bytes:
        """All of them."""
        return self.label + self.value


@dataclass(frozen=True, slots=True)
class Shape:
    """An entry without a fault, whose fields differ in name.

    Attributes:
        head: What it begins with.
        fields: Its fields by name, in order.
        values: What they say.
        gaps: What stands before each field and behind the last, the commas included.
    """

    head: Head
    fields: Mapping[str, Source]
    values: Mapping[str, Value]
    gaps: Sequence[bytes]


def shape_of(entry: Entry) -> Shape | None:
    """Take an entry apart; None if it has a fault, or something besides fields in it."""
    data, body, fields = entry.data, entry.body, entry.fields
    names = [field.name for field in fields]
    header = HEADER.match(data)
    if header is None or body.faults or len(set(names)) < len(names) or not entry.key:
        return None
    start, end = body.key
    ends = [end, *(span.value_end for span in body.fields)]
    starts = [*(span.start for span in body.fields), len(data) - 1]
    gaps = [data[one:other] for one, other in zip(ends, starts, strict=True)]
    is_plain = all(map(_BEFORE_FIELD.fullmatch, gaps[:-1])) and _BEFORE_END.fullmatch(gaps[-1])
    if not is_plain:
        return None
    sources = (
        Source(data[span.start : span.value_start], data[span.value_start : span.value_end])
        for span in body.fields
    )
    return Shape(
        Head(data[: header.end(1)], data[header.end(1) : start], data[start:end]),
        dict(zip(names, sources, strict=True)),
        {field.name: value_of(field.source) for field in fields},
        gaps,
    )


def value_of(source: str) -> Value:
    """Give what a value says, whatever its delimiters and line breaks.

    Macros are not put in, so that a value stays the same where a macro is defined anew.
    """
    parts = split_value(source)[0]
    texts = [_said(part) for part in parts]
    if len(texts) == 1 and texts[0][0] == "=":
        return ("=" + texts[0][1:].strip(" "),)
    return tuple(texts)


def _said(part: str) -> str:
    if part[0] in '{"':
        return "=" + squeezed(part[1:-1])
    return "=" + part if part.isdecimal() else part.lower()
