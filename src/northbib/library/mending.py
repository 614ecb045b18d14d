"""What a check can put right by itself: the edits of its rules, made in one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.library.check import inspect, places
from northbib.library.checking.edits import make

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from northbib.bibtex import Entry
    from northbib.findings import Finding
    from northbib.library.changes.change import Change
    from northbib.library.changes.journal import Logged
    from northbib.library.check import Found
    from northbib.library.checking.choice import Choice
    from northbib.library.store import Store

__all__ = ["Mended", "mend", "mend_found"]

_PASSES = 8
"""An edit may uncover something else to edit, such as a name in a field of the wrong name."""


@dataclass(frozen=True, slots=True)
class Mended:
    """What was put right.

    Attributes:
        findings: What was found and is no more.
        change: The change as the journal has it; None if there was nothing to do.
    """

    findings: tuple[Finding, ...]
    change: Logged | None


def mend(store: Store, query: str, choice: Choice) -> Mended:
    """Put right what can be put right without a person, all of it in one change.

    Args:
        store: The library.
        query: Which records to look at, "" for all.
        choice: Which rules to ask, and what is excepted.

    Raises:
        UsageError: The query makes no sense.
        NotFoundError: It names a bibliography that is not there.
        ConflictError: Another program changes the same fields meanwhile.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    wanted = places(store, query)
    with store.changing("check --fix") as change:
        done: list[Finding] = []
        touched: set[str] = set()
        for _ in range(_PASSES):
            made = _once(inspect(store, wanted, choice).found)
            done += (each.finding for each in made)
            touched |= {each.finding.file or "" for each in made}
            if not made:
                break
        logged = _written(store, change, touched)
    store.forget()
    return Mended(tuple(done), logged)


def mend_found(store: Store, found: Sequence[Found], command: str) -> Mended:
    """Put right what was found a while ago, in entries that are still as they were then.

    Args:
        store: The library.
        found: What was found; what only a person can put right is left alone.
        command: What makes the change, for the log.

    Raises:
        ConflictError: Another program changes the same fields meanwhile.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    with store.changing(command) as change:
        entries = {
            (str(bibliography.file), entry.raw): entry
            for bibliography in store.bibliographies.values()
            for entry in bibliography.document.entries
        }
        still = []
        for each in found:
            raw = each.subject.entry.raw if each.subject is not None else ""
            entry = entries.get((each.finding.file or "", raw))
            if entry is not None:
                still.append((each, entry))
        made = _made(still)
        logged = _written(store, change, {each.finding.file or "" for each in made})
    store.forget()
    return Mended(tuple(each.finding for each in made), logged)


def _written(store: Store, change: Change, files: Collection[str]) -> Logged | None:
    for bibliography in store.bibliographies.values():
        if str(bibliography.file) in files:
            bibliography.check_editable()
            change.write(bibliography)
    return change.commit()


def _once(found: tuple[Found, ...]) -> list[Found]:
    return _made((each, each.subject.entry) for each in found if each.subject is not None)


def _made(found: Iterable[tuple[Found, Entry]]) -> list[Found]:
    """Make the edits, but only one of each field, since the next may rest on what this changes."""
    taken: set[tuple[Entry, str]] = set()
    made = []
    for each, entry in found:
        if not each.edits:
            continue
        fields = {(entry, name) for name in each.edits}
        if taken.isdisjoint(fields) and make(entry, each.edits):
            taken |= fields
            made.append(each)
    return made
