"""The order of a reading list: by several fields, with one collation for every locale.

Text is compared without case, accents and leading punctuation, titles without their leading
article (a, an, the). What has no value in a field comes last in it, whichever the direction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.lists.fields import GIVEN, direction, sort_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.records import Record

__all__ = ["ordered"]

_TIES = ("author", "date", "title", "key")


def ordered(records: Iterable[Record], sort: Sequence[str]) -> list[Record]:
    """Sort records by fields, the first of them first; a leading `-` turns a field's order round.

    Records that are equal in all of them stand by author, date, title and key. `given` keeps the
    order in which they came, or, as `-given`, turns it round.

    Raises:
        UsageError: There is no such field.
    """
    result, fields = _from_given(list(records), tuple(sort))
    for name in reversed(fields):
        field, (_, descending) = sort_field(name), direction(name)
        keyed = [(field.sort_key(record), record) for record in result]
        present = [(key, record) for key, record in keyed if key is not None]
        present.sort(key=lambda pair: pair[0], reverse=descending)
        result = [record for _, record in present]
        result += [record for key, record in keyed if key is None]
    return result


def _from_given(
    records: list[Record], sort: tuple[str, ...]
) -> tuple[list[Record], tuple[str, ...]]:
    """Give the records as they are to stand before they are sorted, and the fields to sort by."""
    for place, name in enumerate(sort):
        if direction(name) == (GIVEN, True):
            return records[::-1], sort[:place]
        if name == GIVEN:
            return records, sort[:place]
    named = {direction(name)[0] for name in sort}
    return records, (*sort, *(name for name in _TIES if name not in named))
