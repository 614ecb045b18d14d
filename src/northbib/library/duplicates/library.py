"""The duplicates of a library: found, looked at, and merged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.library.duplicates.finding import Group, duplicates
from northbib.library.duplicates.members import Members
from northbib.library.duplicates.merging import planned
from northbib.library.references import referred

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.library.duplicates.merging import Plan
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["Copies", "find", "is_clear", "plans"]


@dataclass(frozen=True, slots=True)
class Copies:
    """Records of one work in a library.

    Attributes:
        group: What was found, and how sure it is.
        records: The records, in the order of the library.
    """

    group: Group
    records: tuple[Stored, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What the records share, for people; of several pairs each reason once."""
        pairs = (match.comparison.reasons for match in self.group.matches)
        return tuple(dict.fromkeys(reason for reasons in pairs for reason in reasons))

    @property
    def objections(self) -> tuple[str, ...]:
        """In what they differ, for people."""
        pairs = (match.comparison.objections for match in self.group.matches)
        return tuple(dict.fromkeys(reason for reasons in pairs for reason in reasons))


def find(store: Store, query: str = "") -> list[Copies]:
    """Find the records of a library that are of one work.

    Args:
        store: The library.
        query: Leave out what none of the records that it finds belongs to; "" for all.

    Raises:
        UsageError: The query makes no sense.
        NotFoundError: It names a bibliography that is not there.
    """
    everything, parents = _read(store)
    keys = [stored.record.key.lower() for stored in everything]

    def apart(one: int, other: int) -> bool:
        # What takes fields from another entry is a part of it, and not the same work.
        return keys[other] in parents.get(one, ()) or keys[one] in parents.get(other, ())

    wanted = {(each.file, each.line) for each in store.find(query)} if query.strip() else None
    found = []
    for group in duplicates([stored.record for stored in everything], apart):
        records = tuple(everything[place] for place in group.members)
        if wanted is None or any((each.file, each.line) in wanted for each in records):
            found.append(Copies(group, records))
    return found


def is_clear(copies: Copies, plan: Plan, *, is_named: bool = False) -> bool:
    """Tell whether records can be merged without asking: nothing is in doubt, nothing is lost.

    Args:
        copies: The records.
        plan: How they would become one.
        is_named: Whether a person named one of them, and so decided that they are one work.
    """
    return not plan.obstacle and (is_named or copies.group.is_certain or plan.is_identical)


def plans(store: Store, found: Iterable[Copies], prefer: str = "") -> list[tuple[Copies, Plan]]:
    """Work out how records of one work would become one entry; see `merging.planned`."""
    members = Members(store)
    return [(copies, planned(members.of(copies.records), prefer)) for copies in found]


def _read(store: Store) -> tuple[list[Stored], dict[int, set[str]]]:
    """Give all records, and the keys of the entries that some of them take fields from."""
    everything: list[Stored] = []
    parents: dict[int, set[str]] = {}
    for bibliography in store.bibliographies.values():
        for (entry, _), stored in zip(bibliography.works, bibliography.stored, strict=True):
            if "crossref" in entry or "xdata" in entry or "xref" in entry:
                parents[len(everything)] = {key.lower() for key in referred(entry)}
            everything.append(stored)
    return everything, parents
