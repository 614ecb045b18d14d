"""A record as compact JSON, and back: what the index keeps of a record."""

from __future__ import annotations

import json
from dataclasses import fields
from functools import lru_cache
from json.encoder import encode_basestring_ascii as _dump_text
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from northbib.records import Date, Name, Record
from northbib.records.dates import Day

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LAYOUT", "pack", "topics_of", "unpack"]

_PARTS = {each: tuple(field.name for field in fields(each)) for each in (Name, Date, Day, Record)}
_KEPT = 1 << 13
"""How many names and dates are kept in memory as they are written: they come back again."""
_SHAPES = 1 << 11
"""Likewise, how many sets of fields."""
_name_parts: Callable[[Name], tuple[str, ...]] = attrgetter(*_PARTS[Name])
_date_parts = attrgetter(*_PARTS[Date])
_day_parts = attrgetter(*_PARTS[Day])

LAYOUT = json.dumps([_PARTS[each] for each in (Name, Date, Day, Record)])
"""What the JSON goes by: a record that was packed by another layout cannot be unpacked."""

_dump = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False).encode


def pack(record: Record) -> str:
    """Give the JSON of a record."""
    # Most records have one of a few sets of fields: what is the same in all of those is kept, and
    # takes half the time that an encoder takes.
    values = [
        _dump_text(value)
        if isinstance(value, str)
        else f"[{','.join(map(_name, value))}]"
        if isinstance(value, tuple)
        else _date(value)
        for value in record.values.values()
    ]
    keywords = ",".join(map(_dump_text, record.keywords))
    extra = map(_dump_text, record.extra.values())
    shape = _shape(record.type, tuple(record.values), tuple(record.extra))
    return shape % (_dump_text(record.key), *values, keywords, *extra)


@lru_cache(maxsize=_SHAPES)
def _shape(csl_type: str, variables: tuple[str, ...], fields: tuple[str, ...]) -> str:
    """Give the JSON of a record with `%s` for its key, its values, its topics and its fields."""
    head = _dump_text(csl_type).replace("%", "%%")
    return f"[%s,{head},{{{_members(variables)}}},[%s],{{{_members(fields)}}}]"


def _members(names: tuple[str, ...]) -> str:
    return ",".join([_dump_text(name).replace("%", "%%") + ":%s" for name in names])


def unpack(text: str) -> Record:
    """Give the record of a JSON text.

    Raises:
        ValueError: It is not the JSON of a record.
    """
    try:
        key, csl_type, values, keywords, extra = json.loads(text)
        read = {name: _value(value) for name, value in values.items()}
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError("not the JSON of a record") from error
    return Record(key, csl_type, read, tuple(keywords), extra)


def topics_of(text: str | None) -> tuple[str, ...]:
    """Give the topics of a JSON text, each once; None, for what is no record, has none.

    Raises:
        ValueError: It is not the JSON of a record.
    """
    try:
        return () if text is None else tuple(dict.fromkeys(json.loads(text)[3]))
    except (TypeError, IndexError) as error:
        raise ValueError("not the JSON of a record") from error


@lru_cache(maxsize=_KEPT)
def _name(name: Name) -> str:
    """Give the parts of a name up to the last that it has."""
    parts = _name_parts(name)
    while parts and not parts[-1]:
        parts = parts[:-1]
    return _dump(parts)


@lru_cache(maxsize=_KEPT)
def _date(date: Date) -> str:
    parts = zip(_PARTS[Date], _date_parts(date), strict=True)
    return _dump(
        {
            name: list(_day_parts(value)) if isinstance(value, Day) else value
            for name, value in parts
            if value
        }
    )


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return tuple(Name(*parts) for parts in value)
    parts: dict[str, Any] = {
        name: Day(*part) if isinstance(part, list) else part for name, part in value.items()
    }
    return Date(**parts)
