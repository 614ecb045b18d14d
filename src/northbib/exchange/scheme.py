"""How tagged formats name the parts of a record: one table for reading and writing each.

RIS and the tagged format of EndNote differ in their tags and agree in what these mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.people import inverted, name_of
from northbib.exchange.tagged import Fields, all_of, first_of, one_line
from northbib.records import Date, Day, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from northbib.records import Value

__all__ = ["HAS_PAGE_COUNT", "SERIALS", "Scheme", "date_of", "decoded", "encoded"]

SERIALS = frozenset(
    "article-journal article-magazine article-newspaper periodical review review-book".split()
)
"""Types that have an issue, and an ISSN."""

HAS_PAGE_COUNT = frozenset("book thesis report manuscript pamphlet classic collection".split())
"""Types whose pages, if one number, are how many there are."""

_VERSIONED = frozenset({"dataset", "software"})
_SHARED = {"issue": "number", "number": "issue", "edition": "version", "version": "edition"}
"""Variables that share a tag."""

_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DATE = re.compile(r"\s*(\d{4})(?:[/-](\d{1,2})?)?(?:[/-](\d{1,2})?)?(?:[/-](.*))?\s*")


@dataclass(frozen=True, slots=True)
class Scheme:
    """The tags of a format.

    Attributes:
        key: Tag of the citation key.
        keyword: Tag of a topic.
        note: Tag of a note, where notes of ours are kept as well.
        serial: Tag of an ISBN or ISSN.
        names: Role -> tag, a line for each name.
        texts: Variable -> tag, in the order in which they are written.
        others: Variable -> tags that stand for it where its own is not there.
    """

    key: str
    keyword: str
    note: str
    serial: str
    names: Mapping[str, str]
    texts: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def decoded(fields: Fields, kind: str, scheme: Scheme, more: Mapping[str, Value]) -> Record:
    """Give the record of tagged lines.

    Args:
        fields: The lines.
        kind: The CSL type that they name.
        scheme: The tags.
        more: What the format says in ways of its own, such as pages and dates.
    """
    values: dict[str, Value] = {}
    for role, tag in scheme.names.items():
        written = all_of(fields, tag) or all_of(fields, *scheme.others.get(role, ()))
        if written:
            values[role] = tuple(map(name_of, written))
    values |= _texts(fields, kind, scheme)
    values |= _serial_numbers(all_of(fields, scheme.serial))
    values |= more
    notes = [line for value in all_of(fields, scheme.note) for line in value.split("\n")]
    if any(map(is_kept, notes)):
        own = "\n".join(line for line in notes if not is_kept(line))
        values.pop("note", None)
        values |= {"note": own} if own else {}
    topics = [
        word.strip() for value in all_of(fields, scheme.keyword) for word in value.split("\n")
    ]
    record = Record(first_of(fields, scheme.key), kind, values, tuple(dict.fromkeys(topics)))
    return with_kept(record, notes)


def encoded(
    record: Record, scheme: Scheme, text: Callable[[Record, str], str] = Record.plain
) -> list[tuple[str, str]]:
    """Give the tagged lines of a record, but for its type and what the format says in its own way.

    Lines without a value are among them.

    Args:
        record: The record.
        scheme: The tags.
        text: Gives the text of a variable as the format can hold it.
    """
    fields = [(scheme.key, record.key)]
    for role, tag in scheme.names.items():
        fields += [(tag, one_line(inverted(name))) for name in record.names(role)]
    for variable, tag in scheme.texts.items():
        if _stands_for(variable, record.type) or not record.plain(_SHARED[variable]):
            fields.append((tag, one_line(text(record, variable))))
    fields += [(scheme.serial, record.plain(variable)) for variable in ("ISBN", "ISSN")]
    return fields + [(scheme.keyword, one_line(word)) for word in record.keywords]


def date_of(texts: list[str]) -> Date | None:
    """Read the first date of year, month and day with `/` or `-` between, else give the literal."""
    for text in texts:
        match = _DATE.fullmatch(text)
        if match is not None:
            year, month, day = (int(part or 0) for part in match.groups()[:3])
            try:
                return Date(Day(year, month, day if month else 0))
            except ValueError:
                return Date(Day(year))
    return Date(literal=texts[0]) if texts else None


def _texts(fields: Fields, kind: str, scheme: Scheme) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for variable, tag in scheme.texts.items():
        if _stands_for(variable, kind):
            text = first_of(fields, tag, *scheme.others.get(variable, ()))
            if text:
                values[variable] = _DOI.sub("", text) if variable == "DOI" else text
    return values


def _stands_for(variable: str, kind: str) -> bool:
    """Tell whether a type has a variable, of those that share a tag."""
    if variable in ("issue", "number"):
        return (variable == "issue") == (kind in SERIALS)
    if variable in ("edition", "version"):
        return (variable == "version") == (kind in _VERSIONED)
    return True


def _serial_numbers(written: list[str]) -> dict[str, Value]:
    numbers: dict[str, list[str]] = {}
    for number in written:
        numbers.setdefault("ISSN" if _ISSN.fullmatch(number) else "ISBN", []).append(number)
    return {variable: " ".join(several) for variable, several in numbers.items()}
