"""What a check can put right by itself: the edits of its rules, made in one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.library.check import inspect, places
from northbib.library.checking.edits import make

if TYPE_CHECKING:
    from northbib.bibtex import Entry
    from northbib.findings import Finding
    from northbib.library.changes.journal import Logged
    from northbib.library.check import Found
    from northbib.library.checking.choice import Choice
    from northbib.library.store import Store

__all__ = ["Mended", "mend"]

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
        for bibliography in store.bibliographies.values():
            if str(bibliography.file) in touched:
                bibliography.check_editable()
                change.write(bibliography)
        logged = change.commit()
    store.forget()
    return Mended(tuple(done), logged)


def _once(found: tuple[Found, ...]) -> list[Found]:
    """Make the edits, but only one of each field, since the next may rest on what this changes."""
    taken: set[tuple[Entry, str]] = set()
    made = []
    for each in found:
        if each.subject is None or not each.edits:
            continue
        fields = {(each.subject.entry, name) for name in each.edits}
        if taken.isdisjoint(fields) and make(each.subject.entry, each.edits):
            taken |= fields
            made.append(each)
    return made
