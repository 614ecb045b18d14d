"""Watching over a library: its links, the updates of its works, or both."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.library.check import entries_at, places, reported
from northbib.library.rules import rule
from northbib.records.identifiers import doi
from northbib.resolve.http.fetcher import Fetcher
from northbib.resolve.watching.linking import check_links
from northbib.resolve.watching.updating import check_updates

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from northbib.findings import Finding
    from northbib.library.check import Found
    from northbib.library.checking.choice import Choice
    from northbib.library.checking.rule import Asks, Fault, Rule
    from northbib.library.checking.subject import Subject
    from northbib.library.store import Store
    from northbib.records import Record
    from northbib.resolve.settings import Settings

    FaultOf = tuple[Rule, Subject, Fault]

__all__ = ["Watched", "Wishes", "left_over", "watch"]

_GAPS = frozenset({"unchecked-link", "unchecked-update"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What to watch over.

    Attributes:
        links: Whether to look where links lead.
        updates: Whether to look for retractions, corrections and newer versions.
        archive: Whether to look for archived copies of links that are alive, too.
        save: Whether to have copies taken where there are none.
    """

    links: bool = False
    updates: bool = False
    archive: bool = False
    save: bool = False


@dataclass(slots=True)
class Watched:
    """What came of it.

    Attributes:
        found: Everything that was found, file by file and line by line.
        told: The same as faults of entries, with what is excepted.
        leaves_gaps: Whether something could not be found out that is not excepted, be it among
            what was found or, as its rule was not selected, not.
        rules: The rules that were asked.
        entries: How many entries were looked at.
        addresses: How many addresses they have.
        unchecked_addresses: Of how many of these nothing could be established.
        works: How many of the entries a registry could be asked about.
        unchecked_works: Of how many of these it could not be established whether they stand.
        nameless: How many entries have no identifier that a registry knows.
        is_online: Whether anybody could be reached, if somebody was asked.
        notices: What else a person should know, such as a cache that is of no use.
    """

    found: tuple[Found, ...] = ()
    told: tuple[FaultOf, ...] = ()
    leaves_gaps: bool = False
    rules: tuple[Rule, ...] = ()
    entries: int = 0
    addresses: int = 0
    unchecked_addresses: int = 0
    works: int = 0
    unchecked_works: int = 0
    nameless: int = 0
    is_online: bool = True
    notices: tuple[Finding, ...] = field(default=())


def watch(
    store: Store,
    query: str,
    choice: Choice,
    settings: Settings,
    wishes: Wishes,
    *,
    fetcher: Fetcher | None = None,
) -> Watched:
    """Look where links lead and what has become of works.

    Args:
        store: The library.
        query: Which records to look at, "" for all.
        choice: Which rules to ask, and what is excepted.
        settings: How to reach hosts.
        wishes: What to watch over.
        fetcher: Asks in place of one made from `settings`; it is not closed.

    Raises:
        UsageError: The query makes no sense.
        NotFoundError: It names a bibliography that is not there.
        StoreError: The library cannot be read.
    """
    shelf, subjects = entries_at(store, places(store, query))
    records = _records(store)
    works = [(each, records.get(id(each.entry))) for each in subjects]
    asker = fetcher or Fetcher(settings)
    watched = Watched(rules=tuple(choice.rules(*_asks(wishes))), entries=len(subjects))
    try:
        faults = _faults(works, asker, wishes, watched, _held(records.values()))
        watched.notices = asker.notices()
    finally:
        if fetcher is None:
            asker.close()
    wanted = {each.code for each in watched.rules}
    told = [(rule(code), subject, fault) for code, subject, fault in faults]
    watched.told = tuple(each for each in told if each[0].code in wanted)
    watched.found = reported(watched.told, shelf, choice)
    gaps = [each for each in told if each[0].code in _GAPS - choice.ignore]
    watched.leaves_gaps = bool(reported(gaps, shelf, choice))
    return watched


def left_over(
    store: Store, watched: Watched, mended: Collection[Finding], choice: Choice
) -> tuple[Found, ...]:
    """Give what is left of what was found, at the lines where it is now.

    Args:
        store: The library, after some of it was put right.
        watched: What was found.
        mended: The findings that were put right.
        choice: What is excepted, and how much each rule weighs.

    Raises:
        StoreError: The library cannot be read.
    """
    shelf, subjects = entries_at(store, None)
    before = watched.told[0][1].shelf.subjects if watched.told else []
    names = dict(zip(before, _names(before), strict=True))
    now = dict(zip(_names(subjects), subjects, strict=True))
    done = {(each.code, each.file, each.message) for each in mended}
    left = [
        (asked, now.get(names[subject], subject), fault)
        for asked, subject, fault in watched.told
        if (asked.code, subject.sheet.file, f"{subject.key}: {fault.message}") not in done
    ]
    return reported(left, shelf, choice)


def _names(subjects: Sequence[Subject]) -> Iterator[tuple[str, str, int]]:
    """Give what tells entries apart: file, key, and the number among those of the same key."""
    counts: Counter[tuple[str, str]] = Counter()
    for subject in subjects:
        place = (subject.sheet.file, subject.key)
        counts[place] += 1
        yield (*place, counts[place])


def _asks(wishes: Wishes) -> list[Asks]:
    kinds: list[Asks] = ["links"] if wishes.links else []
    return [*kinds, "updates"] if wishes.updates else kinds


def _records(store: Store) -> dict[int, Record]:
    works = (pair for each in store.bibliographies.values() for pair in each.works)
    return {id(entry): record for entry, record in works}


def _held(records: Iterable[Record]) -> dict[str, str]:
    """Give the DOIs that the library has, each with the first key that has it."""
    found: dict[str, str] = {}
    for record in records:
        if name := doi(record.plain("DOI")):
            found.setdefault(name, record.key)
    return found


def _faults(
    works: Sequence[tuple[Subject, Record | None]],
    fetcher: Fetcher,
    wishes: Wishes,
    watched: Watched,
    held: Mapping[str, str],
) -> list[tuple[str, Subject, Fault]]:
    """Ask, and note in `watched` how much was asked."""
    faults: list[tuple[str, Subject, Fault]] = []
    if wishes.links:
        linked = check_links(works, fetcher, archive=wishes.archive, save=wishes.save)
        watched.addresses, watched.unchecked_addresses = linked.addresses, linked.unchecked
        watched.is_online = linked.is_online
        faults += linked.faults
    if wishes.updates:
        updated = check_updates(works, fetcher, held)
        watched.works, watched.unchecked_works = updated.works, updated.unchecked
        watched.nameless = updated.nameless
        watched.is_online = watched.is_online and updated.is_online
        faults += updated.faults
    return faults
