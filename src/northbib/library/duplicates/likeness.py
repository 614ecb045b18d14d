"""Works of a library that a new record may be one of, by identifiers and by likeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from northbib.library.duplicates.profile import Profile, profile
from northbib.library.duplicates.scoring import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from northbib.library.stored import Stored
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
        self._library: Callable[[], Sequence[Stored]] | None = library
        self._known: list[tuple[Profile, Stored]] = []
        self._titles: list[str] = []
        self._with_id: dict[tuple[str, str], list[int]] = {}

    def add(self, stored: Stored) -> None:
        """Take in a record that has been added since."""
        self._read()
        self._take(stored)

    def like(self, record: Record) -> list[Like]:
        """Give the records that a new one may be the same work as, the likeliest first.

        Records that differ in what tells works apart (volume, edition, part) are none.
        """
        self._read()
        own = profile(record)
        alike = extract(own.title, self._titles, scorer=ratio, score_cutoff=_LEAST_LIKE, limit=None)
        places = {place for _, _, place in alike}
        places.update(place for each in own.ids for place in self._with_id.get(each, ()))
        found = []
        for place in sorted(places):
            known, stored = self._known[place]
            comparison = compare(own, known)
            if comparison.is_match and not comparison.objections:
                found.append((comparison.score, Like(stored, comparison.reasons)))
        return [like for _, like in sorted(found, key=lambda pair: -pair[0])]

    def _read(self) -> None:
        if self._library is not None:
            library, self._library = self._library, None
            for stored in library():
                self._take(stored)

    def _take(self, stored: Stored) -> None:
        own = profile(stored.record)
        for each in own.ids:
            self._with_id.setdefault(each, []).append(len(self._known))
        self._known.append((own, stored))
        self._titles.append(own.title)
