"""An entry as it is written: its words, and the white space between them.

The rules change one or the other. Joined again, the pieces of an entry that no rule changed are
the entry, byte for byte.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.bibtex.values import split_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Field", "Form", "inner", "parts", "with_inner"]

_HEAD = re.compile(
    r"@(?P<gap>[ \t\r\n]*)(?P<type>[^\s{}(),=\"#%'\\@]+)(?P<before_open>[ \t\r\n]*)(?P<open>[{(])"
    r"(?P<before_key>[ \t\r\n]*)(?P<key>[^\s{}(),=\"#%'\\]+)(?P<after_key>[ \t\r\n]*)"
)
_NAME = re.compile(r"(?P<lead>[ \t\r\n]*)(?P<name>[^\s{}(),=\"#%'\\@]+)(?P<equals>\s*=[ \t\r\n]*)")
_SPACE = re.compile(r"[ \t\r\n]*")
_CLOSING = {"{": "}", "(": ")"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it is written.

    Attributes:
        lead: The white space before its name.
        name: Its name.
        equals: The equals sign, with the white space around it.
        value: Its value, with its delimiters.
        trail: The white space between the value and the comma.
    """

    lead: str
    name: str
    equals: str
    value: str
    trail: str = ""

    def text(self) -> str:
        """Give the field as it is written."""
        return f"{self.lead}{self.name}{self.equals}{self.value}{self.trail}"


@dataclass(frozen=True, slots=True)
class Form:
    """An entry as it is written.

    Attributes:
        type: Its type.
        key: Its citation key.
        fields: Its fields, in order.
        opening: The sign that opens it: `{` or `(`.
        gaps: The white space behind the `@`, before and behind the opening sign, behind the key.
        has_comma: Whether a comma stands behind the last field.
        tail: The white space before the closing sign.
    """

    type: str
    key: str
    fields: tuple[Field, ...]
    opening: str
    gaps: tuple[str, str, str, str]
    has_comma: bool
    tail: str

    @classmethod
    def read(cls, raw: str, sources: Sequence[tuple[str, str]]) -> Form | None:
        """Take an entry apart.

        Args:
            raw: Its text.
            sources: Its fields as they were read: names in lower case, and values as written.

        Returns:
            None if there is more in it than an entry consists of: a comment, a missing comma.
        """
        head = _HEAD.match(raw)
        if head is None:
            return None
        position = head.end()
        fields = []
        for name, source in sources:
            field = _field(raw, position, name, source)
            if field is None:
                return None
            position += 1 + len(field.text())
            fields.append(field)
        has_comma = raw[position : position + 1] == ","
        tail = _space(raw, position + has_comma)
        gaps = (head["gap"], head["before_open"], head["before_key"], head["after_key"])
        form = cls(head["type"], head["key"], tuple(fields), head["open"], gaps, has_comma, tail)
        return form if form.text() == raw else None

    def text(self) -> str:
        """Give the entry as it is written."""
        at, before_open, before_key, after_key = self.gaps
        fields = "".join(f",{field.text()}" for field in self.fields)
        return (
            f"@{at}{self.type}{before_open}{self.opening}{before_key}{self.key}{after_key}{fields}"
            f"{',' if self.has_comma else ''}{self.tail}{_CLOSING[self.opening]}"
        )

    def with_values(self, change: Callable[[str, str], str]) -> Form:
        """Give the entry with other values: `change` gets a name in lower case, and a value."""
        fields = tuple(
            field
            if (value := change(field.name.lower(), field.value)) == field.value
            else replace(field, value=value)
            for field in self.fields
        )
        return self if fields == self.fields else replace(self, fields=fields)


def _field(raw: str, position: int, name: str, source: str) -> Field | None:
    found = _NAME.match(raw, position + 1) if raw[position : position + 1] == "," else None
    if found is None or found["name"].lower() != name or not source:
        return None
    if not raw.startswith(source, found.end()) or not _is_whole(source):
        return None
    trail = _space(raw, found.end() + len(source))
    return Field(found["lead"], found["name"], found["equals"], source, trail)


def _space(raw: str, position: int) -> str:
    found = _SPACE.match(raw, position)
    return found[0] if found else ""


def _is_plain(value: str) -> bool:
    """Tell at little cost that a value is one text in braces, which most are."""
    return value[:1] == "{" and value.find("{", 1) < 0 and value.find("}") == len(value) - 1


def _is_whole(value: str) -> bool:
    """Tell whether nothing stands behind a value that does not belong to it."""
    return _is_plain(value) or split_value(value)[1] == len(value)


def parts(value: str) -> list[str]:
    """Give the parts of a value that are joined with `#`, each with its delimiters."""
    return [value] if _is_plain(value) else split_value(value)[0]


def inner(value: str) -> str | None:
    """Give what stands between the delimiters of a value, None if it has several parts or none."""
    if _is_plain(value):
        return value[1:-1]
    is_text = len(value) > 1 and value[0] in '{"' and len(parts(value)) == 1
    return value[1:-1] if is_text else None


def with_inner(value: str, text: str) -> str:
    """Put a text between the delimiters of a value."""
    return f"{value[0]}{text}{value[-1]}"
