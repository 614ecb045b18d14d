"""Works of a library that a new record may be one of, by identifiers and by likeness."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from northbib.library.duplicates.profile import Profile, profile
from northbib.library.duplicates.scoring import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from northbib.library import Stored
    from northbib.records import Record

__all__ = ["Like", "Likeness"]

_LEAST_LIKE = 70.0
"""Titles less alike than this, of 100, are of different works unless they share an identifier."""


@dataclass(frozen=True, slots=True)
class Like:
    """A record of the library that is more likely the same work than not.

    Attributes:
        stored: The record.
        reasons: What the two share, for people: `same ISBN`, `title 0.97`.
    """

    stored: Stored
    reasons: tuple[str, ...]


class Likeness:
    """What a library holds, for comparison with new records.

    Args:
        library: Gives the records of the library; it is asked once, with the first new record.
    """

    def __init__(self, library: Callable[[], Sequence[Stored]]) -> None:
        self._library = library

    @cached_property
    def _known(self) -> list[tuple[Profile, Stored]]:
        return [(profile(stored.record), stored) for stored in self._library()]

    def add(self, stored: Stored) -> None:
        """Take in a record that has been added since."""
        if "_known" in self.__dict__:
            self._known.append((profile(stored.record), stored))

    def like(self, record: Record) -> list[Like]:
        """Give the records that a new one may be the same work as, the likeliest first.

        Records that differ in what tells works apart (volume, edition, part) are none.
        """
        own = profile(record)
        found = []
        for known, stored in self._known:
            if _may_be_one(own, known):
                comparison = compare(own, known)
                if comparison.is_match and not comparison.objections:
                    found.append((comparison.score, Like(stored, comparison.reasons)))
        return [like for _, like in sorted(found, key=lambda pair: -pair[0])]


def _may_be_one(own: Profile, known: Profile) -> bool:
    if own.ids and known.ids and not own.ids.isdisjoint(known.ids):
        return True
    return ratio(own.title, known.title, score_cutoff=_LEAST_LIKE) > 0
