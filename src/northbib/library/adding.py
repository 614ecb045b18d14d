"""Adding records: to which bibliography, under which key, and whether the work is there already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source, records
from northbib.errors import ConflictError, UsageError
from northbib.findings import Finding
from northbib.library.changes.appending import append
from northbib.library.topics import change_topics, checked_topics

if TYPE_CHECKING:
    from northbib.bibtex import Entry
    from northbib.library.known import Known
    from northbib.library.store import Store
    from northbib.library.stored import Stored
    from northbib.records import Record

__all__ = ["Added", "Wishes", "add", "add_source", "check_key", "inlined", "unmended"]

_KEY = re.compile(r"[^\s{}(),\"'#%\\=~]+")
_OPENING = re.compile(r"@[^{(]*[{(]\s*")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a source.

    Attributes:
        stored: The records that were added (or would be), in their order.
        conflicts: The entries that were left out, since their key or their work is there already.
        problems: What is wrong with the source as BibTeX; broken entries were left out.
    """

    stored: tuple[Stored, ...] = ()
    conflicts: tuple[Finding, ...] = ()
    problems: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Wishes:
    """How something is to be added; see `Store.add`."""

    to: str | None = None
    key: str | None = None
    tags: tuple[str, ...] = ()
    dry_run: bool = False


def add(store: Store, record: Record, wishes: Wishes) -> Stored:
    """Do what `Store.add` says."""
    key = wishes.key or record.key
    if key:
        check_key(key)
    topics = checked_topics(wishes.tags)
    with store.changing("add", dry_run=wishes.dry_run) as change:
        known = store.known
        source = entry_source(record.replace(key=key or _new_key(store, record, known)))
        entry = _alone(source)
        change_topics(entry, add=topics)
        conflict = known.conflict(entry, None, None)
        if conflict is not None:
            raise ConflictError(conflict.message, hint=conflict.fix)
        (stored,) = append(store, change, store.target(wishes.to), [entry])
    return stored


def add_source(store: Store, bibtex: bytes | str, name: str | None, wishes: Wishes) -> Added:
    """Do what `Store.add_source` says."""
    source = Document.parse(bibtex, name)
    if wishes.key is not None:
        check_key(wishes.key)
    if wishes.key is not None and len(source.entries) != 1:
        raise UsageError(
            f"one key cannot serve {len(source.entries)} entries",
            hint="leave it out, or add the entries one by one",
        )
    if not source.entries:
        return Added(problems=source.problems or (_nothing_in(name),))
    topics = checked_topics(wishes.tags)
    with store.changing("add", dry_run=wishes.dry_run) as change:
        wanted, conflicts = _sorted_out(store, source, name, wishes.key)
        for entry in wanted:
            change_topics(entry, add=topics)
        target = store.target(wishes.to)
        stored = append(store, change, target, wanted) if wanted else ()
    return Added(stored, conflicts, unmended(source))


def unmended(source: Document) -> tuple[Finding, ...]:
    """Give the problems of a source but for missing keys, which the entries were given."""
    keyless = {entry.line for entry in source.entries if not entry.key}
    return tuple(
        problem
        for problem in source.problems
        if problem.code != "entry-without-key" or problem.line not in keyless
    )


def check_key(key: str) -> None:
    """Refuse a citation key that BibTeX or biblatex could not read.

    Raises:
        UsageError: It is empty, or has a blank or one of the signs of BibTeX in it.
    """
    if not _KEY.fullmatch(key):
        raise UsageError(
            f"{key!r} cannot be a citation key",
            hint="use letters, digits and - _ : . / + only, without blanks",
        )


def _new_key(store: Store, record: Record, known: Known) -> str:
    # What already has its key, as most of what is added, needs no pattern.
    pattern = import_module("northbib.library.keys.setting").key_pattern(store.root)
    key: str = import_module("northbib.library.keys.unique").free_key(
        record, pattern, known.is_taken
    )
    return key


def _sorted_out(
    store: Store, source: Document, name: str | None, key: str | None
) -> tuple[list[Entry], tuple[Finding, ...]]:
    """Part the entries of a source into new ones, each out of its document, and conflicts."""
    known = store.known
    wanted: list[Entry] = []
    conflicts: list[Finding] = []
    by_entry = dict(records(source)) if not all(e.key for e in source.entries) else {}
    for origin in source.entries:
        own = key or origin.key or _new_key(store, by_entry[origin], known)
        entry = inlined(origin, own)
        conflict = known.conflict(entry, name, origin.line)
        if conflict is None:
            wanted.append(entry)
            known.add(entry, name or "the same source", origin.line)
        else:
            conflicts.append(conflict)
    return wanted, tuple(conflicts)


def _alone(text: str) -> Entry:
    """Give the only entry of a BibTeX text."""
    return Document.parse(text).entries[0]


def inlined(entry: Entry, key: str) -> Entry:
    """Give an entry out of its document, under a key, with the meaning of macros in their place."""
    text = entry.raw
    start = _OPENING.match(text)
    if key != entry.key and start is not None:
        text = f"{text[: start.end()]}{key}{text[start.end() + len(entry.key) :]}"
    alone = _alone(text)
    for name, value in entry.items():
        if alone[name] != value:
            alone[name] = value
    return alone


def _nothing_in(name: str | None) -> Finding:
    return Finding(
        code="no-entries",
        severity="error",
        message="there is no BibTeX entry in it",
        file=name,
        fix="an entry looks like this: @book{key, title = {A title}}",
    )
