"""Giving records new keys by a pattern, wherever they are named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.findings import Finding
from northbib.library.keys.unique import belongs_to, free_key
from northbib.library.references import add_aliases, aliases, redirect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from northbib.bibtex import Entry
    from northbib.library.keys.pattern import Pattern
    from northbib.library.searching.query import Query
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["Rekeyed", "Renamed", "carry_out", "rekey"]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A record that got another key."""

    old: str
    new: str
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What became of giving records new keys.

    Attributes:
        renamed: The records that got another key, in the order of the library.
        left: Those that could not be given one, since several entries have their key.
        redirected: How many other entries named one of them and now do by its new key.
    """

    renamed: tuple[Renamed, ...] = ()
    left: tuple[Finding, ...] = ()
    redirected: int = 0


def rekey(store: Store, query: Query | str, pattern: Pattern, *, dry_run: bool = False) -> Rekeyed:
    """Give the records that a query finds the keys that a pattern makes of them.

    A record whose key the pattern makes, with or without a suffix, keeps it, so that a second run
    changes nothing. The old key becomes an alias (`ids`), by which biblatex and northbib find the
    record still, and entries of all bibliographies that name it name the new one.

    Args:
        store: The library.
        query: Which records.
        pattern: What keys are made of.
        dry_run: Change nothing; say what would be changed.

    Raises:
        UsageError: The query makes no sense, or a file cannot hold a key.
        NotFoundError: It names a bibliography that is not there.
        ConflictError: Another program has changed one of the entries meanwhile.
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    with store.changing("rekey", dry_run=dry_run) as change:
        holders = _holders(store)
        found = store.find(query)
        left = tuple(_left(stored) for stored in found if _holds_other(stored, holders))
        wanted = [stored for stored in found if not _holds_other(stored, holders)]
        renamed = list(_new_keys(wanted, pattern, holders))
        new_of = {each.old.lower(): each.new for each in renamed}
        touched, redirected = carry_out(store, new_of)
        for name in touched:
            change.write(store.bibliographies[name])
        change.commit()
    return Rekeyed(tuple(renamed), left, redirected)


def _holders(store: Store) -> dict[str, list[Entry]]:
    """Give the entries that have each key, in lower case, as their own or as an alias."""
    found: dict[str, list[Entry]] = {}
    for bibliography in store.bibliographies.values():
        for entry in bibliography.document.entries:
            for key in {entry.key.lower(), *(key.lower() for key in aliases(entry))}:
                found.setdefault(key, []).append(entry)
    return found


def _holds_other(stored: Stored, holders: Mapping[str, Sequence[Entry]]) -> bool:
    return len(holders.get(stored.record.key.lower(), ())) != 1


def _left(stored: Stored) -> Finding:
    return Finding(
        code="duplicate-key",
        severity="warning",
        message=f"{stored.record.key} keeps its key: other entries have it too",
        file=str(stored.file),
        line=stored.line,
        key=stored.record.key,
        fix="northbib duplicates finds them; give one of them another key in its file first",
    )


def _new_keys(
    wanted: Sequence[Stored], pattern: Pattern, holders: dict[str, list[Entry]]
) -> Iterator[Renamed]:
    for stored in wanted:
        old = stored.record.key
        if belongs_to(old, stored.record, pattern):
            continue
        own = holders[old.lower()]

        def is_taken(key: str, own: list[Entry] = own) -> bool:
            # A record may go back to a key that is an alias of its own.
            return any(entry is not own[0] for entry in holders.get(key, ()))

        new = free_key(stored.record, pattern, is_taken)
        if new != old:
            holders[new.lower()] = own
            yield Renamed(old, new, stored.file, stored.line)


def carry_out(store: Store, new_of: Mapping[str, str]) -> tuple[list[str], int]:
    """Rename entries and what names them, in the documents of a library; nothing is written.

    Args:
        store: The library.
        new_of: Old key in lower case -> new key.

    Returns:
        The names of the bibliographies that it changed, and how many entries named one of them.

    Raises:
        UsageError: A file cannot hold a key.
        StoreError: A file cannot be edited.
    """
    touched, redirected = [], 0
    for name, bibliography in store.bibliographies.items():
        if bibliography.unreadable is not None:
            continue
        is_touched = False
        for entry in bibliography.document.entries:
            if redirect(entry, new_of):
                redirected += 1
                is_touched = True
            new = new_of.get(entry.key.lower())
            if new is not None:
                bibliography.check_editable()
                _rename(entry, new)
                is_touched = True
        touched += [name] if is_touched else []
    return touched, redirected


def _rename(entry: Entry, new: str) -> None:
    old = entry.key
    entry.rename(new)
    # BibTeX knows no difference of case, so that the key in another case is no alias.
    add_aliases(entry, [old] if old.lower() != new.lower() else [])
