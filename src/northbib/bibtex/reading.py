"""An entry of a bibliography -> a record, by the tables of `northbib.bibtex.tables`.

The readers below each take their fields out of the entry's; what is left over at the end and has no
variable of its own goes into the record's `extra`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from northbib.bibtex.dates import read_date_source, read_dates
from northbib.bibtex.draft import Draft
from northbib.bibtex.forms import keep_entry_type, read_forms, read_type
from northbib.bibtex.inheritance import Inherited
from northbib.bibtex.latex import to_plain, to_rich, to_verbatim
from northbib.bibtex.names import list_text, read_names
from northbib.bibtex.publication import read_addresses, read_publication
from northbib.bibtex.roles import read_roles
from northbib.bibtex.tables import FIELDS, NAME_LISTS, RAW, TITLES, is_verbatim
from northbib.bibtex.titles import read_titles
from northbib.bibtex.values import split_at_commas
from northbib.records import Date, Record
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from northbib.bibtex.document import Document, Entry
    from northbib.records import Value

__all__ = ["one_by_one", "read_record", "records", "useprefix"]

_T = TypeVar("_T")
_NO_WORKS = frozenset({"xdata", "set", "control"})
_USEPREFIX = re.compile(r"useprefix(?:=(\w+))?")


def records(
    document: Document,
    parents: Callable[[str], Entry | None] | None = None,
    entries: Iterable[Entry] | None = None,
) -> list[tuple[Entry, Record]]:
    """Give the record of every entry in the order of the file, with what it inherits.

    Entries that are no works of their own (`@xdata`, `@set`) are left out; repeated keys are not.

    Args:
        document: The file.
        parents: Finds an entry that is not in the document, by its key, for those that inherit
            from another file; None if there is none.
        entries: Those of the document that are wanted; all if None.
    """
    found = one_by_one(document, parents, document.entries if entries is None else entries)
    return [(entry, record) for entry, record in found if record is not None]


def one_by_one(
    document: Document, parents: Callable[[str], Entry | None] | None, entries: Iterable[Entry]
) -> Iterator[tuple[Entry, Record | None]]:
    """Give entries with their records, each when it is asked for, so that few are in memory.

    Args:
        document: As for `records`.
        parents: As for `records`.
        entries: The entries; those that are no works of their own have no record.
    """
    inherited = Inherited(document, parents)
    for entry in entries:
        if entry.type in _NO_WORKS:
            yield entry, None
        else:
            yield entry, read_record(entry.type, entry.key, inherited.fields(entry))


def read_record(entry_type: str, key: str, fields: Mapping[str, str]) -> Record:
    """Give the record of one entry.

    Args:
        entry_type: Its type in lower case.
        key: Its citation key.
        fields: Values as BibTeX reads them, by biblatex field name in lower case.
    """
    draft = Draft("", _filled(dict(fields)), {}, {})
    draft.type = read_type(entry_type, draft)
    options = draft.fields.pop("options", "")
    draft.useprefix = bool(options) and useprefix(options)
    read_titles(draft)
    read_publication(draft)
    read_dates(draft)
    read_forms(entry_type, draft)
    read_addresses(draft)
    read_roles(draft)
    keywords = _keywords(draft.fields.pop("keywords", ""))
    _read_rest(draft)
    if options:
        _keep_options(draft, options)
    keep_entry_type(entry_type, draft)
    return Record(key, draft.type, _filled(draft.values), keywords, _filled(draft.extra))


def _filled(values: dict[str, _T]) -> dict[str, _T]:
    # Braces around nothing are a field in the file but no value of the work.
    if all(values.values()):
        return values
    return {name: value for name, value in values.items() if value}


def _read_rest(draft: Draft) -> None:
    values, extra = draft.values, draft.extra
    for name, source in draft.fields.items():
        variable, read = _READERS.get(name, _NO_READER)
        if read is None or variable in values:
            extra[name] = _plain(name, source)
        else:
            value = read(source, draft)
            if value is not None:
                values[variable] = value


def _name_list(source: str, draft: Draft) -> Value:
    return read_names(source, useprefix=draft.useprefix)


def _date(source: str, _: Draft) -> Value | None:
    date = read_date_source(source)
    return None if date == Date() else date


def _address(source: str, _: Draft) -> Value:
    return to_verbatim(source)


def _title(source: str, _: Draft) -> Value:
    return to_rich(source, protects=True)


def _text(source: str, _: Draft) -> Value:
    return to_rich(source)


def _reader(name: str, variable: str) -> Callable[[str, Draft], Value | None]:
    if variable in NAME_VARIABLES:
        return _name_list
    if variable in DATE_VARIABLES:
        return _date
    if is_verbatim(name):
        return _address
    return _title if name in TITLES else _text


_READERS = {name: (variable, _reader(name, variable)) for name, variable in FIELDS.items()}
"""Field -> CSL variable, and what reads it."""
_NO_READER = ("", None)


def _plain(name: str, source: str) -> str:
    if name in RAW:
        return source
    if name in NAME_LISTS:
        return list_text(source)
    return to_verbatim(source) if is_verbatim(name) else to_plain(source)


def useprefix(options: str) -> bool:
    """Whether the options of an entry let particles stay with the family name."""
    found = [_USEPREFIX.fullmatch(option.replace(" ", "")) for option in options.split(",")]
    return any(match is not None and match[1] in (None, "true") for match in found)


def _keep_options(draft: Draft, options: str) -> None:
    # Where a name has a particle that stays, the writer puts the option there by itself.
    if draft.useprefix and draft.has_staying_particle:
        rest = [option.strip() for option in options.split(",")]
        options = ", ".join([option for option in rest if not option.startswith("useprefix")])
    draft.extra["options"] = options


def _keywords(source: str) -> tuple[str, ...]:
    if not source:
        return ()
    # Signs of LaTeX are looked for in all words at once.
    if to_plain(source) == source:
        words = [piece.strip() for piece in source.split(",")]
    else:
        words = [to_plain(piece.strip()) for piece in split_at_commas(source)]
    return tuple([word for word in words if word])
