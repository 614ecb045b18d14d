"""Fields in a key pattern: a name with a capital stands for the field itself, as it is."""

from __future__ import annotations

from northbib.bibtex.tables import ALIASES, FIELDS
from northbib.records import Date, Record

__all__ = ["known", "names", "text_of"]

_BY_TYPE = {
    "booktitle": "container-title",
    "journaltitle": "container-title",
    "publicationtitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "place": "publisher-place",
    "number": "number",
}
"""Fields whose variable depends on the type, and what Zotero calls two of them."""

_VARIABLES = {name: variable for name, variable in FIELDS.items() if name.isalpha()} | _BY_TYPE


def names() -> list[str]:
    """Give the names of the fields, as they are written in a pattern."""
    return [name.capitalize() for name in _VARIABLES]


def known(name: str) -> str | None:
    """Give the CSL variable of a field, None if there is none."""
    lower = name.lower()
    return _VARIABLES.get(ALIASES.get(lower, lower))


def text_of(record: Record, variable: str) -> str:
    """Give what a record has in a variable, as plain text."""
    if variable == "number":
        return record.plain("number") or record.plain("issue")
    value = record.values.get(variable, "")
    if isinstance(value, tuple):
        return " ".join(name.family or name.literal for name in value)
    return value.edtf() if isinstance(value, Date) else record.plain(variable)
