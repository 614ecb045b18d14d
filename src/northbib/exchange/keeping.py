"""Notes in a stated form, for what a format has no part for.

A note is a line `{:name: value}`, the form that citeproc-js and Zotero read in the note of an
item: `{:original-date: 1988}`. The name is a CSL variable, `type`, `citation-key`, `keyword` (one
line for each), or `tex.` and the name of a BibLaTeX field that CSL has no variable for. An empty
value says that the record has no such variable, although the format's parts look as if.

- Text is written as it is, with its inline markup; with line breaks in it, as a JSON string.
- A name is `family || given || suffix || dropping particle || non-dropping particle`, without the
  empty parts at the end; the name of a body is written alone. One line for each name.
- A date is EDTF, or its literal.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeVar

from northbib.records import Date, Name, Record
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.records import Value

__all__ = ["is_kept", "kept_lines", "with_kept"]

T = TypeVar("T")

KEY = "citation-key"
TYPE = "type"
TOPIC = "keyword"
EXTRA = "tex."

_LINE = re.compile(r"\{:(?P<name>[A-Za-z][\w.+-]*): ?(?P<value>.*)\}", re.DOTALL)
_OTHERS = frozenset({TYPE, TOPIC, KEY})
_VARIABLES = NAME_VARIABLES | DATE_VARIABLES | NUMBER_VARIABLES | TEXT_VARIABLES | _OTHERS
_PARTS = ("family", "given", "suffix", "dropping_particle", "non_dropping_particle")
_BETWEEN = " || "
_BREAKS = re.compile(r"[\x00-\x1f\x85\u2028\u2029]")


def is_kept(line: str) -> bool:
    """Tell whether a note is one of ours."""
    match = _LINE.fullmatch(line.strip())
    return match is not None and (match["name"] in _VARIABLES or match["name"].startswith(EXTRA))


def kept_lines(record: Record, names: Iterable[str]) -> list[str]:
    """Give the notes for some parts of a record.

    Args:
        record: The record.
        names: The parts: CSL variables, `type`, `citation-key`, `keyword` and `tex.` fields.
    """
    return [f"{{:{name}: {value}}}" for name in names for value in _written(record, name)]


def with_kept(record: Record, lines: Iterable[str]) -> Record:
    """Give a record with what notes say; lines that are none of ours say nothing."""
    kept: dict[str, list[str]] = {}
    for line in lines:
        match = _LINE.fullmatch(line.strip())
        if match is not None and is_kept(line):
            kept.setdefault(match["name"], []).append(match["value"].strip())
    if not kept:
        return record
    values, extra = dict(record.values), dict(record.extra)
    for name, written in kept.items():
        if name.startswith(EXTRA):
            _set(extra, name.removeprefix(EXTRA), _text(written[0]))
        elif name not in _OTHERS:
            _set(values, name, _value(name, written))
    kind = kept.get(TYPE, [record.type])[0]
    return Record(
        key=kept.get(KEY, [record.key])[0],
        type=kind if kind in TYPES else record.type,
        values=values,
        keywords=tuple(_text(word) for word in kept[TOPIC] if word)
        if TOPIC in kept
        else record.keywords,
        extra=extra,
    )


def _set(values: dict[str, T], name: str, value: T) -> None:
    if value:
        values[name] = value
    else:
        values.pop(name, None)


def _written(record: Record, name: str) -> Iterator[str]:
    if name == KEY:
        yield record.key
    elif name == TYPE:
        yield record.type
    elif name == TOPIC:
        yield from [_line(word) for word in record.keywords] or [""]
    elif name.startswith(EXTRA):
        yield _line(record.extra.get(name.removeprefix(EXTRA), ""))
    else:
        yield from _of_value(record.values.get(name, ""))


def _of_value(value: Value) -> Iterator[str]:
    if isinstance(value, tuple):
        yield from map(_of_name, value)
    elif isinstance(value, Date):
        yield value.edtf()
    else:
        yield _line(value)


def _of_name(name: Name) -> str:
    if name.literal:
        return name.literal
    parts = [getattr(name, part) for part in _PARTS]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    return _BETWEEN.join(parts)


def _line(text: str) -> str:
    needs_quotes = _BREAKS.search(text) or (text[:1] == '"' and text[-1:] == '"')
    return json.dumps(text, ensure_ascii=False) if needs_quotes or text != text.strip() else text


def _text(written: str) -> str:
    if len(written) > 1 and written[0] == written[-1] == '"':
        try:
            return str(json.loads(written))
        except ValueError:
            return written
    return written


def _value(name: str, written: list[str]) -> Value:
    if name in NAME_VARIABLES:
        return tuple(_name(one) for one in written if one)
    if name in DATE_VARIABLES:
        return Date.parse(written[0]) if written[0] else ""
    return _text(written[0])


def _name(written: str) -> Name:
    if "||" not in written:
        return Name(literal=written)
    parts = [part.strip() for part in written.split("||")]
    return Name(**dict(zip(_PARTS, parts, strict=False)))
