"""The groups of a reading list, with the order of their headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.lists.fields import direction, group_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.lists.fields import Group
    from northbib.records import Record

__all__ = ["grouped"]


def grouped(records: Sequence[Record], group: str) -> list[tuple[str, list[Record]]]:
    """Part records into groups: each heading with its records in the order in which they came.

    Years and decades stand from the oldest, types in the order of `labels.TYPES`, all others by
    the alphabet; a leading `-` turns that round. A record with several topics stands under each of
    them; one that has nothing to be grouped by stands in the last group, "Other" or "Undated".

    Raises:
        UsageError: There is no such field, or it makes no groups.
    """
    field, (_, descending) = group_field(group), direction(group)
    members: dict[str, list[Record]] = {}
    found: dict[str, Group] = {}
    rest: list[Record] = []
    for record in records:
        groups = field.groups(record) if field.groups else ()
        for one in groups:
            found.setdefault(one.label, one)
            members.setdefault(one.label, []).append(record)
        if not groups:
            rest.append(record)
    in_order = sorted(found.values(), key=lambda one: one.rank, reverse=descending)
    result = [(one.label, members[one.label]) for one in in_order]
    return [*result, (field.rest, rest)] if rest else result
