"""The rows of the index for an entry: where it stands, what it is found by, and its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.library.index.packing import pack
from northbib.library.index.places import digest
from northbib.library.known import marks
from northbib.library.lineage import lineage
from northbib.library.searching.reading import Reading
from northbib.library.searching.spans import days_of
from northbib.records import fold
from northbib.records.vocabulary import DATE_VARIABLES, NUMBER_VARIABLES

if TYPE_CHECKING:
    from northbib.bibtex import Entry
    from northbib.records import Record

__all__ = ["BITS", "NAMES", "NUMBERS", "ODD_NUMBER", "OTHER", "Row", "row_of"]

_FIRST_BITS = (
    "title title-short original-title container-title container-title-short collection-title"
    " volume-title event-title event-place publisher publisher-place original-publisher genre"
    " abstract note annote DOI URL ISBN ISSN PMID PMCID language page volume issue number edition"
    " chapter-number collection-number number-of-pages number-of-volumes part-number version status"
    " archive archive_location call-number keyword eprint eprinttype file confidence evidence"
    " notseen"
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

OTHER = 1 << 61
"""The bit of records that have a variable or field without a bit of its own."""


ODD_NUMBER = 1 << 62
"""The bit of records that have a number which is not just a number: `12a`, `12-13`, `007`."""

NUMBERS = NUMBER_VARIABLES - {"page", "page-first"}
"""The variables that this counts in; pages are hardly ever one number."""

_LONGEST_NUMBER = 12


class Row(NamedTuple):
    """What the index keeps of an entry besides its place.

    Attributes:
        digest: The hash of its bytes.
        entry: key, lower key, folded key where it is another, type, first and last day, bits of
            the fields that it has, crossref.
        parents: The keys in lower case of those that it takes fields from.
        marks: What its work is told by.
        texts: The folded texts; None for what is no work of its own.
        json: Its record; None likewise.
        topics: Its topics, each once.
    """

    digest: bytes
    entry: tuple[str, str, str | None, str | None, int | None, int | None, int, str | None]
    parents: frozenset[str]
    marks: tuple[str, ...]
    texts: tuple[str, ...] | None
    json: str | None
    topics: tuple[str, ...]


def row_of(entry: Entry, record: Record | None) -> Row:
    """Give the row of an entry and of its record, if it is a work of its own."""
    fields, data = entry.as_dict(), entry.data
    lower, folded = entry.key.lower(), fold(entry.key)
    first, last = (record and days_of(record.date())) or (None, None)
    return Row(
        digest(data),
        (
            entry.key,
            lower,
            None if folded == lower else folded,
            None if record is None else record.type,
            first,
            last,
            0 if record is None else _has(record),
            fields["crossref"].strip().lower() if "crossref" in fields else None,
        ),
        lineage(fields),
        tuple([f"{kind}:{value}" for kind, value in marks(fields, record)]),
        None if record is None else Reading(record).columns,
        None if record is None else pack(record),
        () if record is None else tuple(dict.fromkeys(record.keywords)),
    )


def _has(record: Record) -> int:
    bits = BITS["keyword"] if record.keywords else 0
    for name, value in record.values.items():
        bits |= BITS.get(name, OTHER)
        if isinstance(value, tuple):
            bits |= NAMES
        elif name in NUMBERS and _is_odd(value):
            bits |= ODD_NUMBER
    for name, value in record.extra.items():
        bits |= BITS.get(name, OTHER)
        if name in NUMBERS and _is_odd(value):
            bits |= ODD_NUMBER
    return bits


def _is_odd(value: object) -> bool:
    text = str(value)
    is_number = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return not is_number or text[0] == "0"
