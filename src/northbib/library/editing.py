"""Changing, moving and removing records: fields, topics, whole entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.localisation import GENRES
from northbib.bibtex.tables import ALIASES, SUBTYPES, TYPE_OF_ENTRY
from northbib.bibtex.values import keys_in
from northbib.errors import ConflictError, NotFoundError, UsageError
from northbib.library.adding import inlined
from northbib.library.changes.opening import opened, whole, written
from northbib.library.topics import change_topics, checked_topics
from northbib.library.typed import checked_field, checked_source
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.changes.change import Change
    from northbib.library.changes.opening import Opened
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["check_dated_once", "edit", "move", "own_field", "remove", "tag"]

_PARENTS = ("crossref", "xdata")


def edit(store: Store, key: str, fields: Mapping[str, str], unset: Sequence[str]) -> Stored:
    """Do what `Store.edit` says."""
    with store.changing("edit") as change:
        (wanted,) = opened(store, [key])
        entry, kind = wanted.entry, wanted.csl_type
        _check_type(wanted, fields)
        sources = {
            own_field(entry, name, kind): checked_source(name, text, kind)
            for name, text in fields.items()
        }
        gone = [own_field(entry, name, kind) for name in unset]
        _check_gone(entry, gone, sources)
        check_dated_once(entry, gone, sources)
        for name in gone:
            del entry[name]
        for name, source in sources.items():
            entry[name] = source
        (stored,) = written(change, [wanted])
        return stored


def tag(
    store: Store, keys: Sequence[str], add: Sequence[str], remove: Sequence[str]
) -> list[Stored]:
    """Do what `Store.tag` says."""
    added, removed = checked_topics(add), checked_topics(remove)
    with store.changing("tag") as change:
        wanted = opened(store, keys)
        for each in wanted:
            change_topics(each.entry, added, removed)
        return written(change, wanted)


def move(store: Store, keys: Sequence[str], to: str) -> list[Stored]:
    """Do what `Store.move` says."""
    with store.changing("move") as change:
        target = store.target(to)
        target.check_editable()
        wanted = whole(store, keys)
        leaving = [
            (each.bibliography, each.entry)
            for each in wanted
            if each.bibliography.file != target.file
        ]
        _check_orphans(leaving, "moved")
        _check_parents(leaving)
        for _, entry in leaving:
            target.document.add(inlined(entry, entry.key).raw)
        for bibliography, entry in leaving:
            bibliography.document.remove(entry.key)
        if leaving:
            change.write(target)
        _commit(change, leaving)
        return list(target.stored_of(each.entry.key for each in wanted))


def remove(store: Store, keys: Sequence[str]) -> list[Stored]:
    """Do what `Store.remove` says."""
    with store.changing("remove") as change:
        wanted = whole(store, keys)
        stored = [each for one in wanted for each in one.bibliography.stored_of([one.entry.key])]
        touched = [(each.bibliography, each.entry) for each in wanted]
        _check_orphans(touched, "removed")
        for bibliography, entry in touched:
            bibliography.document.remove(entry.key)
        _commit(change, touched)
    return stored


def _check_type(wanted: Opened, fields: Mapping[str, str]) -> None:
    """Refuse a type of entry as the `type` field, which says what kind of report or thesis it is.

    Those who do mean the field can name it `genre`, as CSL does.
    """
    for typed, text in fields.items():
        value = text.strip().casefold()
        is_kind = value in GENRES and TYPE_OF_ENTRY.get(value) == wanted.csl_type
        if (
            typed.strip().lower() == "type"
            and (value in TYPE_OF_ENTRY or value in SUBTYPES)
            and not is_kind
        ):
            place = f"{wanted.bibliography.file}:{wanted.line}"
            raise UsageError(
                f"the type of {wanted.entry.key} is not set by the field {typed.strip()}",
                hint=f"the type stands in the entry's first line, {place}",
            )


def own_field(entry: Entry, typed: str, csl_type: str) -> str:
    """Give the field that is meant by the name that the entry has it under: `journal`, if so."""
    name = checked_field(typed, csl_type)
    older = [old for old, new in ALIASES.items() if new == name]
    return next((own for own in (name, *older) if own in entry), name)


def check_dated_once(entry: Entry, gone: Sequence[str], sources: Mapping[str, str]) -> None:
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


def _check_orphans(touched: Sequence[tuple[Bibliography, Entry]], done: str) -> None:
    """Refuse to take entries away that others, which stay, take fields from."""
    leaving = {(bibliography, entry.key.lower()) for bibliography, entry in touched}
    for bibliography in {bibliography for bibliography, _ in touched}:
        for entry in bibliography.document.entries:
            if (bibliography, entry.key.lower()) in leaving:
                continue
            for parent in _parents(entry):
                if (bibliography, parent.lower()) in leaving:
                    raise ConflictError(
                        f"{parent} was not {done}: {entry.key} takes fields from it",
                        where=bibliography.file,
                        line=entry.line,
                        hint=f"name {entry.key} as well, or give it fields of its own",
                    )


def _check_parents(leaving: Sequence[tuple[Bibliography, Entry]]) -> None:
    """Refuse to move entries away from those that they take fields from."""
    moved = {entry.key.lower() for _, entry in leaving}
    for bibliography, entry in leaving:
        for parent in _parents(entry):
            if parent in bibliography.document and parent.lower() not in moved:
                raise ConflictError(
                    f"{entry.key} was not moved: it takes fields from {parent}",
                    where=bibliography.file,
                    line=entry.line,
                    hint=f"name {parent} as well, or give {entry.key} fields of its own",
                )


def _parents(entry: Entry) -> list[str]:
    return [key for name in _PARENTS for key in keys_in(entry.get(name, ""))]


def _commit(change: Change, touched: Sequence[tuple[Bibliography, Entry]]) -> None:
    for bibliography in {bibliography: None for bibliography, _ in touched}:
        change.write(bibliography)
    change.commit()
