"""Fill the gaps of records from the sources that know them; what is there is not touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source
from northbib.errors import UsageError
from northbib.library.filling import Filling
from northbib.records import Date, Record
from northbib.resolve.provenance import same
from northbib.resolve.recognition import recognise
from northbib.resolve.titles import titles_agree

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from northbib.records import Value
    from northbib.resolve.claims import Resolution

__all__ = ["FILLED", "Conflict", "Gaps", "filling_of", "gaps", "known_by"]

FILLED = (
    "author",
    "editor",
    "container-title",
    "publisher",
    "publisher-place",
    "issued",
    "volume",
    "issue",
    "page",
    "number",
    "edition",
    "DOI",
    "ISBN",
    "ISSN",
    "PMID",
    "language",
    "URL",
)
"""The fields that are filled; a type, a title and a topic are a person's to choose."""

# What belongs together is filled from one source or not at all.
_TOGETHER = ("volume", "issue", "page")
_IDENTIFIERS = (("DOI", ""), ("PMID", "PMID:"), ("PMCID", ""), ("ISBN", "ISBN "), ("URL", ""))


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which a record and a source differ: the record keeps its value."""

    field: str
    ours: Value
    theirs: Value
    source: str


@dataclass(frozen=True, slots=True)
class Gaps:
    """What a source can add to a record.

    Attributes:
        values: CSL variable -> the value for it, for those that the record lacks.
        conflicts: Where the record says something else.
    """

    values: Mapping[str, Value]
    conflicts: tuple[Conflict, ...]


def known_by(record: Record) -> str:
    """Give the text by which a record can be looked up: its best identifier, "" if it has none."""
    for variable, label in _IDENTIFIERS:
        value = record.plain(variable)
        if value:
            try:
                return recognise(label + value).written
            except UsageError:
                continue
    return ""


def gaps(record: Record, resolution: Resolution, overwrite: Collection[str] = ()) -> Gaps | None:
    """Compare a record with what was found for it.

    A date that agrees with that of the record and says more or less is no conflict.

    Args:
        record: A record of the library.
        resolution: What was found by its identifier.
        overwrite: Variables that are taken from the source though the record has them.

    Returns:
        What can be filled, and the conflicts; None if what was found is another work.
    """
    if not titles_agree(record.title, resolution.record.title):
        return None
    filled: dict[str, Value] = {}
    conflicts = []
    for field in FILLED:
        theirs, ours = resolution.record.values.get(field), record.values.get(field)
        if not theirs or (field == "URL" and record.plain("DOI")):
            continue
        if not ours or (field in overwrite and not same(ours, theirs)):
            filled[field] = theirs
        elif not same(ours, theirs) and not _agree(theirs, ours):
            source = resolution.claims[field][0].source if field in resolution.claims else ""
            conflicts.append(Conflict(field, ours, theirs, source))
    if any(conflict.field in _TOGETHER for conflict in conflicts):
        filled = {field: value for field, value in filled.items() if field not in _TOGETHER}
    return Gaps(filled, tuple(conflicts))


def filling_of(record: Record, values: Mapping[str, Value]) -> Filling:
    """Give what fills fields of a record, each as an entry of its type has it.

    Args:
        record: A record of the library.
        values: CSL variable -> value; those that the record has are replaced.
    """
    replaced = {field: value for field, value in values.items() if record.values.get(field)}
    fields = _sources(record, values)
    return Filling(record.key, fields, frozenset(_sources(record, replaced) if replaced else ()))


def _sources(record: Record, values: Mapping[str, Value]) -> dict[str, str]:
    only = Record(key="x", type=record.type, values=values)
    entry = Document.parse(entry_source(only)).entries[0]
    return {name: _undelimited(source) for name, source in entry.sources}


def _undelimited(source: str) -> str:
    source = source.strip()
    return source[1:-1] if source[:1] + source[-1:] in ("{}", '""') else source


def _agree(one: Value, other: Value) -> bool:
    """Whether of two dates one says less than the other, and nothing else."""
    if not isinstance(one, Date) or not isinstance(other, Date):
        return False
    short, long = sorted((one.edtf(), other.edtf()), key=len)
    return long.startswith(short)
