"""From a record of UNIMARC to a record, since files of MARC do not say which of the two they hold.

Source: IFLA, UNIMARC Manual: Bibliographic Format, 3rd edition.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.extents import page_count
from northbib.exchange.languages import tag_of
from northbib.exchange.marc21.texts import all_of, first_of
from northbib.exchange.relators import CODES
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from northbib.exchange.marc21.record import Field, Marc
    from northbib.records import Value

__all__ = ["decode_unimarc"]

_YEAR = re.compile(r"\d{4}")
_ROLES = {
    "070": "author",
    "340": "editor",
    "651": "editor",
    "730": "translator",
    "440": "illustrator",
}
_TEXTS = {
    "ISBN": ("010", "a"),
    "ISSN": ("011", "a"),
    "edition": ("205", "a"),
    "publisher-place": ("210", "a"),
    "publisher": ("210", "c"),
    "collection-title": ("225", "a"),
    "collection-number": ("225", "v"),
    "note": ("300", "a"),
    "abstract": ("330", "a"),
    "container-title": ("461", "t"),
    "URL": ("856", "u"),
}


def decode_unimarc(native: Marc) -> Record:
    """Give the record of a record of UNIMARC."""
    values: dict[str, Value] = {"title": _title(native.first("200"))}
    for variable, (tag, code) in _TEXTS.items():
        for field in native.having(tag):
            values.setdefault(variable, " ".join(all_of(field, code)))
    _set_names(values, native)
    written = " ".join(" ".join(f.texts("d")) for f in native.having("210"))
    if years := _YEAR.findall(written):
        values["issued"] = Date(Day(int(years[0])))
    extent = " ".join(" ".join(field.texts("a")) for field in native.having("215"))
    values["number-of-pages"] = page_count(extent)
    language = first_of(native.first("101"), "a")
    values["language"] = tag_of(language) if language else ""
    topics = [" ".join(f.texts("a")) for f in native.having("606", "610")]
    key = native.data("001").strip()
    kind = "chapter" if values.get("container-title") else "book"
    found = {name: value for name, value in values.items() if value}
    return Record(key, kind, found, tuple(dict.fromkeys(filter(None, topics))))


def _title(field: Field | None) -> str:
    title = ": ".join((" ; ".join(all_of(field, "a")), *all_of(field, "e")))
    return ". ".join((title, *all_of(field, "h", "i")))


def _set_names(values: dict[str, Value], native: Marc) -> None:
    for field in native.having("700", "701", "702", "710", "711", "712"):
        code = "".join(field.texts("4")[:1])
        role = _ROLES.get(code, "contributor" if field.tag in ("702", "712") else "author")
        family, given = ("".join(field.texts(part)[:1]).strip(" ,") for part in "ab")
        given = "".join(field.texts("g")[:1]).strip(" ,") or given
        is_person = field.tag < "710" and given
        name = Name(family, given) if is_person else Name(literal=family)
        named = values.get(role, ())
        if name != Name() and isinstance(named, tuple) and role in CODES:
            values[role] = (*named, name)
