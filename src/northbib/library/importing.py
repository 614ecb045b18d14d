"""Importing records: what is new, what is there already, and what differs, before it is written."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from northbib.bibtex import Document, entry_source
from northbib.bibtex.writing import entry_parts
from northbib.errors import UsageError
from northbib.library.adding import check_key, inlined
from northbib.library.changes.opening import whole
from northbib.library.duplicates.likeness import Likeness
from northbib.library.duplicates.profile import profile
from northbib.library.duplicates.scoring import compare
from northbib.library.editing import check_dated_once, own_field
from northbib.library.stored import Stored
from northbib.library.topics import change_topics, checked_topics
from northbib.progress import counted
from northbib.records import Date, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.store import Store
    from northbib.records import Name, Record, Value

__all__ = ["Arriving", "Difference", "Incoming", "Status", "carry_out", "counts", "plan"]

Status = Literal["new", "same", "changed", "duplicate"]

_STRANGERS = 0.2
"""Records of one key that are less sure than this to be one work are two."""

_MARKS = str.maketrans({"‐": "-", "‑": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"'})
_MARKS |= str.maketrans({"”": '"', "\N{NO-BREAK SPACE}": " "})
_UNFIT = re.compile(r"[\s{}(),\"'#%\\=~]+")
_TYPE = "type"
_TOPICS = "keyword"
_OF_FILES = frozenset({"provenance", "ids"})


@dataclass(frozen=True, slots=True)
class Arriving:
    """A record of a file, and where it stands there.

    Attributes:
        record: The record; its key may be empty.
        file: The file as the user named it.
        line: The line where it begins, 0 where that is not known.
        entry: The entry that it is, in a file of BibTeX; its text is kept.
    """

    record: Record
    file: str = ""
    line: int = 0
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a record that arrives differs from the one that is there.

    Attributes:
        field: A CSL variable, `type`, `keyword`, or the name of a field that CSL has none for.
        ours: What is there, "" if nothing is.
        theirs: What arrives.
    """

    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record that arrives, and what it is to the library.

    Attributes:
        record: The record, under the key that it would have.
        status: `new`; `same` as the record of its key, or less; `changed`, if it says other things
            than that; `duplicate` of a record with another key.
        there: The record that is there, or that arrived before; None for what is new.
        reasons: Why it is taken for a duplicate, or has another key than it came with.
        differences: In what it differs from the record that is there.
        arriving: It as it arrived.
    """

    record: Record
    status: Status
    there: Stored | None = None
    reasons: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    arriving: Arriving | None = field(default=None, compare=False)


def plan(store: Store, records: Iterable[Record | Arriving]) -> tuple[Incoming, ...]:
    """Say of records what importing them would do; nothing is written.

    A field that the library has and the record lacks is no difference.

    Args:
        store: The library.
        records: The records.

    Raises:
        StoreError: The library cannot be read.
    """
    planner = _Planner(store)
    arriving = [each if isinstance(each, Arriving) else Arriving(each) for each in records]
    return tuple(planner.incoming(each) for each in counted(arriving, "comparing"))


def counts(incoming: Iterable[Incoming]) -> Counter[Status]:
    """Count records by their status."""
    return Counter(each.status for each in incoming)


class _Planner:
    """Compares records with a library, and with those that arrived before."""

    def __init__(self, store: Store) -> None:
        everything = store.all()
        self._store = store
        self._by_key: dict[str, Stored] = {}
        for stored in everything:
            for key in (stored.key, *stored.record.extra.get("ids", "").split(",")):
                if key.strip():
                    self._by_key.setdefault(key.strip().lower(), stored)
        self._likeness = Likeness(lambda: everything)
        self.taken: set[str] = set()

    def incoming(self, arriving: Arriving) -> Incoming:
        record = arriving.record
        there = self._by_key.get(record.key.lower()) if record.key else None
        if there is not None and _may_be_one(record, there.record):
            found = tuple(_differences(there.record, record))
            kept = record.replace(key=there.key)
            status: Status = "changed" if found else "same"
            return Incoming(kept, status, there, (), found, arriving)
        if like := self._likeness.like(record):
            found = tuple(_differences(like[0].stored.record, record))
            return Incoming(record, "duplicate", like[0].stored, like[0].reasons, found, arriving)
        return self.new(arriving)

    def new(self, arriving: Arriving) -> Incoming:
        record = arriving.record
        key = _UNFIT.sub("-", record.key).strip("-")
        reasons = () if key == record.key else (f"{record.key!r} cannot be a key",)
        if not key or self._is_taken(key):
            reasons = (f"the key {key} is taken by another work",) if key else ()
            key = self._made(record)
        self.taken.add(key.lower())
        named = record.replace(key=key)
        stored = Stored(named, "", Path(arriving.file), arriving.line)
        self._by_key.setdefault(key.lower(), stored)
        self._likeness.add(stored)
        return Incoming(named, "new", None, reasons, (), arriving)

    def _made(self, record: Record) -> str:
        pattern = import_module("northbib.library.keys.setting").key_pattern(self._store.root)
        unique = import_module("northbib.library.keys.unique")
        made: str = unique.free_key(record, pattern, self._is_taken)
        return made

    def _is_taken(self, key: str) -> bool:
        return key.lower() in self.taken or self._store.known.is_taken(key)


def _may_be_one(record: Record, other: Record) -> bool:
    if not record.title or not other.title:
        return True
    comparison = compare(profile(record), profile(other))
    return comparison.score >= _STRANGERS or not comparison.objections


def _differences(ours: Record, theirs: Record) -> Iterable[Difference]:
    if ours.type != theirs.type:
        yield Difference(_TYPE, ours.type, theirs.type)
    for name, value in theirs.values.items():
        own = ours.values.get(name)
        if own is None or not _says_the_same(own, value):
            yield Difference(name, "" if own is None else _shown(own), _shown(value))
    if more := [word for word in theirs.keywords if word not in ours.keywords]:
        yield Difference(_TOPICS, ", ".join(ours.keywords), ", ".join((*ours.keywords, *more)))
    for name, text in theirs.extra.items():
        if name not in _OF_FILES and _bare(ours.extra.get(name, "")) != _bare(text):
            yield Difference(name, ours.extra.get(name, ""), text)


def _says_the_same(one: Value, other: Value) -> bool:
    if isinstance(one, tuple) and isinstance(other, tuple):
        return [_name(name) for name in one] == [_name(name) for name in other]
    if isinstance(one, Date) or isinstance(other, Date):
        return one == other
    return _bare(_shown(one)) == _bare(_shown(other))


def _name(name: Name) -> str:
    return _bare(name.literal or f"{name.sort_form}")


def _bare(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).translate(_MARKS)
    return " ".join(composed.replace("--", "-").split())


def _shown(value: Value) -> str:
    if isinstance(value, tuple):
        return "; ".join(name.sort_form for name in value)
    return (value.literal or value.edtf()) if isinstance(value, Date) else plain(value)


def carry_out(
    store: Store,
    incoming: Sequence[Incoming],
    to: str | None = None,
    *,
    tags: Iterable[str] = (),
    update: bool = False,
    anyway: bool = False,
    dry_run: bool = False,
) -> tuple[Incoming, ...]:
    """Write what was planned, in one change.

    Args:
        store: The library.
        incoming: What `plan` gave.
        to: The bibliography for what is new; as for `Store.add`.
        tags: Topics for what is new.
        update: Whether records that are there take over what differs, but for their type.
        anyway: Whether duplicates are added as well, under keys of their own.
        dry_run: Write nothing.

    Returns:
        Those that were written, or would be.

    Raises:
        UsageError: A name or topic cannot be used.
        ConflictError: An entry that is to be changed is there twice.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    topics = checked_topics(tags)
    new = [each for each in incoming if each.status == "new"]
    if anyway:
        new += _under_keys(store, new, [each for each in incoming if each.status == "duplicate"])
    changed = _last_of_each(incoming) if update else []
    if not (new or changed):
        return ()
    with store.changing("import", dry_run=dry_run) as change:
        target = store.target(to)
        touched = [_edit(store, each) for each in changed]
        if new:
            target.check_editable()
            target.document.add("\n\n".join(_text(each, topics) for each in new))
            touched.append(target)
        for bibliography in dict.fromkeys(touched):
            change.write(bibliography)
        change.commit()
    return (*new, *changed)


