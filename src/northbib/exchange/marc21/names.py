"""Names and roles in MARC 21: by relators, else by the statement of responsibility."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.exchange.marc21.dates import printed_date
from northbib.exchange.marc21.texts import all_of, first_of, trimmed, without_full_stop
from northbib.exchange.people import name_of, without_dates
from northbib.exchange.relators import role_of
from northbib.records import Name

if TYPE_CHECKING:
    from northbib.exchange.marc21.record import Field, Marc
    from northbib.records import Value

__all__ = ["name_of_field", "set_names"]

_TAGS = ("100", "110", "111", "700", "710", "711", "720")
_FULLER = re.compile(r" \([^()]*\)$")
_SUFFIXES = re.compile(r"(?:Jr|Sr|I{2,3}|IV|V)\.?")
_NUMERAL = re.compile(r"[IVX]+\.?")
_DONE_BY = (
    (
        "editor",
        re.compile(r"\b(?:edited|ed\.|eds?\.|editors?|hrsg|herausgegeben|hg\.|edit[ée]|dir)"),
    ),
    ("translator", re.compile(r"\b(?:translat|transl\.|trans\.|tr\.|übers|traduit|trad\.)")),
    ("illustrator", re.compile(r"\b(?:illustrat|ill\.|drawings|illustriert)")),
    ("compiler", re.compile(r"\b(?:compiled|comp\.|zusammengestellt)")),
)
_HELP = re.compile(r"\b(?:introduction|foreword|preface|afterword|with |assist|vorwort|préface)")


def set_names(values: dict[str, Value], native: Marc) -> None:
    """Set the names that a record has, and the meeting that it comes from."""
    said = first_of(native.first("245"), "c")
    for field in native.having(*_TAGS):
        if field.tag in ("711", "111") and not field.texts("4", "e", "j"):
            _set_event(values, field)
            continue
        if field.tag[0] == "7" and first_of(field, "t"):
            continue
        name = name_of_field(field)
        role = _role(field, name, said, has_author="author" in values)
        named = values.get(role, ())
        if name != Name() and isinstance(named, tuple) and name not in named:
            values[role] = (*named, name)


def _role(field: Field, name: Name, said: str, *, has_author: bool) -> str:
    coded = next(filter(None, map(role_of, all_of(field, "4", "e", "j"))), "")
    if coded or field.tag[0] == "1":
        return coded or "author"
    # Before RDA, catalogues named the roles of people in the statement alone.
    return _said(name, said) or ("contributor" if has_author else "author")


def _said(name: Name, said: str) -> str:
    wanted = (name.family or name.literal).casefold()
    for place, part in enumerate(re.split(r"\s*;\s*", said)):
        words = part.casefold()
        if wanted and wanted in words:
            found = next((role for role, pattern in _DONE_BY if pattern.search(words)), "")
            if found or _HELP.search(words):
                return found
            return "author" if place == 0 else ""
    return ""


def name_of_field(field: Field) -> Name:
    """Give the name that a field holds."""
    if field.tag.endswith("10") or field.tag.endswith("11"):
        return Name(literal=". ".join(trimmed(part) for part in all_of(field, "a", "b")))
    whole = without_full_stop(without_dates(first_of(field, "a")))
    whole = _FULLER.sub("", whole)
    numeral = first_of(field, "b").rstrip(" ,.")
    if _NUMERAL.fullmatch(numeral):
        whole = f"{whole} {numeral}"
    suffix = first_of(field, "c").rstrip(",")
    if _SUFFIXES.fullmatch(suffix):
        return name_of(f"{whole}, {suffix}")
    return name_of(whole) if "," in whole else Name(literal=whole)


def _set_event(values: dict[str, Value], field: Field) -> None:
    if "event-title" in values or field.texts("t"):
        return
    values["event-title"] = trimmed(first_of(field, "a"))
    values["event-place"] = first_of(field, "c").strip("() :")
    if date := printed_date(first_of(field, "d").strip("() :")):
        values["event-date"] = date
