"""Importing records: what is new, what is there already, and what differs, before it is written.

Records go through one by one. Of each that is known, in the library or from before, its title, the
words in it, its key and its identifiers are in memory; all else is on the disk until it is asked
for. The text of what is new is in memory when it is written.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cached_property
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source, keys_in, records
from northbib.bibtex.writing import entry_parts
from northbib.errors import ConflictError, NotFoundError
from northbib.findings import Finding
from northbib.library.adding import check_key, inlined
from northbib.library.differing import TYPE, differences, merged
from northbib.library.duplicates.likeness import Likeness
from northbib.library.duplicates.profile import profile
from northbib.library.duplicates.scoring import compare
from northbib.library.editing import check_dated_once, own_field
from northbib.library.incoming import Arriving, Difference, Incoming, Plan, Status, counts
from northbib.library.references import aliases, redirect, referred
from northbib.library.spool import Spool
from northbib.library.stored import Stored
from northbib.library.topics import change_topics, checked_topics
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.store import Store
    from northbib.records import Record

__all__ = ["Arriving", "Difference", "Incoming", "Plan", "Status", "carry_out", "counts", "plan"]

_STRANGERS = 0.2
"""Records of one key that are less sure than this to be one work are two."""

_UNFIT = re.compile(r"[\s{}(),\"'#%\\=~]+")
_PARENTS = ("crossref", "xdata")


def plan(store: Store, records: Iterable[Record | Arriving]) -> Plan:
    """Say of records what importing them would do; nothing is written.

    A field that the library has and the record lacks is no difference.

    Args:
        store: The library.
        records: The records; they are gone through once.

    Raises:
        StoreError: The library cannot be read.
    """
    planner = _Planner(store)
    arriving = counted(records, "comparing") if isinstance(records, Collection) else records
    return Plan(
        planner.incoming(each if isinstance(each, Arriving) else Arriving(each))
        for each in arriving
    )


class _Keys:
    """Gives keys that nothing in a library has."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._taken: set[str] = set()

    def take(self, key: str) -> None:
        """Know of a key that a record is to have."""
        self._taken.add(key.lower())

    def free(self, record: Record) -> tuple[str, tuple[str, ...]]:
        """Give the key for a new record, its own if it can be, and why it is another one."""
        key = _UNFIT.sub("-", record.key).strip("-")
        reasons = () if key == record.key else (f"{record.key!r} cannot be a key",)
        if not key or self._is_taken(key):
            reasons = (f"the key {key} is taken by another work",) if key else ()
            key = self._made(record)
        self.take(key)
        return key, reasons

    def _made(self, record: Record) -> str:
        pattern = import_module("northbib.library.keys.setting").key_pattern(self._store.root)
        unique = import_module("northbib.library.keys.unique")
        made: str = unique.free_key(record, pattern, self._is_taken)
        return made

    def _is_taken(self, key: str) -> bool:
        return key.lower() in self._taken or self._store.known.is_taken(key)


class _Planner:
    """Compares records with a library, and with those that arrived before."""

    def __init__(self, store: Store) -> None:
        self._keys = _Keys(store)
        self._known: Spool[Stored] = Spool()
        self._by_key: dict[str, int] = {}
        self._likeness = Likeness(list, self._known)
        for stored in store.all():
            self._take(stored, (stored.key, *aliases(stored.record.extra)))

    def _take(self, stored: Stored, keys: Iterable[str]) -> None:
        for key in filter(None, keys):
            self._by_key.setdefault(key.lower(), len(self._known))
        self._likeness.add(stored)

    def incoming(self, arriving: Arriving) -> Incoming:
        """Say what a record is to what is known, which it is then part of, if it is new."""
        record = arriving.record
        place = self._by_key.get(record.key.lower()) if record.key else None
        there = None if place is None else self._known[place]
        if there is not None and _may_be_one(record, there.record):
            found = tuple(differences(there.record, record))
            kept = record.replace(key=there.key)
            status: Status = "changed" if found else "same"
            return Incoming(kept, status, there, (), found, replace(arriving, entry=None))
        if like := self._likeness.like(record):
            there = like[0].stored
            found = tuple(differences(there.record, record))
            kept_as = _with_text(arriving, record.key)
            return Incoming(record, "duplicate", there, like[0].reasons, found, kept_as)
        return self._new(arriving)

    def _new(self, arriving: Arriving) -> Incoming:
        key, reasons = self._keys.free(arriving.record)
        named = arriving.record.replace(key=key)
        self._take(Stored(named, "", Path(arriving.file), arriving.line), [key])
        return Incoming(named, "new", None, reasons, (), _with_text(arriving, key))


