"""The rows of the index for an entry: where it stands, what it is found by, and its record."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from northbib.library.index.packing import pack
from northbib.library.index.places import digest
from northbib.library.index.spans import spans_of
from northbib.library.known import marks
from northbib.library.lineage import lineage
from northbib.library.searching.reading import COLUMNS, Reading
from northbib.library.searching.spans import days_of
from northbib.records import fold
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    from northbib.bibtex import Entry
    from northbib.records import Record

__all__ = ["BITS", "NAMES", "ODD_NAMES", "ODD_TEXTS", "Row", "row_of"]

_FIRST_BITS = (
    "title title-short original-title container-title container-title-short collection-title"
    " volume-title event-title event-place publisher publisher-place original-publisher genre"
    " abstract note annote DOI URL ISBN ISSN PMID PMCID language page volume issue number edition"
    " chapter-number collection-number number-of-pages number-of-volumes part-number version status"
    " archive archive_location call-number keyword eprint eprinttype file confidence evidence"
    " notseen crossref shorthand eid timestamp owner"
).split()
BITS: dict[str, int] = {
    name: 1 << place
    for place, name in enumerate(
        [*_FIRST_BITS, "author", "editor", "translator", *sorted(DATE_VARIABLES)]
    )
}
"""Variable or field -> its bit in `entry.has`."""

NAMES = 1 << 60
"""The bit of records that name anybody at all."""

ODD_TEXTS, ODD_NAMES = 1 << 61, 1 << 62
"""The bits of records in whose texts, or names, words may be parted otherwise than SQLite does."""

_NAMES = COLUMNS.index("names")
_SHAPES = 1 << 11
"""How many sets of fields are kept in memory with their bits: most records have one of a few."""


class Row(NamedTuple):
    """What the index keeps of an entry besides its place.

    Attributes:
        digest: The hash of its bytes.
        entry: key, lower key, folded key where it is another, type, first and last day, bits of
            the fields that it has, crossref.
        parents: The keys in lower case of those that it takes fields from.
        marks: What its work is told by, and the fields that it has and that have no bit.
        spans: Its numbers and dates (`spans_of`).
        texts: The folded texts; None for what is no work of its own.
        json: Its record; None likewise.
        topics: Its topics, each once.
    """

    digest: bytes
    entry: tuple[str, str, str | None, str | None, int | None, int | None, int, str | None]
    parents: frozenset[str]
    marks: tuple[str, ...]
    spans: list[tuple[int, int, int]]
    texts: tuple[str, ...] | None
    json: str | None
    topics: tuple[str, ...]


def row_of(entry: Entry, record: Record | None) -> Row:
    """Give the row of an entry and of its record, if it is a work of its own."""
    fields, data = entry.as_dict(), entry.data
    lower, folded = entry.key.lower(), fold(entry.key)
    first, last = (record and days_of(record.date())) or (None, None)
    own_marks = [f"{kind}:{value}" for kind, value in marks(fields, record)]
    texts, has = None, 0
    if record is not None:
        texts = Reading(record).columns
        has, others = _has(tuple(record.values), tuple(record.extra))
        has |= _oddness(texts) | (BITS["keyword"] if record.keywords else 0)
        own_marks += others
    return Row(
        digest(data),
        (
            entry.key,
            lower,
            None if folded == lower else folded,
            None if record is None else record.type,
            first,
            last,
            has,
            fields["crossref"].strip().lower() if "crossref" in fields else None,
        ),
        lineage(fields),
        tuple(own_marks),
        [] if record is None else spans_of(record),
        texts,
        None if record is None else pack(record),
        () if record is None else tuple(dict.fromkeys(record.keywords)),
    )


@lru_cache(maxsize=_SHAPES)
def _has(variables: tuple[str, ...], others: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    """Give the bits of what a record has; and marks of what has no bit.

    Args:
        variables: The names of the variables that are set.
        others: The names of the other fields.
    """
    names = dict.fromkeys((*variables, *others))
    bits = 0 if NAME_VARIABLES.isdisjoint(variables) else NAMES
    for name in names:
        bits |= BITS.get(name, 0)
    return bits, tuple(f"has:{name}" for name in names if name not in BITS)


def _oddness(texts: tuple[str, ...]) -> int:
    if _is_even(texts[_NAMES]):
        return 0 if _is_even("".join(texts)) else ODD_TEXTS
    return ODD_TEXTS | ODD_NAMES


def _is_even(text: str) -> bool:
    return text.isascii() and "_" not in text
