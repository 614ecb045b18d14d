"""Works of a library that a new record may be one of, by identifiers and by likeness.

Where few are known, a new record is compared with all whose titles are alike. Where many are, only
those are looked at that share an identifier, rare words, the start of the title, or first author
and year, so that the time for each record hardly grows with the library.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from northbib.library.duplicates.profile import Profile, profile
from northbib.library.duplicates.scoring import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from northbib.library.spool import Spool
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Like", "Likeness"]

_LEAST_LIKE = 70.0
"""Titles less alike than this, of 100, are of different works unless they share an identifier."""

_FEW = 2000
_RAREST = 4
_SHORTEST = 3
_LARGEST = 400
"""Records that share a word; where more do, two words have to be shared."""
_AT_HAND = 10_000
"""Profiles that are not worked out again: many titles may be alike."""
_START = 12
_PREFIX = 4


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
        spool: Where they are kept; in memory, if nothing else is said.
    """

    def __init__(
        self,
        library: Callable[[], Sequence[Stored]],
        spool: list[Stored] | Spool[Stored] | None = None,
    ) -> None:
        self._library: Callable[[], Sequence[Stored]] | None = library
        self._known: list[Stored] | Spool[Stored] = [] if spool is None else spool
        self._titles: list[str] = []
        self._sharing: defaultdict[Hashable, array[int]] = defaultdict(lambda: array("l"))
        self._profile = lru_cache(_AT_HAND)(self._profile_at)

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
        found = []
        for place in sorted(self._near(own)):
            comparison = compare(own, self._profile(place))
            if comparison.is_match and not comparison.objections:
                found.append((comparison.score, Like(self._known[place], comparison.reasons)))
        return [like for _, like in sorted(found, key=lambda pair: -pair[0])]

    def _profile_at(self, place: int) -> Profile:
        return profile(self._known[place].record)

    def _near(self, own: Profile) -> set[int]:
        """Give the places of records with an identifier of its own, or a title that is alike."""
        titles = self._titles
        if len(titles) > _FEW:
            places = sorted(self._looked_at(own))
            titles = [self._titles[place] for place in places]
        else:
            places = range(len(titles))  # type: ignore[assignment]
        alike = extract(own.title, titles, scorer=ratio, score_cutoff=_LEAST_LIKE, limit=None)
        near = {places[index] for _, _, index in alike}
        near.update(place for each in own.ids for place in self._of(each))
        return near

    def _of(self, key: Hashable) -> Sequence[int]:
        return self._sharing.get(key, ())

    def _looked_at(self, own: Profile) -> set[int]:
        found = {place for key in _keys(own) for place in self._of(key)[-_LARGEST:]}
        rarest = sorted((self._of(word) for word in set(own.words)), key=len)
        rarest = [places for places in rarest if places][:_RAREST]
        for places in rarest:
            if len(places) <= _LARGEST:
                found.update(places)
        if rarest and len(rarest[0]) > _LARGEST:
            for places in rarest[1:]:
                found.update(set(rarest[0]).intersection(places))
        return found

    def _read(self) -> None:
        if self._library is not None:
            library, self._library = self._library, None
            for stored in library():
                self._take(stored)

    def _take(self, stored: Stored) -> None:
        own, place = profile(stored.record), len(self._titles)
        words = {word for word in own.words if len(word) >= _SHORTEST}
        for key in (*own.ids, *words, *_keys(own)):
            self._sharing[key].append(place)
        self._known.append(stored)
        self._titles.append(own.title)


def _keys(own: Profile) -> Iterator[Hashable]:
    """Give what else than identifiers and words brings records together."""
    yield "start", own.title[:_START]
    if own.people:
        yield "people", own.people[0].family[:_PREFIX], own.year
    if own.pages[0] and own.numbering[0]:
        yield "pages", own.numbering[0], own.pages[0], own.year
