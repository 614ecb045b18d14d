"""A record -> an entry of classic BibTeX, for styles that know nothing of biblatex.

Source: Oren Patashnik, "BibTeXing" (1988), sections 3.1 (entry types) and 3.2 (fields). Fields that
classic BibTeX does not know are kept: its styles pass over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.tables import MONTHS
from northbib.bibtex.writing import entry_parts, laid_out

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["classic_source"]

_TYPES = {
    "article": "article",
    "book": "book",
    "booklet": "booklet",
    "collection": "book",
    "incollection": "incollection",
    "inproceedings": "inproceedings",
    "inreference": "incollection",
    "manual": "manual",
    "report": "techreport",
    "thesis": "phdthesis",
    "unpublished": "unpublished",
}
"""Entry type of biblatex -> that of BibTeX, `misc` for all others."""

_FIELDS = {
    "journaltitle": "journal",
    "location": "address",
    "organization": "howpublished",
    "annotation": "annote",
}
_MASTERS = ("ma", "ms", "m.")
"""How the names of master's degrees begin."""


def classic_source(record: Record) -> str:
    """Give the entry of a record as BibTeX itself takes it, without a final newline.

    Raises:
        UsageError: The key is empty or has a character that BibTeX takes for its end.
    """
    biblatex_type, fields = entry_parts(record)
    entry_type = _TYPES.get(biblatex_type, "misc")
    named = {_name(name, entry_type): source for name, source in fields.items() if name != "date"}
    if entry_type == "phdthesis" and fields.get("type", "").lower().startswith(_MASTERS):
        entry_type = "mastersthesis"
    return laid_out(record.key, entry_type, named | _dated(record))


def _name(name: str, entry_type: str) -> str:
    if name == "institution" and entry_type == "phdthesis":
        return "school"
    return _FIELDS.get(name, name)


def _dated(record: Record) -> dict[str, str]:
    """Give year and month; BibTeX has no day, and no range but as text."""
    issued = record.date()
    if issued is None:
        return {}
    if issued.start is None or issued.is_range or issued.circa:
        return {"year": issued.edtf()}
    year = {"year": f"{issued.start.year:04d}"}
    month = issued.start.month
    return year | ({"month": MONTHS[month - 1]} if month else {})
