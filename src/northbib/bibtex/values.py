"""The value of a field as BibTeX reads it: delimiters gone, macros put in, parts joined with `#`.

Source: btxdoc, "BibTeXing", section 2 (`@STRING`, concatenation); white space as in bibtex.web,
where every run of it in a value counts as one space.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from northbib.bibtex.tables import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "UNFIT_FOR_KEYS",
    "UNFIT_FOR_NAMES",
    "Macros",
    "is_balanced",
    "keys_in",
    "read_macro",
    "read_value",
    "split_at_commas",
    "split_value",
    "squeezed",
]

_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")
UNFIT_FOR_NAMES = re.compile(r"[\s{}(),=\"#%'\\@]+")
"""What cannot stand in the name of a field."""
UNFIT_FOR_KEYS = re.compile(r"[\s{},]")
"""What cannot stand in a citation key."""

_BARE = re.compile(r"[^\x00-\x20\x7f\"#%'(),={}]++")
_BRACE = re.compile(r"[{}]")
_BRACE_OR_COMMA = re.compile(r"\\[^{}]|[{},]", re.DOTALL)
_QUOTED = re.compile(r"[{}\"]")
_SPACE = re.compile(r"[ \t\r\n\f\v]*+")
_MONTH_MACROS = {name[:3].lower(): name for name in MONTHS}


class Macros:
    """The `@string` macros of a document, each in force from where it is defined."""

    def __init__(self, earlier: Mapping[str, str] | None = None) -> None:
        """Begin with the macros of the months.

        Args:
            earlier: `latest` of what stands before the document, if anything does.
        """
        self._earlier = _MONTH_MACROS if earlier is None else earlier
        self._defined: dict[str, list[tuple[int, str]]] = {}

    def define(self, name: str, value: str, position: int) -> None:
        """Set a macro from a position on; a later definition takes its place."""
        self._defined.setdefault(name.lower(), []).append((position, value))

    def value(self, name: str, position: int) -> str | None:
        """Give the value in force at a position; None if it is not defined there."""
        known = self._defined.get(name.lower())
        before = bisect_left(known, (position, "")) if known else 0
        return known[before - 1][1] if known and before else self._earlier.get(name.lower())

    @property
    def latest(self) -> dict[str, str]:
        """The values that are in force behind the document, by names in lower case."""
        return {**self._earlier, **{name: each[-1][1] for name, each in self._defined.items()}}


def read_value(source: str, macros: Macros, position: int) -> str:
    """Read a value's source; a macro that is not defined counts as empty, as BibTeX has it."""
    if source.isdecimal():
        return source
    return read_macro(source, macros, position).strip(" ")


def read_macro(source: str, macros: Macros, position: int) -> str:
    """Read the source of a macro's value, which keeps the space at its ends."""
    value = ""
    for part in split_value(source)[0]:
        if part[0] in '{"':
            value += squeezed(part[1:-1])
        elif part.isdecimal():
            value += part
        else:
            text = macros.value(part, position) or ""
            value += text[1:] if value[-1:] == " " == text[:1] else text
    return value


def squeezed(text: str) -> str:
    """Give a text with one space for every run of white space."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        return _SPACES.sub(" ", text)
    return text


def split_value(source: str) -> tuple[list[str], int]:
    """Cut a value at its `#`; give the parts with their delimiters, and where the last one ends.

    The value ends before the source does where something stands after it that is neither `#` nor
    part of the value, such as the next field after a missing comma.
    """
    parts: list[str] = []
    position = end = _skip(source, 0)
    while position < len(source):
        stop = _end_of_part(source, position)
        if stop == position:
            break
        parts.append(source[position:stop])
        end = stop
        position = _skip(source, stop)
        if source[position : position + 1] != "#":
            break
        position = _skip(source, position + 1)
    return parts, end


def is_balanced(source: str) -> bool:
    """Whether every `{` has its `}`, counted as BibTeX does: a backslash shields neither."""
    depth = 0
    for brace in re.findall(r"[{}]", source):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def keys_in(value: str) -> list[str]:
    """Give the keys that a value lists with commas, as `xdata`, `entryset` and `ids` do."""
    return [key for key in map(str.strip, value.split(",")) if key] if value else []


def split_at_commas(value: str) -> list[str]:
    """Cut a value at the commas that stand outside of braces."""
    if "{" not in value:
        return value.split(",")
    pieces, depth, start = [], 0, 0
    for match in _BRACE_OR_COMMA.finditer(value):
        if match[0] == "," and depth == 0:
            pieces.append(value[start : match.start()])
            start = match.end()
        depth += (match[0] == "{") - (match[0] == "}")
    return [*pieces, value[start:]]


def _end_of_part(source: str, position: int) -> int:
    first = source[position]
    if first == "{":
        return _end_of_group(source, position)
    if first == '"':
        return _end_of_quoted(source, position)
    bare = _BARE.match(source, position)
    return bare.end() if bare else position


def _end_of_group(source: str, position: int) -> int:
    depth = 0
    for match in _BRACE.finditer(source, position):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(source)


def _end_of_quoted(source: str, position: int) -> int:
    depth = 0
    for match in _QUOTED.finditer(source, position + 1):
        if match.group() == "{":
            depth += 1
        elif match.group() == "}":
            depth = max(depth - 1, 0)
        elif match.group() == '"' and depth == 0:
            return match.end()
    return len(source)


def _skip(source: str, position: int) -> int:
    match = _SPACE.match(source, position)
    return match.end() if match else position
