"""In what a record that arrives differs from the one that is there, and what the two make."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from northbib.library.incoming import Difference
from northbib.records import Date, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from northbib.records import Name, Record, Value

__all__ = ["TYPE", "differences", "merged"]

TYPE = "type"
"""The field that stands for the type of a record."""

_TOPICS = "keyword"
_OF_FILES = frozenset({"provenance", "ids"})
_ANY = "document"
"""The type that says nothing of what a work is: formats have it for all that they do not know."""

_MARKS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"'})
_MARKS |= str.maketrans({"”": '"', "\N{NO-BREAK SPACE}": " "})


def differences(ours: Record, theirs: Record) -> Iterator[Difference]:
    """Give the fields in which a record that arrives differs; what it lacks is no difference."""
    if theirs.type not in (ours.type, _ANY):
        yield Difference(TYPE, ours.type, theirs.type)
    for name, value in theirs.values.items():
        own = ours.values.get(name)
        if own is None or not _says_the_same(own, value):
            yield Difference(name, "" if own is None else _shown(own), _shown(value))
    if more := [word for word in theirs.keywords if word not in ours.keywords]:
        yield Difference(_TOPICS, ", ".join(ours.keywords), ", ".join((*ours.keywords, *more)))
    for name, text in theirs.extra.items():
        if name not in _OF_FILES and _bare(ours.extra.get(name, "")) != _bare(text):
            yield Difference(name, ours.extra.get(name, ""), text)


def merged(ours: Record, theirs: Record, found: Iterable[Difference]) -> Record:
    """Give the record that takes over, in some fields, what another one says."""
    names = {difference.field for difference in found}
    values = {name: value for name, value in theirs.values.items() if name in names}
    extra = {name: text for name, text in theirs.extra.items() if name in names}
    more = [word for word in theirs.keywords if word not in ours.keywords]
    return ours.replace(
        type=theirs.type if TYPE in names else ours.type,
        values={**ours.values, **values},
        keywords=(*ours.keywords, *more) if _TOPICS in names else ours.keywords,
        extra={**ours.extra, **extra},
    )


def _says_the_same(one: Value, other: Value) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return [_name(name) for name in one] == [_name(name) for name in other]
    if isinstance(one, Date) or isinstance(other, Date):
        return one == other
    return _bare(_shown(one)) == _bare(_shown(other))


def _name(name: Name) -> str:
    return _bare(name.literal or f"{name.sort_form}")


def _bare(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(_MARKS)
    return " ".join(composed.replace("--", "-").split())


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(name.sort_form for name in value)
    return (value.literal or value.edtf()) if isinstance(value, Date) else plain(value)
