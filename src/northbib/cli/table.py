"""A list of records as a table that fits the terminal."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len, set_cell_size

from northbib.cli.session import styled
from northbib.cli.short import people, year
from northbib.cli.terminal import safe
from northbib.records import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from northbib.records import Record

__all__ = ["fitted", "lines", "shown_key"]

_SAMPLE = 500
"""Records that decide how wide the columns are: the first line is not to wait for the last."""
_GAP = "  "
_ELLIPSIS = "…"
_JOINER = "\N{ZERO WIDTH JOINER}"
_FOR_YEARS = 40
_FOR_PEOPLE = 60
_FOR_TYPES = 110
_FOR_TOPICS = 140
_WIDEST_PEOPLE = 28
_WIDEST_TYPE = 17


class _Widths(NamedTuple):
    """The columns of the terminal that each column of the table gets; 0 leaves it out."""

    key: int
    people: int
    year: int
    title: int
    type: int
    topics: int


def lines(
    records: Iterable[Record], width: int, mark: Callable[[str, str], str] | None = None
) -> Iterator[str]:
    """Give a line for each record, none of which is wider than the terminal.

    Args:
        records: The records, taken as they are needed.
        width: The columns of the terminal.
        mark: Highlights parts of a text, which is cut already, in a column by its name.
    """
    rest = iter(records)
    first = list(islice(rest, _SAMPLE))
    widths = _widths(first, width)
    shown = mark or _unmarked
    for record in chain(first, rest):
        yield _line(record, widths, width, shown)


def _unmarked(text: str, _column: str) -> str:
    return text


def fitted(text: str, width: int) -> str:
    """Cut a text to some columns, with an ellipsis where something is left out, or fill it up."""
    # A joiner at the end would join what follows, and be no wider than it.
    text = text.rstrip(_JOINER)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width <= 1:
        return _ELLIPSIS[:width]
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + _ELLIPSIS, width)


def shown_key(key: str) -> str:
    """Give a key as keys are shown."""
    return styled(key, fg="cyan")


def _widths(records: list[Record], width: int) -> _Widths:
    key = min(_widest(record.key for record in records), max(width // 3, width - _FOR_PEOPLE))
    given = min(_widest(map(people, records)), _WIDEST_PEOPLE, width // 4)
    others = (
        given if width >= _FOR_PEOPLE else 0,
        _widest(map(year, records)) if width >= _FOR_YEARS else 0,
        _WIDEST_TYPE if width >= _FOR_TYPES else 0,
        width // 5 if width >= _FOR_TOPICS else 0,
    )
    title = width - key - len(_GAP) - sum(each + len(_GAP) for each in others if each)
    return _Widths(key, *others[:2], max(title, 0), *others[2:])


def _widest(texts: Iterable[str]) -> int:
    return max((cell_len(safe(text)) for text in texts), default=0)


def _line(record: Record, widths: _Widths, width: int, mark: Callable[[str, str], str]) -> str:
    key = safe(record.key)
    over = max(cell_len(key) - widths.key, 0)
    if over >= widths.title - 1:
        # A key is to be copied: it is cut only where the terminal is narrower than the key.
        return shown_key(fitted(key, min(cell_len(key), width)))
    cells = [
        ("people", people(record), widths.people),
        ("year", year(record), widths.year),
        ("title", plain(record.title), widths.title - over),
        ("type", record.type, widths.type),
        ("topics", ", ".join(record.keywords), widths.topics),
    ]
    shown = [mark(fitted(safe(text), columns), name) for name, text, columns in cells if columns]
    return _GAP.join([shown_key(set_cell_size(key, widths.key + over)), *shown]).rstrip()
