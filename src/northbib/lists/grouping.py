"""The groups of a reading list, one inside the other, with the order of their headings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from northbib.bibtex.tables import ENTRY_OF_TYPE
from northbib.errors import UsageError
from northbib.lists import translations
from northbib.lists.fields import direction, group_field
from northbib.lists.labels import TYPES, topic_label
from northbib.lists.words import Words
from northbib.records import fold
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.lists.fields import Group
    from northbib.records import Record

__all__ = ["Branch", "check_order", "cut", "grouped", "leaves"]

_ENGLISH = Words()
_LAST = 1_000_000


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of a list, as it stands in it.

    Attributes:
        label: What its heading says.
        works: Its records in their order.
        branches: The groups inside it; empty for the innermost.
    """

    label: str
    works: tuple[Record, ...]
    branches: tuple[Branch, ...] = ()


def grouped(
    records: Sequence[Record],
    group: Sequence[str],
    order: Sequence[str] = (),
    words: Words = _ENGLISH,
) -> tuple[Branch, ...]:
    """Part records into groups, in each of which they stand in the order in which they came.

    Years and decades stand from the oldest, types in the order of `labels.TYPES`, all others by
    the alphabet; a leading `-` turns that round. A record with several topics stands under each of
    them; one that has nothing to be grouped by stands in the last group, "Other" or "Undated".

    Args:
        records: The records.
        group: The fields, the outermost first; none for no groups.
        order: Names or headings of groups that stand before the others, in this order.
        words: The language of the headings and of the alphabet.

    Raises:
        UsageError: There is no such field, or it makes no groups.
    """
    if not group:
        return ()
    places = {fold(name): place for place, name in reversed(list(enumerate(order)))}
    result = _parted(records, group[0], places, words)
    if len(group) == 1:
        return tuple(result)
    inner = ((one, grouped(one.works, group[1:], order, words)) for one in result)
    return tuple(replace(one, branches=branches) for one, branches in inner)


def leaves(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Give the innermost groups in their order."""
    for branch in branches:
        if branch.branches:
            yield from leaves(branch.branches)
        else:
            yield branch


def cut(branches: Sequence[Branch], limit: int | None) -> tuple[Branch, ...]:
    """Leave the first works only in each of the innermost groups."""
    if limit is None:
        return tuple(branches)
    return tuple(
        replace(one, branches=cut(one.branches, limit))
        if one.branches
        else replace(one, works=one.works[:limit])
        for one in branches
    )


def check_order(group: Sequence[str], order: Sequence[str], locale: str | None = None) -> None:
    """See that an order of groups can be meant.

    Raises:
        UsageError: There are no groups, or they are types and one that is named is no type.
    """
    if order and not group:
        raise UsageError("an order of groups needs groups", hint="say by what: group=type")
    if [direction(name)[0] for name in group] != ["type"]:
        return
    known = {fold(name): name for name in _names_of_types(Words(locale or "en"))}
    wrong = next((name for name in order if fold(name) not in known), None)
    if wrong is not None:
        hint = did_you_mean(wrong, known.values()) or "types are book, report, article-journal, …"
        raise UsageError(f"there is no type {wrong!r} to put in order", hint=hint)


def _names_of_types(words: Words) -> Iterator[str]:
    for csl_type, heading in TYPES.items():
        names = (csl_type, *ENTRY_OF_TYPE[csl_type], heading, words.type(csl_type))
        yield from filter(None, names)
    # A style may have a language of its own.
    for headings in translations.TYPES.values():
        yield from headings.values()


def _parted(
    records: Sequence[Record], name: str, places: dict[str, int], words: Words
) -> list[Branch]:
    field, (_, descending) = group_field(name), direction(name)
    members: dict[str, list[Record]] = {}
    found: dict[str, Group] = {}
    rest: list[Record] = []
    for record in records:
        groups = field.groups(record, words) if field.groups else ()
        for one in groups:
            found.setdefault(one.label, one)
            members.setdefault(one.label, []).append(record)
        if not groups:
            rest.append(record)
    in_order = sorted(found.values(), key=lambda one: one.rank, reverse=descending)
    if places:
        in_order.sort(key=lambda one: _place(one, places))
    result = [Branch(one.label, tuple(members[one.label])) for one in in_order]
    return [*result, Branch(field.rest(words), tuple(rest))] if rest else result


def _place(group: Group, places: dict[str, int]) -> int:
    names = (group.label, *group.names, *(topic_label(name) for name in group.names))
    return min((places.get(fold(name), _LAST) for name in names if name), default=_LAST)
