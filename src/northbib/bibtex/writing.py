"""A record -> the source of a BibLaTeX entry: `reading` turned round, by the same tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.languages import LANGUAGES
from northbib.bibtex.names import write_names
from northbib.bibtex.source import escape, to_source, verbatim
from northbib.bibtex.tables import (
    ALIASES,
    ENTRY_OF_TYPE,
    EPRINTS,
    EVENT_FIELDS,
    FIELD_OF_VARIABLE,
    FIELD_ORDER,
    FIELDS,
    LITERAL_LISTS,
    PROVENANCE,
    TITLES,
    container_field,
    is_verbatim,
    number_variable,
    place_variable,
    publisher_field,
)
from northbib.bibtex.values import UNFIT_FOR_NAMES, is_balanced
from northbib.errors import UsageError
from northbib.records import Date, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.records import Value

__all__ = ["entry_parts", "entry_source", "field_name", "field_source", "laid_out"]

_NAME_WIDTH = 13
_AND = re.compile(r"(?i)\sand\s")
_NOCASE = 'class="nocase"'
_NOT_IN_KEYS = re.compile(r"[\s{},=\"%\\]")
_LANGID = {tag: name for name, tag in reversed(LANGUAGES.items())}
_RANK = {name: rank for rank, name in enumerate(FIELD_ORDER)} | {
    name: len(FIELD_ORDER) + 1 + rank for rank, name in enumerate(PROVENANCE)
}


def entry_source(record: Record) -> str:
    """Give the entry of a record in the house layout, LF line ends, without a final one.

    Raises:
        UsageError: The key is empty or has a character that BibTeX takes for its end.
    """
    return laid_out(record.key, *entry_parts(record))


def entry_parts(record: Record) -> tuple[str, dict[str, str]]:
    """Give the entry type of a record, and the source of its fields, by name, in no order."""
    entry_type, subtype = ENTRY_OF_TYPE.get(record.type, ("misc", record.type))
    if entry_type == "book" and not record.names() and record.names("editor"):
        entry_type = "collection"
    fields = _fields(record)
    if entry_type == "unpublished" and not subtype and not EVENT_FIELDS.isdisjoint(fields):
        subtype = record.type
    if subtype:
        fields["entrysubtype"] = subtype
    return entry_type, fields


def laid_out(key: str, entry_type: str, fields: Mapping[str, str]) -> str:
    """Give an entry in the house layout, its fields in the house order.

    Raises:
        UsageError: The key is empty or has a character that BibTeX takes for its end.
    """
    if not key or _NOT_IN_KEYS.search(key):
        raise UsageError(
            f"{key!r} cannot be a citation key", hint="use letters, figures and - _ : . / +"
        )
    order = sorted(fields, key=_rank)
    lines = (f"  {name:<{_NAME_WIDTH - 1}} = {{{fields[name]}}},\n" for name in order)
    return f"@{entry_type}{{{key},\n{''.join(lines)}}}"


def _rank(name: str) -> int:
    return _RANK.get(ALIASES.get(name, name), len(FIELD_ORDER))


def field_source(name: str, text: str) -> str:
    """Give the source, without delimiters, of what somebody typed for a field.

    Text with a backslash or a brace is BibTeX already and stays; in other text `&`, `%`, `#`, `$`
    and `_` are escaped, but not in addresses and identifiers. White space counts as one space.

    Raises:
        UsageError: The braces do not balance.
    """
    text = " ".join(text.split())
    if not is_balanced(text):
        raise UsageError(f"the braces of {name} do not balance: {text!r}", hint="close every {")
    if is_verbatim(name.lower()) or re.search(r"[\\{}]", text):
        return text
    return re.sub(r"[&%#$_]", r"\\\g<0>", text)


def field_name(name: str, csl_type: str = "") -> str:
    """Give the BibLaTeX field to set for a CSL variable or a field name, without regard to case.

    A name that is both (`issue`, `number`) is taken for the field.

    Args:
        name: A CSL variable (`container-title`, `DOI`), a field of BibLaTeX or of BibTeX.
        csl_type: The CSL type of the record, which decides where its container and publisher go.
    """
    lower = name.lower()
    if lower in FIELD_ORDER:
        return lower
    if lower in _BY_TYPE:
        return _field_of(_BY_TYPE[lower], csl_type, in_series=True)
    variable = FIELDS.get(lower) or _VARIABLES.get(lower)
    return ALIASES.get(lower, lower) if variable is None else FIELD_OF_VARIABLE[variable]


_VARIABLES = {variable.lower(): variable for variable in FIELD_OF_VARIABLE}
_BY_TYPE = {
    "container-title": "container-title",
    "publisher-place": "publisher-place",
    "jurisdiction": "jurisdiction",
    "collection-number": "collection-number",
    "keyword": "keyword",
}


def _fields(record: Record) -> dict[str, str]:
    useprefix = any(
        name.non_dropping_particle
        for value in record.values.values()
        if isinstance(value, tuple)
        for name in value
    )
    fields: dict[str, str] = {}
    for variable, value in _arranged(record).items():
        name = _field_of(variable, record.type, in_series="collection-title" in record.values)
        if name == "date" and isinstance(value, Date) and value.literal:
            name = "year"
        elif name == "journaltitle" and _NOCASE in str(value):
            name = "booktitle"  # where braces protect capitals
        fields[name] = _source(name, variable, value, useprefix=useprefix)
    if record.keywords:
        fields["keywords"] = ", ".join(_keyword(word) for word in record.keywords)
    for name, text in record.extra.items():
        own = UNFIT_FOR_NAMES.sub("-", name.lower())
        fields.setdefault(own, verbatim(text) if is_verbatim(own) else escape(text))
    if useprefix:
        others = fields.get("options", "")
        fields["options"] = "useprefix=true" + (f", {others}" if others else "")
    return fields


def _arranged(record: Record) -> dict[str, Value]:
    """Give the values under the variables whose fields they go into."""
    values = dict(record.values)
    eprint, kind = record.extra.get("eprint"), record.extra.get("eprinttype", "").lower()
    if eprint and EPRINTS.get(kind, "").format(eprint) == values.get("URL"):
        del values["URL"]
    volume = values.get("volume-title")
    whole = "container-title" if "container-title" in values else "title"
    in_book = container_field(record.type) == "booktitle"
    if volume and whole in values and not (in_book and whole == "title"):
        del values["volume-title"]
        values["maintitle"], values[whole] = values[whole], volume
    return values


def _field_of(variable: str, csl_type: str, *, in_series: bool) -> str:
    if variable == "container-title":
        return container_field(csl_type)
    if variable == "publisher":
        return publisher_field(csl_type)
    if variable == "keyword":
        return "keywords"
    if variable == place_variable(csl_type):
        return "location"
    if variable == number_variable(csl_type, in_series=in_series):
        return "number"
    return FIELD_OF_VARIABLE.get(variable, variable.lower())


def _source(name: str, variable: str, value: Value, *, useprefix: bool) -> str:
    if isinstance(value, tuple):
        return write_names(value, useprefix=useprefix)
    if isinstance(value, Date):
        return escape(value.literal) if value.literal else value.edtf()
    if variable == "language":
        return _LANGID.get(value) or escape(value)
    if is_verbatim(name):
        return verbatim(value)
    source = to_source(value, protects=name in TITLES)
    if name in LITERAL_LISTS and _AND.search(source):
        return f"{{{source}}}"
    return source.replace("-", "--") if name == "pages" else source


def _keyword(word: str) -> str:
    return f"{{{escape(word)}}}" if "," in word else escape(word)
