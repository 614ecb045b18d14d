"""A list of records as a table that fits the terminal."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from northbib.cli.session import styled
from northbib.cli.terminal import safe
from northbib.records import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from northbib.records import Record

__all__ = ["fitted", "lines", "people"]

Mark = "Callable[[str], str]"

_SAMPLE = 500
"""Records whose keys decide how wide the columns are: the first line is not to wait for the last."""
_MANY_NAMES = 3
_GAP = "  "
_ELLIPSIS = "…"
_YEAR = 4
_LEAST_TITLE = 24
_FOR_PEOPLE = 56
_FOR_TYPES = 110
_FOR_TOPICS = 140
_WIDEST_PEOPLE = 28
_WIDEST_TYPE = 17


class _Widths(NamedTuple):
    """The columns of the terminal that each column of the table gets; 0 leaves it out."""

    key: int
    people: int
    title: int
    type: int
    topics: int


def lines(
    records: Iterable[Record], width: int, mark: Callable[[str], str] | None = None
) -> Iterator[str]:
    """Give a line for each record, none of which is wider than the terminal.

    Args:
        records: The records, taken as they are needed.
        width: The columns of the terminal.
        mark: Highlights parts of a text that is cut already.
    """
    rest = iter(records)
    first = list(islice(rest, _SAMPLE))
    widths = _widths(first, width)
    shown = mark or str
    for record in chain(first, rest):
        yield _line(record, widths, width, shown)


def fitted(text: str, width: int) -> str:
    """Cut a text to some columns, with an ellipsis where something is left out, or fill it up."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width <= 1:
        return _ELLIPSIS[:width]
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + _ELLIPSIS, width)


def people(record: Record) -> str:
    """Give the family names of the first who are named: authors, else editors."""
    names = record.names("author") or record.names("editor")
    shown = ", ".join(name.family or name.literal for name in names[:_MANY_NAMES])
    return f"{shown} et al." if len(names) > _MANY_NAMES else shown


def _widths(records: list[Record], width: int) -> _Widths:
    longest = max((cell_len(record.key) for record in records), default=0)
    key = min(longest, max(width // 3, width - 60))
    names = max((cell_len(safe(people(record))) for record in records), default=0)
    given = min(names, _WIDEST_PEOPLE, width // 4) if width >= _FOR_PEOPLE else 0
    kind = _WIDEST_TYPE if width >= _FOR_TYPES else 0
    topics = width // 5 if width >= _FOR_TOPICS else 0
    taken = sum(each + len(_GAP) for each in (key, given, _YEAR, kind, topics) if each)
    return _Widths(key, given, max(width - taken, 0), kind, topics)


def _line(record: Record, widths: _Widths, width: int, mark: Callable[[str], str]) -> str:
    key = safe(record.key)
    over = max(cell_len(key) - widths.key, 0)
    year = "" if record.year is None else str(record.year)
    cells = [
        (people(record), widths.people),
        (year, _YEAR),
        (plain(record.title), widths.title - over),
        (record.type, widths.type),
        (", ".join(record.keywords), widths.topics),
    ]
    if over >= widths.title - 1:
        # A key is to be copied: it is cut only where the terminal is narrower than the key.
        return mark_key(fitted(key, min(cell_len(key), width)))
    shown = [mark(fitted(safe(text), columns)) for text, columns in cells if columns > 0]
    return _GAP.join([mark_key(set_cell_size(key, widths.key + over)), *shown]).rstrip()


def mark_key(key: str) -> str:
    """Show a key as keys are shown."""
    return styled(key, fg="cyan")
