"""Changes to an entry, in the style of what stands around them.

All take the structure of the entry (one byte for each of its units) and the places of its fields,
and give what is to be put in the place of what; no other byte is touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex.body import Body, Span

__all__ = ["Change", "delimited", "first_field", "next_field", "without_field"]

_INDENT = "  "
_COLUMN = 15
_LINE_START = re.compile(rb"[\r\n][ \t]*\Z")


class Change(NamedTuple):
    """A text to put in the place of what stands between two places of an entry."""

    start: int
    end: int
    text: str


def delimited(value: str, old: bytes, *, keep_bare: bool) -> str:
    """Put a value between delimiters of the kind that another one has.

    Args:
        value: The value, without delimiters.
        old: The other one, with them.
        keep_bare: Whether a number needs none where the other one is a number without them.
    """
    if keep_bare and old.isdigit() and value.isascii() and value.isdecimal():
        return value
    quoted = old.startswith(b'"') and old.endswith(b'"')
    return f'"{value}"' if quoted and '"' not in value else f"{{{value}}}"


def first_field(source: bytes, body: Body, name: str, value: str, eol: str) -> Change:
    """Add a field to an entry that has none."""
    end = len(source[:-1].rstrip())
    comma = "" if source[body.key[1] : end].endswith(b",") else ","
    text = f"{comma}{eol}{_INDENT}{name:<{_COLUMN - 2}}= {value},{eol}"
    return Change(end, len(source) - 1, text)


def next_field(source: bytes, body: Body, name: str, value: str) -> Change:
    """Add a field after the last one, with its indent, alignment and comma."""
    spans, last = body.fields, body.fields[-1]
    gap = source[_gap_start(source, body, len(spans) - 1) : last.start]
    lead = gap[len(gap.rstrip()) :].decode()
    text = f"{lead}{name}{_equals(source, spans, name)}{value}"
    if last.comma < 0:
        return Change(last.value_end, last.value_end, f",{text}")
    return Change(last.comma + 1, last.comma + 1, f"{text},")


def without_field(source: bytes, body: Body, index: int) -> Change:
    """Take a field out, with the white space before it and its comma."""
    span = body.fields[index]
    start = _gap_start(source, body, index)
    stray = len(source[start : span.start].rstrip())
    if span.comma >= 0:
        return Change(start + stray, span.comma + 1, "")
    comma = source[start - 1 : start] == b"," and not stray
    return Change(start - 1 if comma else start + stray, span.value_end, "")


def _gap_start(source: bytes, body: Body, index: int) -> int:
    """Where the white space before a field begins: after the comma before it, if there is one."""
    before = body.fields[index - 1] if index else None
    if before is not None:
        return before.comma + 1 if before.comma >= 0 else before.value_end
    key_end = body.key[1]
    comma = source.find(b",", key_end, body.fields[index].start)
    return comma + 1 if comma >= 0 else key_end


def _equals(source: bytes, spans: Sequence[Span], name: str) -> str:
    """What stands between a new name and its value: aligned where the neighbours are."""
    last = spans[-1]
    head, _, tail = source[last.name_end : last.value_start].decode().partition("=")
    columns = {_column(source, span) for span in spans if _starts_line(source, span)}
    names = {span.name_end - span.start for span in spans}
    if not _starts_line(source, last) or len(columns) != 1 or (len(names) == 1 and len(head) < 2):
        return f"{' ' if head else ''}={tail}"
    width = last.name_end - last.start + len(head)
    return f"{' ' * max(width - len(name), 1 if head else 0)}={tail}"


def _column(source: bytes, span: Span) -> int:
    return source.index(b"=", span.name_end) - span.start


def _starts_line(source: bytes, span: Span) -> bool:
    return _LINE_START.search(source, 0, span.start) is not None
