"""Changing and removing records: fields, topics, whole entries."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex import field_name, field_source
from northbib.bibtex.tables import ALIASES
from northbib.errors import ConflictError, NotFoundError, StoreError, UsageError
from northbib.library.topics import change_topics, checked_topics
from northbib.records import Date
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.bibtex import Entry
    from northbib.library.bibliography import Bibliography
    from northbib.library.store import Store
    from northbib.library.stored import Stored

__all__ = ["checked_field", "checked_source", "edit", "remove", "tag"]

_FIELD = re.compile(r"[^\W\d][\w+:./-]*")
_DATES = frozenset({"date", "eventdate", "origdate", "urldate"})
_NOT_FIELDS = {
    "id": "the citation key stands in the entry's first line",
    "citation-key": "the citation key stands in the entry's first line",
    "entrytype": "the type stands in the entry's first line",
}
_PARENTS = ("crossref", "xdata")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def edit(store: Store, key: str, fields: Mapping[str, str], unset: Sequence[str]) -> Stored:
    """Do what `Store.edit` says."""
    with store.changing():
        stored = store.get(key)
        bibliography, entry = _entry(store, stored)
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
        touched = [_entry(store, store.get(key)) for key in keys]
        for _, entry in touched:
            change_topics(entry, added, removed)
        _save({bibliography: bibliography.keys for bibliography, _ in touched})
        store.forget()
        return [store.get(key) for key in keys]


def remove(store: Store, keys: Sequence[str]) -> list[Stored]:
    """Do what `Store.remove` says."""
    with store.changing():
        wanted = list({id(stored): stored for stored in map(store.get, keys)}.values())
        touched = [_entry(store, stored) for stored in wanted]
        _check_orphans(touched)
        left = {bibliography: bibliography.keys for bibliography, _ in touched}
        for bibliography, entry in touched:
            left[bibliography].remove(entry.key)
            bibliography.document.remove(entry.key)
        _save(left)
    return wanted


def checked_field(typed: str, csl_type: str) -> str:
    """Give the BibLaTeX field that somebody means who names it, or a CSL variable.

    Args:
        typed: The name.
        csl_type: The CSL type of the record, which decides where its container goes.

    Raises:
        UsageError: It cannot be the name of a field.
    """
    name = field_name(typed.strip(), csl_type)
    if name in _NOT_FIELDS:
        raise UsageError(f"{typed} is no field of an entry", hint=_NOT_FIELDS[name])
    if not _FIELD.fullmatch(name):
        raise UsageError(
            f"{typed!r} cannot be the name of a field",
            hint="name a BibLaTeX field such as journaltitle, or a CSL variable such as"
            " container-title",
        )
    return name


def checked_source(typed: str, text: str, csl_type: str) -> str:
    """Give the BibTeX source, without delimiters, of what somebody typed for a field.

    Args:
        typed: The name of the field, as for `checked_field`.
        text: The value: plain text, or BibTeX if there is a backslash or a brace in it.
        csl_type: The CSL type of the record.

    Raises:
        UsageError: The value is empty, has a control character, is no date where one is due, or
            its braces do not balance.
    """
    name = checked_field(typed, csl_type)
    if not text.strip():
        raise UsageError(f"{typed} would be empty", hint="unset it to take it away")
    if _CONTROL.search(text):
        raise UsageError(f"{typed} has a control character in it", hint="write plain text")
    if name in _DATES:
        _check_date(typed, text)
    return field_source(name, text)


def _entry(store: Store, stored: Stored) -> tuple[Bibliography, Entry]:
    bibliography = store.bibliographies[stored.bibliography]
    bibliography.check_editable()
    return bibliography, bibliography.document[stored.record.key]


def _check_date(typed: str, text: str) -> None:
    try:
        Date.from_edtf(text)
    except ValueError as error:
        raise UsageError(
            f"{text!r} is no date for {typed}",
            hint="write 2014, 2014-10, 2014-10-23, a range 2010/2016, or 2014~ for about 2014",
        ) from error


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