def _under_keys(
    store: Store, new: Iterable[Incoming], duplicates: Iterable[Incoming]
) -> list[Incoming]:
    """Give duplicates keys that nothing has."""
    planner = _Planner(store)
    planner.taken.update(each.record.key.lower() for each in new)
    return [planner.new(each.arriving) for each in duplicates if each.arriving is not None]


def _last_of_each(incoming: Iterable[Incoming]) -> list[Incoming]:
    changed = (
        each
        for each in incoming
        if each.status == "changed" and any(one.field != _TYPE for one in each.differences)
    )
    return list({each.record.key.lower(): each for each in changed}.values())


def _text(each: Incoming, topics: Sequence[str]) -> str:
    """Give the entry of a new record: its own text where it has one."""
    check_key(each.record.key)
    origin = each.arriving.entry if each.arriving is not None else None
    if origin is None:
        entry = Document.parse(entry_source(each.record)).entries[0]
    else:
        entry = inlined(origin, each.record.key)
    change_topics(entry, add=topics)
    return entry.raw


def _edit(store: Store, each: Incoming) -> Bibliography:
    """Let the record that is there take over what differs."""
    (wanted,) = whole(store, [each.record.key])
    there = each.there
    if there is None:
        raise UsageError(f"{each.record.key} is not there")
    before, after = entry_parts(there.record)[1], entry_parts(_merged(there.record, each))[1]
    sources = {}
    for name, source in after.items():
        if before.get(name) != source:
            sources[own_field(wanted.entry, name, there.record.type)] = source
    gone = [name for name in ("year", "month") if "date" in sources and name in wanted.entry]
    check_dated_once(wanted.entry, gone, sources)
    for name in gone:
        del wanted.entry[name]
    for name, source in sources.items():
        wanted.entry[name] = source
    return wanted.bibliography


def _merged(ours: Record, each: Incoming) -> Record:
    names = {difference.field for difference in each.differences}
    theirs = each.record
    values = {name: value for name, value in theirs.values.items() if name in names}
    extra = {name: text for name, text in theirs.extra.items() if name in names}
    more = [word for word in theirs.keywords if word not in ours.keywords]
    return ours.replace(
        values={**ours.values, **values},
        keywords=(*ours.keywords, *more) if _TOPICS in names else ours.keywords,
        extra={**ours.extra, **extra},
    )