def _may_be_one(record: Record, other: Record) -> bool:
    if not record.title or not other.title:
        return True
    ours = profile(other)
    # Who shares a key has another type because somebody corrected it.
    comparison = compare(replace(profile(record), kind=ours.kind), ours)
    return comparison.score >= _STRANGERS or not comparison.objections


def _with_text(arriving: Arriving, key: str) -> Arriving:
    """Put an entry's text in its place, which does not keep its whole file in memory."""
    entry = arriving.entry
    if entry is None and arriving.text:
        entry = Document.parse(arriving.text).entries[0]
    text = "" if entry is None else inlined(entry, key).raw
    return replace(arriving, entry=None, text=text)


def carry_out(
    store: Store,
    incoming: Sequence[Incoming],
    to: str | None = None,
    *,
    tags: Iterable[str] = (),
    update: bool = False,
    anyway: bool = False,
    dry_run: bool = False,
) -> Plan:
    """Write what was planned, in one change.

    Entries of BibTeX that name others, by `crossref` for one, name them by the keys that these
    have in the library.

    Args:
        store: The library.
        incoming: What `plan` gave.
        to: The bibliography for what is new; as for `Store.add`.
        tags: Topics for what is new.
        update: Whether records that are there take over what differs. An entry that others take
            fields from keeps its type, and `Store.notices` says so.
        anyway: Whether duplicates are added as well, under keys of their own.
        dry_run: Write nothing.

    Returns:
        Those that were written, or would be: what is new, then what is changed.

    Raises:
        UsageError: A name or topic cannot be used.
        ConflictError: An entry that is to be changed is there twice.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    topics = checked_topics(tags)
    planned = incoming if isinstance(incoming, Plan) else Plan(incoming)
    changed = _last_of_each(planned) if update else []
    added = _under_keys(store, planned) if anyway else Plan()
    done = Plan()
    if not (planned.places("new") or len(added) or changed):
        return done
    renamed = planned.renamed | _renamed(added)
    with store.changing("import", dry_run=dry_run) as change:
        target = store.target(to)
        edits = _Edits(store)
        taken_over = Plan(edits.take_over(planned[place]) for place in changed)
        touched = edits.touched
        texts = []
        for each in chain(planned.of("new"), added):
            texts.append(_text(each, topics, renamed))
            done.append(each)
        if texts:
            target.check_editable()
            target.document.add("\n\n".join(texts))
            touched.append(target)
        for bibliography in dict.fromkeys(touched):
            change.write(bibliography)
        change.commit()
    for each in taken_over:
        if each.differences:
            done.append(each)
    return done


def _renamed(added: Iterable[Incoming]) -> dict[tuple[str, str], str]:
    """Give the keys that duplicates are added under, as `Plan.renamed` has those of the others."""
    return {
        (each.arriving.file, each.arriving.record.key.lower()): each.record.key
        for each in added
        if each.arriving is not None
    }


def _last_of_each(planned: Plan) -> list[int]:
    places = planned.places("changed")
    return list({planned[place].record.key.lower(): place for place in places}.values())


def _under_keys(store: Store, planned: Plan) -> Plan:
    """Give duplicates keys that nothing has."""
    keys, added = _Keys(store), Plan()
    for each in planned.of("new"):
        keys.take(each.record.key)
    for each in planned.of("duplicate"):
        key, reasons = keys.free(each.record)
        arriving = None if each.arriving is None else _with_text(each.arriving, key)
        named = each.record.replace(key=key)
        added.append(Incoming(named, "new", None, reasons, (), arriving))
    return added


def _text(each: Incoming, topics: Sequence[str], renamed: Mapping[tuple[str, str], str]) -> str:
    """Give the entry of a new record: its own text where it has one."""
    check_key(each.record.key)
    arriving = each.arriving
    own = "" if arriving is None else arriving.text
    entry = Document.parse(own or entry_source(each.record)).entries[0]
    if arriving is not None and own and renamed:
        file = arriving.file
        named = {key.lower(): renamed.get((file, key.lower()), key) for key in referred(entry)}
        redirect(entry, named)
    change_topics(entry, add=topics)
    return entry.raw


class _Edits:
    """Lets records that are there take over what differs; nothing is written.

    Attributes:
        touched: The bibliographies that it changed.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.touched: list[Bibliography] = []

    def take_over(self, each: Incoming) -> Incoming:
        """Change an entry, and give the record with the differences that it took over.

        Raises:
            NotFoundError: The entry is there no more.
            ConflictError: More than one entry has the key.
        """
        bibliography, entry = self._place_of(each.record.key)
        found = [one for one in each.differences if not self._keeps(one, bibliography, entry)]
        if found:
            there = _record_of(bibliography, entry)
            _change(bibliography, entry, there, merged(there, each.record, found))
            self.touched.append(bibliography)
        return replace(each, differences=tuple(found))

    def _place_of(self, key: str) -> tuple[Bibliography, Entry]:
        places = self._places.get(key.lower(), [])
        if not places:
            raise NotFoundError(f"no record has the key {key!r} any more", where=self._store.root)
        if len(places) > 1:
            where = " and ".join(f"{each.file}:{entry.line}" for each, entry in places)
            raise ConflictError(
                f"nothing was changed: {key} stands at {where}",
                hint="give one of them another key in its file first",
            )
        places[0][0].check_editable()
        return places[0]

    @cached_property
    def _places(self) -> dict[str, list[tuple[Bibliography, Entry]]]:
        found: dict[str, list[tuple[Bibliography, Entry]]] = {}
        for bibliography in self._store.bibliographies.values():
            for entry in bibliography.document.entries:
                found.setdefault(entry.key.lower(), []).append((bibliography, entry))
        return found

    @cached_property
    def _parents(self) -> frozenset[str]:
        """The keys of entries that others take fields from, in lower case."""
        return frozenset(
            key.lower()
            for places in self._places.values()
            for _, entry in places
            for name in _PARENTS
            for key in keys_in(entry.get(name, ""))
        )

    def _keeps(self, one: Difference, bibliography: Bibliography, entry: Entry) -> bool:
        """Tell whether an entry keeps its type, by which others take fields from it."""
        known = {key.lower() for key in (entry.key, *aliases(entry))}
        if one.field != TYPE or known.isdisjoint(self._parents):
            return False
        finding = Finding(
            code="type-kept",
            severity="warning",
            message=f"{entry.key} stays {one.ours}: others take fields from it by its type",
            file=str(bibliography.file),
            line=entry.line,
            key=entry.key,
            fix="change its first line by hand, and look after the others",
        )
        self._store.notices.append(finding)
        return True


def _record_of(bibliography: Bibliography, entry: Entry) -> Record:
    ((_, record),) = records(bibliography.document, bibliography.parents, [entry])
    return record


def _change(bibliography: Bibliography, entry: Entry, there: Record, wanted: Record) -> None:
    """Make of an entry what a record says, as far as that differs from what is there."""
    entry_type, after = entry_parts(wanted)
    gone: list[str] = []
    if there.type != wanted.type:
        if entry.type != entry_type:
            entry.retype(entry_type)
            # What the old type said without words has to be said now.
            there = _record_of(bibliography, entry)
        named = (own_field(entry, name, there.type) for name in _gone(there, after))
        gone = [name for name in named if name in entry]
    before = entry_parts(there)[1]
    sources = {
        own_field(entry, name, there.type): source
        for name, source in after.items()
        if before.get(name) != source
    }
    if "date" in sources:
        gone += [name for name in ("year", "month") if name in entry and name not in gone]
    gone = [name for name in gone if name not in sources]
    check_dated_once(entry, gone, sources)
    for name in gone:
        del entry[name]
    for name, source in sources.items():
        entry[name] = source


def _gone(there: Record, after: Mapping[str, str]) -> list[str]:
    return [name for name in entry_parts(there)[1] if name not in after]
