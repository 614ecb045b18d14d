"""Filling fields of many records in one change, without touching what is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import NorthbibError
from northbib.library.changes.opening import opened, written
from northbib.library.editing import check_dated_once, own_field
from northbib.library.typed import checked_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.bibtex import Entry
    from northbib.library.changes.opening import Opened
    from northbib.library.store import Store

__all__ = ["Filling", "fill"]

_OLDER_DATES = ("year", "month")


@dataclass(frozen=True, slots=True)
class Filling:
    """What one record is to get.

    Attributes:
        key: Its citation key.
        fields: BibLaTeX field -> its BibTeX source without delimiters.
        replaced: Those of the fields that replace what the record has.
    """

    key: str
    fields: Mapping[str, str]
    replaced: frozenset[str] = frozenset()


def fill(store: Store, fillings: Sequence[Filling]) -> list[tuple[Filling, NorthbibError]]:
    """Fill fields of records, all in one change; a record that cannot be filled is left as it is.

    A field that somebody has set meanwhile stays as it is, unless it is to be replaced.

    Args:
        store: The library.
        fillings: What records are to get; each record once.

    Returns:
        What could not be filled, and why.

    Raises:
        StoreError: A file cannot be read, locked or written; all are as they were.
    """
    with store.changing("enrich") as change:
        found, failed = _opened(store, fillings)
        ready = []
        for filling, wanted in found:
            try:
                _set(wanted, filling)
            except NorthbibError as error:
                failed.append((filling, error))
            else:
                ready.append(wanted)
        written(change, ready)
    return failed


def _opened(
    store: Store, fillings: Sequence[Filling]
) -> tuple[list[tuple[Filling, Opened]], list[tuple[Filling, NorthbibError]]]:
    """Open the entries of records, but for those that are gone, there twice, or unreadable."""
    unsound = []
    try:
        found = opened(store, [filling.key for filling in fillings])
    except NorthbibError:
        sound = []
        for filling in fillings:
            try:
                opened(store, [filling.key])
            except NorthbibError as error:
                unsound.append((filling, error))
            else:
                sound.append(filling)
        # Together once more: entries of one file are to be opened in one document.
        fillings, found = sound, opened(store, [filling.key for filling in sound])
    return list(zip(fillings, found, strict=True)), unsound


def _set(wanted: Opened, filling: Filling) -> None:
    entry = wanted.entry
    sources = {}
    for name, text in filling.fields.items():
        own = own_field(entry, name, wanted.csl_type)
        if own not in entry or name in filling.replaced:
            sources[own] = checked_source(name, text, wanted.csl_type)
    is_redated = "date" in filling.replaced and "date" not in entry
    gone = [name for name in _OLDER_DATES if is_redated and name in entry]
    check_dated_once(entry, gone, sources)
    _write(entry, sources, gone)


def _write(entry: Entry, sources: Mapping[str, str], gone: Sequence[str]) -> None:
    for name in gone:
        del entry[name]
    for name, source in sources.items():
        entry[name] = source
