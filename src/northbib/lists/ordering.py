"""The order of a reading list: by several fields, in the alphabet of the list's language.

Text is compared without case and punctuation, and without accents where they make no letter of
their own; titles without their leading article. What has no value in a field comes last in it,
whichever the direction.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from northbib.lists.fields import GIVEN, direction, sort_field
from northbib.lists.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.lists.filing import SortKey
    from northbib.records import Record

__all__ = ["ordered"]

_TIES = ("author", "date", "title", "key")
_ENGLISH = Words()

# The values of the fields that were sorted by, and the record.
_Keyed = tuple[tuple["SortKey | None", ...], "Record"]


def ordered(
    records: Iterable[Record], sort: Sequence[str], words: Words = _ENGLISH
) -> list[Record]:
    """Sort records by fields, the first of them first; a leading `-` turns a field's order round.

    Records that are equal in all of them stand by author, date, title and key. `given` keeps the
    order in which they came, or, as `-given`, turns it round.

    Args:
        records: The records.
        sort: The fields (`fields.FIELDS`, or any of BibLaTeX or CSL).
        words: The language of the list, whose alphabet counts.

    Raises:
        UsageError: There is no such field.
    """
    given = next((place for place, name in enumerate(sort) if direction(name)[0] == GIVEN), None)
    fields = tuple(sort if given is None else sort[:given])
    start = list(records)
    if given is not None and direction(sort[given])[1]:
        start.reverse()
    result = _sorted(start, fields, words)
    if given is not None:
        return [record for _, record in result]
    named = {direction(name)[0] for name in fields}
    ties = tuple(name for name in _TIES if name not in named)
    return [record for alike in _alike(result) for record in _untied(alike, ties, words)]


def _sorted(records: Iterable[Record], fields: Sequence[str], words: Words) -> list[_Keyed]:
    keys = [sort_field(name).sort_key for name in fields]
    result = [(tuple(key(record, words) for key in keys), record) for record in records]
    for place in reversed(range(len(fields))):
        present = [one for one in result if one[0][place] is not None]
        absent = [one for one in result if one[0][place] is None]
        present.sort(key=lambda one: one[0][place] or (), reverse=direction(fields[place])[1])
        result = present + absent
    return result


def _alike(keyed: Iterable[_Keyed]) -> Iterable[list[Record]]:
    """Part sorted records into those that are equal in all fields, which few are."""
    for _, alike in groupby(keyed, key=lambda one: one[0]):
        yield [record for _, record in alike]


def _untied(records: list[Record], ties: tuple[str, ...], words: Words) -> list[Record]:
    if len(records) < 2 or not ties:
        return records
    return [record for _, record in _sorted(records, ties, words)]
