"""CSL-JSON as it comes, made into records that hold: each variable known and of its own kind.

Source: the CSL-JSON schema 1.0.2 (`csl-data.json`); the older names are those of citeproc-js.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from northbib.findings import Finding
from northbib.markup.visible import one_line
from northbib.records.dates import Date
from northbib.records.names import Name
from northbib.records.record import Record, Value
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

__all__ = ["read_item"]

_OTHER_NAMES = {
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
    "event": "event-title",
    "event-location": "event-place",
}
_TEXTS = TEXT_VARIABLES | NUMBER_VARIABLES
_NO_TYPE = "document"
_QUIET = frozenset({"id", "type", "custom", "categories", "citation-key", "key"})
_NAME_PARTS = (
    "family",
    "given",
    "dropping-particle",
    "non-dropping-particle",
    "suffix",
    "literal",
)


@dataclass(slots=True)
class _Reader:
    """One item being read, and what is wrong with it."""

    key: str
    warnings: list[Finding] = field(default_factory=list)

    def warn(self, code: str, message: str) -> None:
        self.warnings.append(Finding(code=code, severity="warning", message=message, key=self.key))


def read_item(item: Mapping[str, Any]) -> tuple[Record, list[Finding]]:
    """Read a CSL-JSON item, whatever is in it.

    Numbers become text; lists of texts are joined by commas; a text where names or a date belong
    is read as a literal name or an EDTF date. Text stands on one line and has no control
    characters. What still does not fit is left out with a warning; what is empty, and what is not
    a variable of CSL, without.

    Args:
        item: The item; its `id` is a text.

    Returns:
        The record, with a known type, and the warnings.
    """
    reader = _Reader(str(item.get("id", "")))
    values: dict[str, Value] = {}
    for given_name, raw in item.items():
        if given_name in _QUIET or raw is None:
            continue
        variable = _OTHER_NAMES.get(given_name, given_name)
        if variable != given_name and item.get(variable):
            continue
        value = _value(variable, raw, reader)
        if value:
            values[variable] = value
    return Record(reader.key, _type(item.get("type"), reader), values), reader.warnings


def _type(raw: object, reader: _Reader) -> str:
    if isinstance(raw, str) and raw in TYPES:
        return raw
    said = f"its type {raw!r} is not one of CSL" if raw else "it has no type"
    reader.warn("unknown-type", f"{reader.key}: {said}, so it is set as a document")
    return _NO_TYPE


def _value(variable: str, raw: object, reader: _Reader) -> Value | None:
    if variable in NAME_VARIABLES:
        return _names(variable, raw, reader)
    if variable in DATE_VARIABLES:
        return _date(variable, raw, reader)
    return _text(variable, raw, reader) if variable in _TEXTS else None


def _text(variable: str, raw: object, reader: _Reader) -> str:
    parts = raw if isinstance(raw, list) else [raw]
    texts = [_scalar(part) for part in parts]
    if None in texts:
        _warn_of_kind(variable, "text", raw, reader)
    return ", ".join(text for text in texts if text)


def _scalar(raw: object) -> str | None:
    """Give the text of a text or number, None if it is neither."""
    if isinstance(raw, str):
        return one_line(raw).strip()
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None
    try:
        return str(int(raw) if raw == int(raw) else raw)
    except (ValueError, OverflowError):
        return None  # Not a number, infinite, or of more digits than Python writes out.


def _names(variable: str, raw: object, reader: _Reader) -> tuple[Name, ...]:
    entries = raw if isinstance(raw, list) else [raw]
    names = [_name(entry) for entry in entries]
    if None in names:
        _warn_of_kind(variable, "names", raw, reader)
    return tuple(name for name in names if name)


def _name(raw: object) -> Name | None:
    if isinstance(raw, str):
        return Name(literal=one_line(raw).strip()) if raw.strip() else None
    if not isinstance(raw, Mapping):
        return None
    parts = {part: _scalar(raw[part]) for part in _NAME_PARTS if raw.get(part) is not None}
    name = Name.from_csl({part: text for part, text in parts.items() if text})
    return name if name != Name() else None


def _date(variable: str, raw: object, reader: _Reader) -> Date | None:
    if isinstance(raw, Mapping):
        date = _date_of_parts(raw, reader)
    else:
        text = _scalar(raw)
        date = Date.parse(text) if text else Date()
        if text is None:
            _warn_of_kind(variable, "a date", raw, reader)
    return None if date == Date() else date


def _date_of_parts(raw: Mapping[str, Any], reader: _Reader) -> Date:
    written = {name: raw[name] for name in ("season", "circa") if name in raw}
    for name in ("edtf", "literal", "raw"):
        text = _scalar(raw.get(name))
        if text:
            written[name] = text
    parts = _date_parts(raw.get("date-parts"))
    if not any(any(part) for part in parts):
        return Date.from_csl(written)
    for length in (3, 2, 1):
        date = Date.from_csl({**written, "date-parts": [part[:length] for part in parts]})
        if date.start is not None:
            return date
        reader.warn("impossible-date", f"{reader.key}: there is no such date: {parts}")
    return date


def _date_parts(raw: object) -> list[list[int]]:
    """Give the parts of one date or two, as far as they are numbers."""
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        return []
    dates = raw if any(isinstance(part, list) for part in raw) else [raw]
    return [_numbers(date) for date in dates[:2] if isinstance(date, Sequence)]


def _numbers(date: Sequence[Any]) -> list[int]:
    numbers: list[int] = []
    for part in date[:3]:
        text = _scalar(part)
        try:
            numbers.append(int(float(text or 0)))
        except (ValueError, OverflowError):
            break
    return numbers


def _warn_of_kind(variable: str, kind: str, raw: object, reader: _Reader) -> None:
    found = type(raw).__name__
    reader.warn("wrong-kind", f"{reader.key}: {variable} is not {kind} but {found}, and left out")
