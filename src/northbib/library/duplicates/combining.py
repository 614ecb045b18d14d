"""Putting the fields of two entries of one work together, so that none is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.bibtex.dates import read_date, read_year
from northbib.bibtex.tables import ALIASES
from northbib.bibtex.values import split_at_commas
from northbib.library.duplicates.fuller import fuller
from northbib.library.references import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from northbib.records import Date

__all__ = ["Combined", "Conflict", "combined"]

_DATE = ("date", "year", "month", "day")
_LISTS = frozenset({"keywords", "notseen"})
_TEXTS = frozenset("addendum annotation annote comment comments evidence note notes".split())
_OF_PROGRAMS = frozenset(
    """
    added-at bibsource biburl creationdate date-added date-modified file groups interhash
    intrahash modificationdate owner timestamp urldate
    """.split()
)
"""Fields that say of the entry, not of the work, when and by whom it was made."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which two entries have different values.

    Attributes:
        field: Its name.
        kept: The value that stays.
        left: The value that does not.
        source: The key of the entry that has the value that does not stay.
        is_grave: Whether somebody has to choose: both say something of the work.
    """

    field: str
    kept: str
    left: str
    source: str
    is_grave: bool = True

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.field}: {self.kept!r} stays, {self.left!r} of {self.source} does not"


@dataclass(frozen=True, slots=True)
class Combined:
    """What becomes of an entry that takes up another.

    Attributes:
        changes: Field -> value as BibTeX reads it, or None for a field that goes.
        conflicts: Values that do not stay.
    """

    changes: Mapping[str, str | None]
    conflicts: tuple[Conflict, ...]


def combined(
    kept: Mapping[str, str], other: Mapping[str, str], source: str, *, longer: bool = False
) -> Combined:
    """Work out what an entry takes over from another one.

    A field that only one has is kept; of two values the one that says all that the other says, and
    more, stays; lists are united, notes put one behind the other. Of values that contradict each
    other that of the first entry stays.

    Args:
        kept: The fields of the entry that stays, by name in lower case.
        other: The fields of the entry that goes.
        source: The key of that entry.
        longer: Whether of values that contradict each other the longer one stays.
    """
    changes: dict[str, str | None] = dict(_dates(kept, other))
    conflicts = list(_date_conflicts(kept, other, source))
    own_name = {ALIASES.get(name, name): name for name in kept}
    for name, value in other.items():
        own = own_name.get(ALIASES.get(name, name))
        if not value or name in _DATE or name == "ids":
            continue
        if own is None or not kept[own]:
            changes[own or name] = value
            continue
        taken, conflict = _value(own, kept[own], value, source, longer=longer)
        if taken != kept[own]:
            changes[own] = taken
        conflicts += [conflict] if conflict else []
    return Combined(changes, tuple(conflicts))


def _value(
    name: str, one: str, other: str, source: str, *, longer: bool
) -> tuple[str, Conflict | None]:
    if name in _LISTS:
        return _united(one, other), None
    verdict = fuller(name, one, other)
    if verdict != "neither":
        return (other if verdict == "other" else one), None
    if name in _TEXTS:
        return _joined(one, other), None
    is_grave = name not in _OF_PROGRAMS
    takes_other = longer and is_grave and name not in REFERENCES and len(other) > len(one)
    kept, left = (other, one) if takes_other else (one, other)
    return kept, Conflict(name, kept, left, source, is_grave=is_grave)


def _united(one: str, other: str) -> str:
    """Put what only the second list has behind the first, which is left as it is written."""
    there = {word.strip().lower() for word in split_at_commas(one)}
    more = [word.strip() for word in split_at_commas(other)]
    added = [word for word in more if word and word.lower() not in there]
    return ", ".join([one.strip(), *added]) if added else one


def _joined(one: str, other: str) -> str:
    mark = "" if one.rstrip().endswith((".", "!", "?")) else "."
    return f"{one.rstrip()}{mark} {other.lstrip()}"


def _date_of(fields: Mapping[str, str]) -> Date | None:
    if fields.get("date"):
        return read_date(fields["date"])
    if fields.get("year"):
        return read_year(fields["year"], fields.get("month", ""), fields.get("day", ""))
    return None


def _dates(kept: Mapping[str, str], other: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    """Give what becomes of the date: the one that is more exact stays."""
    own, new = _date_of(kept), _date_of(other)
    if own is None or new is None:
        for name in _DATE:
            # A month without a year is no date, but it is not lost.
            if other.get(name) and not kept.get(name) and (own is None or name != "date"):
                yield name, other[name]
    elif _refines(new, own):
        yield from ((name, None) for name in _DATE if name in kept)
        yield from ((name, other[name]) for name in _DATE if name in other)


def _date_conflicts(
    kept: Mapping[str, str], other: Mapping[str, str], source: str
) -> Iterator[Conflict]:
    own, new = _date_of(kept), _date_of(other)
    if own is None or new is None:
        for name in _DATE:
            if kept.get(name) and other.get(name) not in (None, "", kept[name]):
                yield Conflict(name, kept[name], other[name], source)
    elif own != new and not _refines(own, new) and not _refines(new, own):
        yield Conflict("date", own.edtf(), new.edtf(), source)


def _refines(one: Date, other: Date) -> bool:
    """Tell whether one date is the other, only more exact."""
    if one == other or one.literal or other.literal:
        return bool(other.literal and not one.literal)
    return one.edtf().startswith(other.edtf()) and not one.is_range
