"""Records as rows of a table: what the columns are called, and how a cell holds a value.

Any part of a record can be a column: a CSL variable, `key`, `type`, `keywords`, `year`, or a field
that CSL has no variable for. When a table is read, a column is known by any of the names that
databases, catalogues and reading-list systems give it. Names stand with `; ` between, dates in
EDTF.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from northbib.errors import UsageError
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.people import inverted, name_of
from northbib.exchange.table_columns import KINDS, LABELS, NAMES
from northbib.exchange.worded_dates import worded_date
from northbib.records import Date, Name, Record
from northbib.records.identifiers import doi
from northbib.records.near import did_you_mean
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

if TYPE_CHECKING:
    from northbib.records import Value

__all__ = ["COLUMNS", "KEPT", "Row", "columns_named", "is_header", "label_of", "meanings"]
__all__ += ["record_of", "row_of", "with_notes"]

Row = Mapping[str, str]
"""Column -> text of the cell."""

COLUMNS: tuple[str, ...] = tuple(
    """
    key type title author editor translator issued container-title collection-title volume issue
    number page edition publisher publisher-place ISBN ISSN DOI URL accessed language keywords
    abstract note
    """.split()
)
"""The columns of a table for which none are chosen."""

KEPT = "northbib"
"""The last column, for what the others do not hold."""

_OWN = frozenset({"key", "type", "keywords", "year", KEPT})
_VARIABLES = NAME_VARIABLES | DATE_VARIABLES | NUMBER_VARIABLES | TEXT_VARIABLES
_FIELDS = ("importance", "annotation")
_ENDS = ("page-first", "page-last")
_PART = "part-title"
"""The title of a chapter or an article, in tables in which `title` is that of the whole."""

_OR_ELSE = {"URL": ("URL-primary", "URL-online"), "ISBN": ("ISBN-10",)}
"""Column -> those that count where it is empty."""

_OTHERWISE = frozenset({_PART, *_ENDS, *(other for each in _OR_ELSE.values() for other in each)})
_OF_OTHERS = frozenset({"id", "label", "name", "type", "location", "city", "date", "note", "url"})
"""Names of columns that tables of persons or places have as well."""

_BETWEEN = "; "
_SIGNS = re.compile(r"[^a-z0-9]+")
_BARE_INITIALS = re.compile(
    r"(?P<family>[^,;]*?[^\W\d_]{2}[^,;]*?) (?P<given>[A-Z]{1,3}|[A-Z]\.(?:[- ]?[A-Z]\.){0,3})"
)
_NUMBER_OF_PERSON = re.compile(r" \(\d+\)$")
_FULL_NAMES = "author full names"
"""The column of Scopus beside the one of names with initials."""

_LINE_ENDS = re.compile(r"\s*\n\s*")
_OF_LINES = frozenset({"abstract", "annote", "note"})
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?<!Mc)(?<!Mac)(?=[A-ZÀ-Þ][\w.'’-]* )")
_EXTRA = "column-"


def columns_named(names: Sequence[str]) -> tuple[str, ...]:
    """Give the columns that a user names; a CSL variable may be written in any case.

    Raises:
        UsageError: There is no such column.
    """
    known = {name.lower(): name for name in (*_VARIABLES, *_OWN, *_FIELDS)}
    found = []
    for name in names:
        column = known.get(name.strip().lower()) or NAMES.get(_folded(name))
        if column is None:
            raise UsageError(f"no column is called {name!r}", hint=did_you_mean(name, known))
        found.append(column)
    return tuple(dict.fromkeys(found))


def label_of(column: str) -> str:
    """Give what stands on top of a column."""
    if column in LABELS:
        return LABELS[column]
    return column if column == KEPT or column.isupper() else column.replace("-", " ").capitalize()


def _folded(name: str) -> str:
    return _SIGNS.sub(" ", name.lower()).strip()


def is_header(cells: Sequence[str]) -> bool:
    """Tell whether a row names columns: one that only works have, or some that others have, too."""
    known = {name for cell in cells if (name := _folded(cell)) in NAMES}
    telling = {name for name in known if NAMES[name] in ("title", "DOI", "ISBN", "key")}
    return bool(telling - _OF_OTHERS) or (bool(telling) and len(known) > len(_OF_OTHERS & known))


def meanings(header: Sequence[str]) -> list[str]:
    """Give what each column holds; what is not known is a field of the name that it has there."""
    taken: set[str] = set()
    found = []
    has_full_names = any(_folded(cell) == _FULL_NAMES for cell in header)
    for cell in header:
        column = NAMES.get(_folded(cell), "")
        is_shorter = has_full_names and column == "author" and _folded(cell) != _FULL_NAMES
        if not column or column in taken or is_shorter:
            column = _EXTRA + _folded(cell).replace(" ", "-") if _folded(cell) else ""
        taken.add(column)
        found.append(column)
    return found


def row_of(record: Record, columns: Sequence[str]) -> dict[str, str]:
    """Give the cells of a record that are not empty."""
    cells = ((column, _cell(record, column)) for column in columns)
    return {column: text for column, text in cells if text}


def _cell(record: Record, column: str) -> str:
    if column in _OWN:
        own = {
            "key": record.key,
            "type": record.type,
            "keywords": _BETWEEN.join(record.keywords),
            "year": str(record.year or ""),
        }
        return own.get(column, "")
    value = record.values.get(column, "")
    if isinstance(value, tuple):
        return _BETWEEN.join(map(inverted, value))
    if isinstance(value, Date):
        return value.edtf()
    return record.plain(column) or record.extra.get(column, "")


def with_notes(row: Row, lines: Sequence[str]) -> dict[str, str]:
    """Put notes of ours into the last column, a line each."""
    return {**row, KEPT: "\n".join(lines)}


def record_of(row: Row) -> Record:
    """Give the record of a row."""
    values: dict[str, Value] = {}
    extra: dict[str, str] = {}
    for column, text in row.items():
        if column in _OWN or column in _OTHERWISE or not text:
            continue
        if column in _VARIABLES:
            values[column] = _value(column, text)
        else:
            extra[column] = text
    if row.get("year") and "issued" not in values:
        values["issued"] = _date(row["year"])
    for column, others in _OR_ELSE.items():
        other = next((row[name] for name in others if row.get(name)), "")
        if other and column not in values:
            values[column] = _value(column, other)
    part, whole = row.get(_PART, ""), values.get("title")
    if part and part != whole:
        values["title"] = part
        if whole is not None:
            values.setdefault("container-title", whole)
    ends = [row[end] for end in _ENDS if row.get(end)]
    if ends and "page" not in values:
        values["page"] = "-".join(dict.fromkeys(ends))
    kind = _kind(row, values)
    topics = [word.strip() for word in re.split(r"[;|]", row.get("keywords", "")) if word.strip()]
    if len(topics) == 1 and "keywords" in row and topics[0].count(",") > 1:
        topics = [word.strip() for word in topics[0].split(",") if word.strip()]
    record = Record(row.get("key", ""), kind, values, tuple(dict.fromkeys(topics)), extra)
    return with_kept(record, filter(is_kept, row.get(KEPT, "").split("\n")))


def _value(column: str, text: str) -> Value:
    if column in NAME_VARIABLES:
        return _people(text)
    if column in DATE_VARIABLES:
        return _date(text)
    if column == "DOI":
        return doi(text) or text if "doi" in text.lower() else text
    return text if column in _OF_LINES else _LINE_ENDS.sub(" ", text)


def _date(text: str) -> Date:
    date = Date.parse(text)
    return (worded_date(text) or date) if date.literal else date


def _people(text: str) -> tuple[Name, ...]:
    several = re.split(r"\s*[;|\n]\s*", text.strip(" ;|\n"))
    several = [_NUMBER_OF_PERSON.sub("", one) for one in several]
    if len(several) == 1 and "," not in text and _GLUED.search(text):
        return tuple(_spoken(one) for one in _GLUED.split(text))
    if len(several) == 1 and " and " in text and "," in text.partition(" and ")[0]:
        several = text.split(" and ")
    pieces = several if len(several) > 1 else [piece.strip() for piece in text.split(",")]
    initials = [_BARE_INITIALS.fullmatch(piece) for piece in pieces]
    if all(initials):
        return tuple(Name(match["family"], match["given"]) for match in initials if match)
    return tuple(name_of(one) for one in several if one)


def _spoken(text: str) -> Name:
    given, _, family = text.strip().rpartition(" ")
    return Name(family, given) if given else Name(literal=family)


def _kind(row: Row, values: Mapping[str, Any]) -> str:
    named = row.get("type", "").strip()
    if named in TYPES:
        return named
    kind = KINDS.get(_folded(named), "")
    if kind:
        return kind
    if "container-title" in values:
        is_part = "ISBN" in values and "ISSN" not in values
        return "chapter" if is_part else "article-journal"
    return "book" if "ISBN" in values and not named else "document"
