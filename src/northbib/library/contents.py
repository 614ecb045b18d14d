"""What a library has in it: asked of the index where there is one, else of the files themselves."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, TypeVar

from northbib.errors import NotFoundError, StoreError
from northbib.findings import Finding
from northbib.library.references import aliases
from northbib.library.searching.matching import test
from northbib.library.searching.reading import Reading
from northbib.library.searching.terms import Is, leaves
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.disk.files import Snapshot
    from northbib.library.disk.pieces import Pieces
    from northbib.library.index.index import Index
    from northbib.library.index.places import Place
    from northbib.library.known import Holder, Known, Mark
    from northbib.library.searching.nearby import Words
    from northbib.library.searching.terms import Query
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["SMALL", "Contents"]

SMALL = 64 * 1024
"""Bytes of a library that is read as fast as its index is asked."""

_WORD = re.compile(r"[^\W_]+")
_T = TypeVar("_T")


class Contents:
    """The records of a library as they were when they were first asked for."""

    def __init__(self, root: Path, bibliographies: Mapping[str, Bibliography]) -> None:
        """Take a library.

        Args:
            root: Its folder or file.
            bibliographies: Its bibliographies by name, in order.
        """
        self._root = root
        self._bibliographies = bibliographies
        for each in bibliographies.values():
            each.parents = self._parent

    @cached_property
    def index(self) -> Index | None:
        """The index; None where the library is small, or none can be kept."""
        if sum(_size(each.file) for each in self._bibliographies.values()) < SMALL:
            return None
        named = {each.file.name: (each.name, each.file) for each in self._bibliographies.values()}
        module = import_module("northbib.library.index.index")
        try:
            index: Index = module.Index(self._root, named, self._reread)
        except module.Unusable:
            return None
        return index

    def close(self) -> None:
        """Give the index up."""
        index = self.__dict__.pop("index", None)
        if index is not None:
            index.close()

    def _asked(self, ask: Callable[[Index], _T], otherwise: Callable[[], _T]) -> _T:
        if self.index is None:
            return otherwise()
        try:
            return ask(self.index)
        except import_module("northbib.library.index.index").Unusable:
            self.close()
            self.index = None
            return otherwise()

    def find(self, query: Query, *, best: bool = False) -> Sequence[Stored]:
        """Give the records that a query finds.

        Args:
            query: The query.
            best: Give those that answer best first, in place of the order of the files.

        Raises:
            UsageError: A pattern takes too long.
        """

        def read() -> Sequence[Stored]:
            return self._read(query, best=best)

        return self._asked(lambda index: index.find(query, read, best=best), read)

    def get(self, key: str) -> Stored:
        """Give the record of a key, the first one where there are several.

        Raises:
            NotFoundError: There is none; the hint names near keys.
        """
        stored = self._asked(lambda index: index.get(key), lambda: self._own(key))
        if stored is None:
            keys = self.keys()
            hint = did_you_mean(key, keys) or "northbib list shows all keys"
            if not keys:
                hint = "the library is empty: northbib add puts records in"
            raise NotFoundError(f"no record has the key {key!r}", where=self._root, hint=hint)
        return stored

    def places(self, key: str) -> Sequence[Place] | None:
        """Give where the entries of a key stand, whatever its case; None without an index."""
        return self._asked(lambda index: index.places(key), lambda: None)

    def last(self, file: Path) -> Place | None:
        """Give where the last entry of a file stands; None without an index."""
        return self._asked(lambda index: index.last(file), lambda: None)

    def written(
        self,
        file: Path,
        before: Snapshot,
        after: Pieces,
        splices: Sequence[tuple[int, int, bytes]],
    ) -> None:
        """Take note of a change that was written, so that its file need not be read again.

        Args:
            file: The file.
            before: The file as it was.
            after: Its bytes now.
            splices: Where each change begins in the file as it was, how many bytes went, and what
                came in their place; in order.
        """
        self._asked(lambda index: index.written(file, before, after, splices), lambda: False)

    def is_empty(self) -> bool:
        """Tell whether there is no record at all."""
        return self._asked(lambda index: index.is_empty(), lambda: not self.all)

    def keys(self) -> Collection[str]:
        """Give the keys of all records."""
        return self._asked(lambda index: index.keys(), lambda: list(self._by_key))

    def near(self, query: Query) -> str | None:
        """Give a hint at words of the library that a query which finds nothing may have meant."""
        return self._asked(lambda index: self._near(query, index), lambda: self._near(query, self))

    def _near(self, query: Query, words: Words) -> str | None:
        nearby = import_module("northbib.library.searching.nearby")
        for found, other in nearby.second_chances(query, words):
            if self.find(other):
                return f"did you mean {found}"
        return None

    def words(self, least: int, most: int) -> Iterable[str]:
        """Give the words, folded, of so many letters that stand in the files' records."""
        return (word for word in self._words if least <= len(word) <= most)

    def has_word(self, part: str) -> bool:
        """Tell whether a folded text stands in a word of them."""
        return any(part in word for word in self._words)

    def problems(self) -> tuple[Finding, ...]:
        """Give what is wrong with the files, and which keys stand in more than one of them."""
        found = self._asked(lambda index: index.problems(), self._problems)
        own = [each for each in found if not self._is_elsewhere(each)]
        return (*own, *_shared(self._asked(lambda index: index.twins(), self._twins)))

    def _is_elsewhere(self, finding: Finding) -> bool:
        """Tell whether a parent that is missing in a file stands in another one."""
        key = finding.key
        if finding.code != "missing-parent" or not key:
            return False
        return self._asked(
            lambda index: index.has_parents(key), lambda: self._has_parents(key.lower())
        )

    def _has_parents(self, key: str) -> bool:
        lineage = import_module("northbib.library.lineage").lineage
        return all(
            self._parent(parent) is not None
            for each in self._bibliographies.values()
            for entry in each.document.entries
            if entry.key.lower() == key
            for parent in lineage(entry.as_dict())
        )

    def known(self) -> Known:
        """Give what forbids that an entry is added."""
        known: Known = import_module("northbib.library.known").Known(self._holder)
        return known

    def _holder(self, mark: Mark) -> Holder | None:
        return self._asked(
            lambda index: index.known([mark]).get(mark), lambda: self._known.holder(mark)
        )

    @cached_property
    def _known(self) -> Known:
        found: Known = import_module("northbib.library.known").Known()
        for each in self._bibliographies.values():
            for entry in each.document.entries:
                found.add(entry, str(each.file), entry.line)
        return found

    @cached_property
    def all(self) -> list[Stored]:
        """All records, read from the files."""
        return [stored for each in self._bibliographies.values() for stored in each.stored]

    def _read(self, query: Query, *, best: bool) -> Sequence[Stored]:
        holds = test(query)
        asks = any(isinstance(leaf, Is) for leaf in leaves(query))
        duplicates = self._duplicates if asks else frozenset()
        readings = [_reading(stored, is_duplicate=stored in duplicates) for stored in self.all]
        found = [place for place, reading in enumerate(readings) if holds(reading)]
        if best and len(found) > 1:
            ranking = import_module("northbib.library.searching.ranking")
            if rank := ranking.rank_of(query):
                scores = ranking.ranked(rank, readings)
                found.sort(key=scores.__getitem__)
        return [self.all[place] for place in found]

    def _reread(self, file: Path, line: int) -> Record:
        for stored in self.all:
            if (stored.file, stored.line) == (file, line):
                return stored.record
        raise StoreError(
            "the entry is no longer where it was",
            where=file,
            line=line,
            hint="it changed meanwhile: try again",
        )

    def _own(self, key: str) -> Stored | None:
        own = self._by_key.get(key) or self._by_caseless_key.get(key.lower())
        return own or next((each for each in self.all if key.lower() in _aliases(each)), None)

    @cached_property
    def _by_key(self) -> dict[str, Stored]:
        return {stored.key: stored for stored in reversed(self.all)}

    @cached_property
    def _by_caseless_key(self) -> dict[str, Stored]:
        return {stored.key.lower(): stored for stored in reversed(self.all)}

    @cached_property
    def _words(self) -> set[str]:
        texts = (Reading(stored.record).everything for stored in self.all)
        return {word for text in texts for word in _WORD.findall(text)}

    def _problems(self) -> list[Finding]:
        return [problem for each in self._bibliographies.values() for problem in each.problems]

    def _twins(self) -> list[list[tuple[str, Path, int]]]:
        places: dict[str, list[tuple[str, Path, int]]] = {}
        for stored in self.all:
            if stored.key:
                place = (stored.key, stored.file, stored.line)
                places.setdefault(stored.key.lower(), []).append(place)
        found = (places[key] for key in sorted(places))
        return [each for each in found if len({file for _, file, _ in each}) > 1]

    @cached_property
    def _duplicates(self) -> frozenset[Stored]:
        """The records whose key or work is there more than once."""
        marks = import_module("northbib.library.known").marks
        found: list[tuple[Stored, set[tuple[str, str]]]] = []
        for each in self._bibliographies.values():
            for (entry, record), stored in zip(each.works, each.stored, strict=True):
                own = {mark for mark in marks(entry, record) if mark[0] in ("DOI", "work")}
                found.append((stored, own | ({("key", entry.key.lower())} if entry.key else set())))
        counts = Counter(mark for _, own in found for mark in own)
        return frozenset(stored for stored, own in found if any(counts[mark] > 1 for mark in own))

    def _parent(self, key: str) -> Entry | None:
        """Find the entry of a key, or of an alias, in any file; the first one counts."""
        for each in self._bibliographies.values():
            entry = each.document.get(key)
            if entry is not None:
                return entry
        return self._by_alias.get(key.lower())

    @cached_property
    def _by_alias(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for each in self._bibliographies.values():
            for entry in each.document.entries:
                for alias in aliases(entry):
                    found.setdefault(alias.lower(), entry)
        return found


def _aliases(stored: Stored) -> list[str]:
    return [key.lower() for key in aliases(stored.record.extra)]


def _reading(stored: Stored, *, is_duplicate: bool) -> Reading:
    name = stored.file.name
    return Reading(stored.record, stored.bibliography, name, is_duplicate=is_duplicate)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _shared(twins: Iterable[list[tuple[str, Path, int]]]) -> Iterator[Finding]:
    for (_, first, line), *others in twins:
        for key, file, own_line in others:
            if file != first:
                yield Finding(
                    code="duplicate-key",
                    severity="warning",
                    message=f"{key} stands at {first}:{line} already, and that one counts",
                    file=str(file),
                    line=own_line,
                    key=key,
                    fix="take one of them out of its file, or give it another key there",
                )
