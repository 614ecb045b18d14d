"""Changing and removing records: fields, topics, whole entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.tables import ALIASES, GENRES, SUBTYPES, TYPE_OF_ENTRY
from northbib.errors import ConflictError, NotFoundError, StoreError, UsageError
from northbib.library.topics import change_topics, checked_topics
from northbib.library.typed import checked_field, checked_source
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["edit", "remove", "tag"]

_PARENTS = ("crossref", "xdata")


def edit(store: Store, key: str, fields: Mapping[str, str], unset: Sequence[str]) -> Stored:
    """Do what `Store.edit` says."""
    with store.changing():
        stored = _only(store, key)
        bibliography, entry = _entry(store, stored)
        _check_type(stored, fields)
        kind = stored.record.type
        sources = {
            _own_field(entry, name, kind): checked_source(name, text, kind)
            for name, text in fields.items()
        }
        gone = [_own_field(entry, name, kind) for name in unset]
        _check_gone(entry, gone, sources)
        _check_dated_once(entry, gone, sources)
        for name in gone:
            del entry[name]
        for name, source in sources.items():
            entry[name] = source
        bibliography.save(bibliography.keys)
        store.forget()
        return store.get(key)


def tag(
    store: Store, keys: Sequence[str], add: Sequence[str], remove: Sequence[str]
) -> list[Stored]:
    """Do what `Store.tag` says."""
    added, removed = checked_topics(add), checked_topics(remove)
    with store.changing():
        touched = [_entry(store, _only(store, key)) for key in keys]
        for _, entry in touched:
            change_topics(entry, added, removed)
        _save({bibliography: bibliography.keys for bibliography, _ in touched})
        store.forget()
        return [store.get(key) for key in keys]


def remove(store: Store, keys: Sequence[str]) -> list[Stored]:
    """Do what `Store.remove` says."""
    with store.changing():
        found = (_only(store, key) for key in keys)
        wanted = list({id(stored): stored for stored in found}.values())
        touched = [_entry(store, stored) for stored in wanted]
        _check_orphans(touched)
        left = {bibliography: bibliography.keys for bibliography, _ in touched}
        for bibliography, entry in touched:
            left[bibliography].remove(entry.key)
            bibliography.document.remove(entry.key)
        _save(left)
    return wanted


def _only(store: Store, key: str) -> Stored:
    """Give the record of a key that no other entry has."""
    stored = store.get(key)
    wanted = stored.record.key.lower()
    places = [
        f"{bibliography.file}:{entry.line}"
        for bibliography in store.bibliographies.values()
        for entry in bibliography.document.entries
        if entry.key.lower() == wanted
    ]
    if len(places) > 1:
        raise ConflictError(
            f"nothing was changed: {stored.record.key} stands at {' and '.join(places)}",
            hint="give one of them another key in its file first",
        )
    return stored


def _entry(store: Store, stored: Stored) -> tuple[Bibliography, Entry]:
    bibliography = store.bibliographies[stored.bibliography]
    bibliography.check_editable()
    return bibliography, bibliography.document[stored.record.key]


def _check_type(stored: Stored, fields: Mapping[str, str]) -> None:
    """Refuse a type of entry as the `type` field, which says what kind of report or thesis it is.

    Those who do mean the field can name it `genre`, as CSL does.
    """
    for typed, text in fields.items():
        value = text.strip().casefold()
        is_kind = value in GENRES and TYPE_OF_ENTRY.get(value) == stored.record.type
        if (
            typed.strip().lower() == "type"
            and (value in TYPE_OF_ENTRY or value in SUBTYPES)
            and not is_kind
        ):
            raise UsageError(
                f"the type of {stored.record.key} is not set by the field {typed.strip()}",
                hint=f"the type stands in the entry's first line, {stored.file}:{stored.line}",
            )


def _own_field(entry: Entry, typed: str, csl_type: str) -> str:
    """Give the field that is meant by the name that the entry has it under: `journal`, if so."""
    name = checked_field(typed, csl_type)
    older = [old for old, new in ALIASES.items() if new == name]
    return next((own for own in (name, *older) if own in entry), name)


def _check_dated_once(entry: Entry, gone: Sequence[str], sources: Mapping[str, str]) -> None:
    """Refuse a `year` beside a `date`: biblatex reads the one, BibTeX the other."""
    for one, others in (("date", ("year", "month")), ("year", ("date",)), ("month", ("date",))):
        beside = [name for name in others if name in entry and name not in gone]
        if one in sources and one not in entry and beside:
            raise UsageError(
                f"{entry.key} has a {beside[0]} already, which {one} would contradict",
                hint=f"set {beside[0]} instead, or unset it in the same step",
            )


def _check_gone(entry: Entry, gone: Sequence[str], sources: Mapping[str, str]) -> None:
    for name in gone:
        if name in sources:
            raise UsageError(f"{name} cannot be set and unset at once", hint="choose one of them")
        if name not in entry:
            hint = did_you_mean(name, entry) or f"it has {', '.join(entry) or 'no fields'}"
            raise NotFoundError(f"{entry.key} has no field {name!r}", hint=hint)


def _check_orphans(touched: Sequence[tuple[Bibliography, Entry]]) -> None:
    """Refuse to remove entries that others, which stay, take fields from."""
    leaving = {(bibliography, entry.key.lower()) for bibliography, entry in touched}
    for bibliography in {bibliography for bibliography, _ in touched}:
        for entry in bibliography.document.entries:
            if (bibliography, entry.key.lower()) in leaving:
                continue
            for parent in _parents(entry):
                if (bibliography, parent.lower()) in leaving:
                    raise ConflictError(
                        f"{parent} was not removed: {entry.key} takes fields from it",
                        where=bibliography.file,
                        line=entry.line,
                        hint=f"remove {entry.key} as well, or give it fields of its own",
                    )


def _parents(entry: Entry) -> list[str]:
    values = (entry.get(name, "") for name in _PARENTS)
    return [key for key in (key.strip() for value in values for key in value.split(",")) if key]


def _save(changed: Mapping[Bibliography, Sequence[str]]) -> None:
    """Save several bibliographies, each with its keys; where one fails, put the others back."""
    before = {bibliography: bibliography.data for bibliography in changed}
    saved: list[Bibliography] = []
    try:
        for bibliography, keys in changed.items():
            bibliography.save(keys)
            saved.append(bibliography)
    except StoreError:
        for bibliography in saved:
            bibliography.restore(before[bibliography])
        raise
