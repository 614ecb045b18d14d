"""A record from fields that somebody typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.reading import read_record
from northbib.bibtex.tables import SUBTYPES, TYPE_OF_ENTRY
from northbib.errors import UsageError
from northbib.library.typed import checked_field, checked_source
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.records import Record

__all__ = ["record_by_hand"]


def record_by_hand(entry_type: str, fields: Mapping[str, str]) -> Record:
    """Make a record, without a key, of a type and fields.

    Args:
        entry_type: An entry type of BibLaTeX (`report`) or a CSL type (`article-newspaper`).
        fields: BibLaTeX field or CSL variable -> value: plain text, or BibTeX if there is a
            backslash or a brace in it.

    Raises:
        UsageError: There is no such type, a field's name or value cannot be used, or there is no
            title.
    """
    wanted = entry_type.strip().lower()
    if wanted not in TYPE_OF_ENTRY and wanted not in SUBTYPES:
        hint = did_you_mean(wanted, {*TYPE_OF_ENTRY, *SUBTYPES}) or "such as book, article, online"
        raise UsageError(f"no type is called {entry_type!r}", hint=hint)
    csl_type = TYPE_OF_ENTRY.get(wanted) or SUBTYPES[wanted]
    sources: dict[str, str] = {}
    for typed, text in fields.items():
        name = checked_field(typed, csl_type)
        sources[name] = checked_source(typed, text, csl_type)
    if "title" not in sources:
        raise UsageError("a record needs a title", hint="add --set title=…")
    if wanted not in TYPE_OF_ENTRY:
        sources["entrysubtype"] = wanted
    return read_record(wanted, "", sources)
