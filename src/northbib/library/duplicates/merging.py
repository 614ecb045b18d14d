"""Making one entry of several of one work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.library.duplicates.combining import Conflict, combined
from northbib.library.duplicates.members import Members
from northbib.library.references import add_aliases, aliases, redirect, referred

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.library.duplicates.members import Member
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["LONGER", "Merged", "Plan", "merge", "planned"]

LONGER = "longer"
"""The wish that of values that contradict each other the longer ones stay."""

_UNSPECIFIC = frozenset({"misc", "online", "electronic", "www", "unpublished"})
_LEAVING = "northbib-leaving"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the entries of a group are to become one.

    Attributes:
        kept: The entry that stays.
        others: Those that go.
        changes: Field -> value that the entry that stays gets, None for one that goes.
        conflicts: Values that are not in it then.
        obstacle: Why it cannot be done without a person, "" if it can.
        is_open: Whether it could be done if it were said whose values are to stay.
        is_identical: Whether all of them say the same.
    """

    kept: Member
    others: tuple[Member, ...]
    changes: dict[str, str | None]
    conflicts: tuple[Conflict, ...]
    obstacle: str = ""
    is_open: bool = False
    is_identical: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a group.

    Attributes:
        key: The key of the entry that stays.
        gone: The keys of those that went.
        conflicts: Values that are not in it.
    """

    key: str
    gone: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


def planned(members: Sequence[Member], prefer: str = "") -> Plan:
    """Work out how entries of one work are to become one.

    Args:
        members: The entries.
        prefer: The key of the entry whose values are to stay, or `longer` for the longer values;
            "" for none, where values that contradict each other are an obstacle.
    """
    kept = _kept(members, prefer)
    others = tuple(member for member in members if member is not kept)
    fields = dict(kept.entry)
    changes: dict[str, str | None] = {}
    conflicts: list[Conflict] = []
    for other in others:
        found = combined(fields, dict(other.entry), other.entry.key, longer=prefer == LONGER)
        conflicts += found.conflicts
        changes |= found.changes
        taken = {name: value for name, value in found.changes.items() if value is not None}
        fields = {n: v for n, v in fields.items() if n not in found.changes} | taken
    obstacle = _obstacle(members)
    grave = [conflict.field for conflict in conflicts if conflict.is_grave]
    is_open = bool(not obstacle and grave and not prefer)
    if is_open:
        obstacle = f"they differ in {', '.join(dict.fromkeys(grave))}"
    sizes = {sum(map(bool, member.entry.values())) for member in members}
    is_identical = not changes and not conflicts and len(sizes) == 1
    return Plan(kept, others, changes, tuple(conflicts), obstacle, is_open, is_identical)


def _kept(members: Sequence[Member], prefer: str) -> Member:
    """Choose the entry that stays: the one asked for, else the one that says most.

    One that others of its file take fields from goes before all: BibTeX looks for it there.
    """
    for member in members:
        if prefer and member.entry.key.lower() == prefer.lower():
            return member
    return max(members, key=_fullness)


def _fullness(member: Member) -> tuple[bool, bool, int, int]:
    entry = member.entry
    filled = [value for value in entry.values() if value]
    is_specific = entry.type not in _UNSPECIFIC
    return member.is_named, is_specific, len(filled), sum(map(len, filled))


def _obstacle(members: Sequence[Member]) -> str:
    """Say why entries cannot be made one without a loss, "" if they can."""
    keys = {member.entry.key.lower() for member in members}
    for member in members:
        entry = member.entry
        names = [name for name, _ in entry.sources]
        repeated = next((name for name in names if names.count(name) > 1), "")
        if repeated:
            return f"{entry.key} has the field {repeated} twice"
        if not entry.is_plain:
            return f"{entry.key} has a fault, or something in it that is no field"
        if any(key.lower() in keys - {entry.key.lower()} for key in referred(entry)):
            return f"{entry.key} names another one of them"
    types = {member.entry.type for member in members} - _UNSPECIFIC
    return f"they are {' and '.join(sorted(types))}" if len(types) > 1 else ""


def merge(store: Store, wishes: Iterable[tuple[Sequence[Stored], str]]) -> list[Merged]:
    """Make one entry of each group, all of them in one change.

    The old keys stay as aliases (`ids`), and entries of all bibliographies that name one of them
    name the one that stays.

    Args:
        store: The library.
        wishes: Records of one work, as the library has them, and whose values are to stay: see
            `planned`.

    Raises:
        UsageError: A group has an obstacle; nothing is changed.
        ConflictError: A record is not any more where it was.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    merged = []
    with store.changing("duplicates --merge") as change:
        members = Members(store)
        plans = [planned(members.of(group), prefer) for group, prefer in wishes]
        renamed: dict[str, str] = {}
        touched = set()
        for plan in plans:
            if plan.obstacle:
                key = plan.kept.entry.key
                raise UsageError(f"{key} and its duplicates cannot be merged: {plan.obstacle}")
            merged.append(_carry_out(plan))
            renamed |= {key.lower(): merged[-1].key for key in merged[-1].gone}
            touched |= {member.bibliography.name for member in (plan.kept, *plan.others)}
        for name, bibliography in store.bibliographies.items():
            entries = () if bibliography.unreadable else bibliography.document.entries
            redirected = [redirect(entry, renamed) for entry in entries]
            touched |= {name} if any(redirected) else set()
        for name in sorted(touched):
            change.write(store.bibliographies[name])
        change.commit()
    return merged


def _carry_out(plan: Plan) -> Merged:
    kept = plan.kept.entry
    gone = tuple(member.entry.key for member in plan.others)
    known = [key for member in plan.others for key in (member.entry.key, *aliases(member.entry))]
    for name, value in plan.changes.items():
        if value is None and name in kept:
            del kept[name]
    for name, value in plan.changes.items():
        if value is not None:
            kept[name] = value
    for place, member in enumerate(plan.others):
        # Another entry may have the same key, and it is this one that goes.
        member.entry.rename(f"{_LEAVING}-{place}")
        member.bibliography.document.remove(f"{_LEAVING}-{place}")
    add_aliases(kept, known)
    renamed = tuple(key for key in gone if key.lower() != kept.key.lower())
    return Merged(kept.key, renamed, plan.conflicts)
