"""Changes to the text of an entry, in the style of what stands around them.

All take and give the entry's own text; no character but those of the change itself is touched.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.values import split_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex.scan import Span

__all__ = ["insert_field", "replace_value", "without_field"]

_INDENT = "  "
_COLUMN = 15
_LINE_START = re.compile(r"[\r\n][ \t]*\Z")


def replace_value(raw: str, span: Span, source: str) -> str:
    """Put a new value in the place of a field's value, between delimiters of the same kind."""
    old = raw[span.value_start : span.value_end]
    end = span.value_start + split_value(old)[1]
    return raw[: span.value_start] + _delimited(source, old) + raw[end:]


def insert_field(raw: str, spans: Sequence[Span], name: str, source: str, eol: str) -> str:
    """Add a field after the last one, with its indent, alignment, delimiters and comma."""
    if not spans:
        return _first_field(raw, name, source, eol)
    last = spans[-1]
    before = raw[_gap_start(raw, spans, -1) : last.start]
    lead = before[len(before.rstrip()) :]
    value = _delimited(source, raw[last.value_start : last.value_end], keep_bare=False)
    text = f"{lead}{name}{_equals(raw, spans, name)}{value}"
    if last.comma < 0:
        return f"{raw[: last.value_end]},{text}{raw[last.value_end :]}"
    return f"{raw[: last.comma + 1]}{text},{raw[last.comma + 1 :]}"


def without_field(raw: str, spans: Sequence[Span], index: int) -> str:
    """Take a field out, with the white space before it and its comma."""
    span = spans[index]
    if span.comma >= 0:
        return raw[: _gap_start(raw, spans, index)] + raw[span.comma + 1 :]
    comma = raw.rindex(",", 0, span.start)
    return raw[:comma] + raw[span.value_end :]


def _delimited(source: str, old: str, *, keep_bare: bool = True) -> str:
    if keep_bare and old.isdecimal() and source.isdecimal():
        return source
    quoted = old.startswith('"') and old.endswith('"')
    return f'"{source}"' if quoted and '"' not in source else f"{{{source}}}"


def _gap_start(raw: str, spans: Sequence[Span], index: int) -> int:
    """Where the white space before a field begins: after the comma of the one before."""
    index %= len(spans)
    before = spans[index - 1].comma if index else -1
    return (before if before >= 0 else raw.rindex(",", 0, spans[index].start)) + 1


def _first_field(raw: str, name: str, source: str, eol: str) -> str:
    body = raw[:-1].rstrip()
    comma = "" if body.endswith(",") else ","
    return f"{body}{comma}{eol}{_INDENT}{name:<{_COLUMN - 2}}= {{{source}}},{eol}{raw[-1]}"


def _equals(raw: str, spans: Sequence[Span], name: str) -> str:
    """What stands between a new name and its value: aligned where the neighbours are."""
    last = spans[-1]
    own = raw[last.start + len(last.name) : last.value_start]
    head, _, tail = own.partition("=")
    columns = {_column(raw, span) for span in spans if _starts_line(raw, span)}
    names = {len(span.name) for span in spans}
    if not _starts_line(raw, last) or len(columns) != 1 or (len(names) == 1 and len(head) < 2):
        return f"{' ' if head else ''}={tail}"
    width = len(last.name) + len(head)
    return f"{' ' * max(width - len(name), 1 if head else 0)}={tail}"


def _column(raw: str, span: Span) -> int:
    equals = raw.index("=", span.start + len(span.name))
    return equals - span.start


def _starts_line(raw: str, span: Span) -> bool:
    return _LINE_START.search(raw, 0, span.start) is not None
