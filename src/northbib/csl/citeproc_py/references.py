"""Records as citeproc-py wants them.

What it is given here is built part by part, not by its own JSON reader: that one lower-cases ids,
knows 11 of the 26 name variables, and warns on standard error of what it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from citeproc import source
from citeproc.string import String

from northbib.csl.citeproc_py.marks import mark_field, without_marks
from northbib.records.dates import Date, Day
from northbib.records.text import plain

if TYPE_CHECKING:
    from northbib.records.names import Name
    from northbib.records.record import Record, Value

__all__ = ["reference"]

# Names of CSL 1.0.1 that older styles still ask for.
_OLD_NAMES = {"event-title": "event"}
_OPEN_END = {"year": 0}


def reference(key: str, record: Record) -> Any:
    """Make a record into a reference of citeproc-py.

    Args:
        key: The key that citeproc-py will know it by; in lower case, as it changes any other.
        record: The record.
    """
    made = source.Reference(key, record.type)
    for variable, value in record.values.items():
        for name in (variable, _OLD_NAMES.get(variable, variable)):
            # Most of citeproc-py looks variables up with underscores, `number` without.
            made[name] = made[name.replace("-", "_")] = _value(variable, value)
    return made


def _value(variable: str, value: Value) -> Any:
    if isinstance(value, tuple):
        return [_name(name) for name in value]
    if isinstance(value, Date):
        return _date(value)
    # The language is compared, never printed.
    return plain(value).lower() if variable == "language" else mark_field(value)


def _name(name: Name) -> Any:
    parts = {part: without_marks(plain(text)) for part, text in name.to_csl().items()}
    return source.Name(literal=parts["literal"]) if "literal" in parts else source.Name(**parts)


def _date(date: Date) -> Any:
    begin, end = date.start, date.end
    if date.literal or begin is None:
        return source.LiteralDate(String(without_marks(date.edtf())), circa=date.circa)
    if not date.is_range:
        return source.Date(circa=date.circa, **_parts(begin))
    if end is None:
        ends = source.Date(**_parts(begin)), source.Date(**_OPEN_END)
    else:
        begin, end = _as_exact_as_each_other(begin, end)
        if begin == end:
            return source.Date(circa=date.circa, **_parts(begin))
        ends = source.Date(**_parts(begin)), source.Date(**_parts(end))
    return source.DateRange(begin=ends[0], end=ends[1], circa=date.circa)


def _as_exact_as_each_other(begin: Day, end: Day) -> tuple[Day, Day]:
    """Cut two days to what is known of both: citeproc-py fails on a range of unequal ends."""
    if begin.season or end.season or not (begin.month and end.month):
        return Day(begin.year), Day(end.year)
    if not (begin.day and end.day):
        return Day(begin.year, begin.month), Day(end.year, end.month)
    return begin, end


def _parts(day: Day) -> dict[str, int]:
    names = ("year", "month", "day")
    parts = dict(zip(names, day.parts, strict=False))
    return {**parts, "season": day.season} if day.season else parts
