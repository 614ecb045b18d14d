"""What stands in for a citation or an entry that an engine could not set: the facts, plainly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.markup.inline import merge, parse_inline
from northbib.markup.tree import Inline, Inlines, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from northbib.records.names import Name
    from northbib.records.record import Record

__all__ = ["plain_citation", "plain_entry"]

_MOST_NAMES = 10


def plain_entry(record: Record) -> Inlines:
    """Give authors, title, date and where a work stood, each with a full stop; else its key."""
    return _sentences(
        (
            (Text(_names(record, str, "; ")),),
            parse_inline(record.text("title")),
            (Text(_date(record)),),
            parse_inline(record.text("container-title") or record.text("publisher")),
        ),
        ". ",
    ) or (Text(record.key),)


def plain_citation(record: Record) -> Inlines:
    """Give the authors' family names, or else the title, and the date; else the key of a work."""
    names = _names(record, lambda name: name.literal or name.family or str(name), ", ")
    first = (Text(names),) if names else parse_inline(record.text("title"))
    return _sentences((first, (Text(_date(record)),)), " ") or (Text(record.key),)


def _names(record: Record, write: Callable[[Name], str], joint: str) -> str:
    names = record.names("author") or record.names("editor")
    written = [write(name) for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        written.append("et al.")
    return joint.join(written)


def _date(record: Record) -> str:
    date = record.date("issued")
    return "" if date is None else date.edtf()


def _sentences(parts: Iterable[Inlines], joint: str) -> Inlines:
    joined: list[Inline] = []
    for part in parts:
        content = merge(part)
        if content:
            joined += [Text(joint), *content] if joined else content
    return merge(joined)
