"""A record -> an entry of classic BibTeX, for styles that know nothing of biblatex.

Source: Oren Patashnik, "BibTeXing" (1988), sections 3.1 (entry types) and 3.2 (fields). Fields that
classic BibTeX does not know are kept: its styles pass over them. What its own fields cannot say,
a day, a doubt or a type, stands beside them in a field of biblatex.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.dates import date_source
from northbib.bibtex.localisation import GENRE_OF_ENTRY, GENRES
from northbib.bibtex.tables import ENTRY_OF_TYPE, MONTHS, TYPE_OF_ENTRY
from northbib.bibtex.writing import entry_parts, laid_out

if TYPE_CHECKING:
    from northbib.records import Date, Record

__all__ = ["ENTRY_TYPES", "classic_source"]

_TYPES = {
    "article": "article",
    "book": "book",
    "booklet": "booklet",
    "collection": "book",
    "inbook": "inbook",
    "incollection": "incollection",
    "inproceedings": "inproceedings",
    "inreference": "incollection",
    "manual": "manual",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "proceedings",
    "mvreference": "book",
    "proceedings": "proceedings",
    "reference": "book",
    "report": "techreport",
    "suppperiodical": "article",
    "thesis": "phdthesis",
    "unpublished": "unpublished",
}
"""Entry type of biblatex -> that of BibTeX, `misc` for all others."""

ENTRY_TYPES = frozenset({"conference", "mastersthesis", "misc", *_TYPES.values()})
"""The entry types of BibTeX."""

_FIELDS = {
    "journaltitle": "journal",
    "location": "address",
    "annotation": "annote",
    "eprinttype": "archiveprefix",
    "eprintclass": "primaryclass",
    "langid": "language",
}
_MASTERS = ("ma", "ms", "m.")
"""How the names of master's degrees begin."""


def classic_source(record: Record) -> str:
    """Give the entry of a record as BibTeX itself takes it, without a final newline.

    Raises:
        UsageError: The key is empty or has a character that BibTeX takes for its end.
    """
    biblatex_type, fields = entry_parts(record, whole_titles=True)
    entry_type = _type(biblatex_type, fields)
    _drop_implied_type(entry_type, fields)
    if TYPE_OF_ENTRY[entry_type] != record.type:
        fields.setdefault(
            "entrysubtype", ENTRY_OF_TYPE.get(record.type, ("", ""))[1] or record.type
        )
    if entry_type == "misc" and "organization" in fields:
        fields.setdefault("howpublished", fields["organization"])
    named = {_name(name, entry_type, fields): source for name, source in fields.items()}
    issued = record.date()
    macros = {} if issued is None else _date(named, issued)
    return laid_out(record.key, entry_type, named, macros)


def _type(biblatex_type: str, fields: dict[str, str]) -> str:
    if biblatex_type == "inbook" and "booktitle" in fields:
        return "incollection"  # BibTeX's own has no title but that of the book
    if biblatex_type == "thesis" and fields.get("type", "").lower().startswith(_MASTERS):
        return "mastersthesis"
    return _TYPES.get(biblatex_type, "misc")


def _drop_implied_type(entry_type: str, fields: dict[str, str]) -> None:
    key = GENRE_OF_ENTRY.get(entry_type)
    if key is not None and fields.get("type") in (key, GENRES[key]):
        del fields["type"]


def _name(name: str, entry_type: str, fields: dict[str, str]) -> str:
    other = _FIELDS.get(name, name)
    if name == "institution" and entry_type in ("phdthesis", "mastersthesis"):
        other = "school"
    return name if other in fields else other


def _date(named: dict[str, str], issued: Date) -> dict[str, str]:
    """Put in year, month and day, of which the month is a macro; `date` stays if it says more."""
    start, end = issued.start, issued.end
    if start is None:
        named.setdefault("year", named.pop("date", issued.edtf()))
        return {}
    year = f"{start.year:04d}"
    macros = {"month": _macro(start.month)} if start.month else {}
    says_more = issued.circa or issued.is_range or start.season or "T" in named.get("date", "")
    if not says_more:
        named.pop("date", None)
        named |= {"day": str(start.day)} if start.day else {}
    else:
        named["date"] = named.get("date") or date_source(issued)
    if issued.is_range and end is not None and end.year != start.year:
        year, macros = f"{year}--{end.year:04d}", {}
    elif end is not None and start.month and end.month:
        macros = {"month": f'{_macro(start.month)} # "--" # {_macro(end.month)}'}
    named["year"] = f"c. {year}" if issued.circa else year
    for name in macros:
        named.pop(name, None)
    return macros


def _macro(month: int) -> str:
    return MONTHS[month - 1][:3].lower()
