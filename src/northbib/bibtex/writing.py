"""A record -> the source of a BibLaTeX entry: `reading` turned round, by the same tables."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from northbib.bibtex.dates import date_source, write_dates
from northbib.bibtex.draft import Draft
from northbib.bibtex.forms import language_source, write_forms, write_type
from northbib.bibtex.names import write_names
from northbib.bibtex.publication import (
    list_source,
    pages_source,
    place_source,
    write_publication,
)
from northbib.bibtex.reading import useprefix
from northbib.bibtex.roles import write_roles
from northbib.bibtex.source import escape, to_source, verbatim
from northbib.bibtex.tables import (
    ALIASES,
    FIELD_OF_VARIABLE,
    FIELD_ORDER,
    FIELDS,
    LITERAL_LISTS,
    NAME_LISTS,
    PROVENANCE,
    RAW,
    TITLES,
    container_field,
    is_verbatim,
    number_variable,
    place_variable,
    publisher_field,
)
from northbib.bibtex.titles import write_titles
from northbib.bibtex.values import UNFIT_FOR_NAMES, is_balanced
from northbib.errors import UsageError
from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES, TYPES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from northbib.records import Value

__all__ = ["entry_parts", "entry_source", "field_name", "field_source", "fit_key", "laid_out"]

_NAME_WIDTH = 12
_NOT_IN_KEYS = re.compile(r"[\s{},=\"%\\]+")
_PLACES_KEPT = 1024
"""How many variables of types have their fields in memory: more than CSL and BibLaTeX have."""


_HEADS_KEPT = 1 << 12
"""How many sets of fields have their order in memory; a library has some hundreds."""


class _Ranks(dict[str, int]):
    """Field name -> its place in the house order; looked up without a call of Python for each."""

    def __missing__(self, name: str) -> int:
        return len(FIELD_ORDER)


_RANKS = _Ranks(
    {name: rank for rank, name in enumerate(FIELD_ORDER)}
    | {name: len(FIELD_ORDER) + 1 + rank for rank, name in enumerate(PROVENANCE)}
)
_RANKS |= {old: _RANKS[name] for old, name in ALIASES.items()}


def entry_source(record: Record) -> str:
    """Give the entry of a record in the house layout, LF line ends, without a final one.

    Raises:
        UsageError: The key is empty or has a character that BibTeX takes for its end.
    """
    return laid_out(record.key, *entry_parts(record))


def entry_parts(record: Record, *, whole_titles: bool = False) -> tuple[str, dict[str, str]]:
    """Give the entry type of a record, and the source of its fields, by name, in no order.

    Args:
        record: The record.
        whole_titles: Whether subtitles stay with their titles.
    """
    planned = None if record.extra else _by_plan(record)
    return planned or _worked_out(record, whole_titles=whole_titles)


def _worked_out(record: Record, *, whole_titles: bool = False) -> tuple[str, dict[str, str]]:
    extra = {_fit(name): text for name, text in record.extra.items()}
    draft = Draft(record.type, {}, dict(record.values), extra)
    _write_options(draft)
    write_titles(draft, whole=whole_titles)
    write_publication(draft)
    write_dates(draft)
    write_forms(draft)
    write_roles(draft)
    _write_rest(draft, in_series="collection-title" in record.values)
    if record.keywords:
        draft.fields["keywords"] = _keywords(record.keywords)
    entry_type = write_type(draft, record.values)
    for name, text in draft.extra.items():
        draft.fields.setdefault(name, _extra_source(name, text))
    return entry_type, draft.fields


def fit_key(key: str) -> str:
    """Give a key as BibTeX takes it: what it takes for its end becomes a hyphen; "" stays.

    >>> fit_key("Smith 2001"), fit_key("smith2001")
    ('Smith-2001', 'smith2001')
    """
    if not key or _NOT_IN_KEYS.search(key) is None:
        return key
    return _NOT_IN_KEYS.sub("-", key).strip("-") or "record"


def laid_out(
    key: str,
    entry_type: str,
    fields: Mapping[str, str],
    macros: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Give an entry in the house layout, its fields in the house order.

    Args:
        key: Its citation key.
        entry_type: Its type.
        fields: Field name -> source, without delimiters.
        macros: Field name -> source that has no delimiters: names of macros.

    Raises:
        UsageError: The key is empty or has a character that BibTeX takes for its end.
    """
    if not key or _NOT_IN_KEYS.search(key):
        raise UsageError(
            f"{key!r} cannot be a citation key", hint="use letters, figures and - _ : . / +"
        )
    values = {name: f"{{{source}}}" for name, source in fields.items()}
    if macros:
        values |= macros
    lines = [f"{head}{values[name]},\n" for name, head in _heads(tuple(values))]
    return f"@{entry_type}{{{key},\n{''.join(lines)}}}"


@lru_cache(maxsize=_HEADS_KEPT)
def _heads(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give names of fields in the house order, and what stands before the value of each."""
    order = sorted(names, key=_RANKS.__getitem__)
    return [(name, f"  {name.ljust(_NAME_WIDTH)} = ") for name in order]


class _Plan(NamedTuple):
    """How the records of a type with the same variables are written, if nothing was kept of them.

    Attributes:
        entry_type: The entry type.
        fixed: Fields that are the same in each.
        written: Variable, type of its value, its field, and what gives the source; None from that
            is for a value which is written in a way of its own.
    """

    entry_type: str
    fixed: dict[str, str]
    written: list[tuple[str, type, str, Callable[[Any], str | None]]]


def _by_plan(record: Record) -> tuple[str, dict[str, str]] | None:
    """Write a record as others of its type with its variables; None if it is another case."""
    plan = _plan(record.type, tuple(record.values)) if record.type in TYPES else None
    if plan is None:
        return None
    fields: dict[str, str] = {}
    for variable, kind, name, source_of in plan.written:
        value = record.values[variable]
        source = source_of(value) if value and type(value) is kind else None
        if source is None:
            return None
        fields[name] = source
    if record.keywords:
        fields["keywords"] = _keywords(record.keywords)
    return plan.entry_type, fields | plan.fixed


@lru_cache(maxsize=_HEADS_KEPT)
def _plan(csl_type: str, variables: tuple[str, ...]) -> _Plan | None:
    """Find out by one record, the values of which all differ, which field each variable has."""
    samples = {name: _sample(name, number) for number, name in enumerate(variables)}
    values = {name: value for name, (value, _) in samples.items()}
    variable_of = {source: name for name, (_, source) in samples.items()}
    entry_type, fields = _worked_out(Record("", csl_type, values))
    written = [
        (variable_of[source], type(values[variable_of[source]]), name)
        for name, source in fields.items()
        if source in variable_of
    ]
    if len(written) != len(variables):
        return None
    fixed = {name: source for name, source in fields.items() if source not in variable_of}
    return _Plan(entry_type, fixed, [(*each, _writer(each[0], each[2])) for each in written])


def _sample(variable: str, number: int) -> tuple[Value, str]:
    """Give a value of a variable that is no other one's, and the source of it in any field."""
    text = f"x{number}x"
    if variable in NAME_VARIABLES:
        return (Name(text, "X"),), f"{text}, X"
    if variable in DATE_VARIABLES:
        return Date(Day(1000 + number)), str(1000 + number)
    return text, text


def _writer(variable: str, name: str) -> Callable[[Any], str | None]:
    """Give what writes the values of a variable into a field."""
    if variable in NAME_VARIABLES:
        return _usual_names
    if variable in DATE_VARIABLES:
        return _usual_date
    if name in _WRITERS:
        return _WRITERS[name]
    if is_verbatim(name):
        return verbatim
    if variable == "publisher" or name in LITERAL_LISTS:
        return lambda text: list_source(to_source(text))
    return partial(to_source, protects=True) if name in TITLES else to_source


_WRITERS = {"langid": language_source, "location": place_source, "pages": pages_source}


def _usual_names(names: tuple[Name, ...]) -> str | None:
    for name in names:
        if name.non_dropping_particle:
            return None
    return write_names(names, useprefix=False)


def _usual_date(date: Date) -> str | None:
    return None if date.literal else date_source(date)


def _fit(name: str) -> str:
    return UNFIT_FOR_NAMES.sub("-", name.lower())


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


def _write_options(draft: Draft) -> None:
    options = draft.extra.get("options", "")
    draft.useprefix = bool(options) and useprefix(options)
    if not draft.useprefix and draft.has_staying_particle:
        draft.useprefix = True
        draft.extra["options"] = "useprefix=true" + (f", {options}" if options else "")


def _write_rest(draft: Draft, *, in_series: bool) -> None:
    for variable, value in draft.values.items():
        name, is_address, is_list = _written_as(variable, draft.type, in_series)
        if isinstance(value, tuple):
            source = write_names(value, useprefix=draft.useprefix)
        elif isinstance(value, Date):
            source = date_source(value)
        elif is_address:
            source = verbatim(value)
        else:
            source = to_source(value, protects=name in TITLES)
        draft.fields[name] = list_source(source) if is_list else source


@lru_cache(maxsize=_PLACES_KEPT)
def _written_as(variable: str, csl_type: str, in_series: bool) -> tuple[str, bool, bool]:
    """Give the field for a variable, whether it holds an address, and whether it is a list."""
    name = _field_of(variable, csl_type, in_series=in_series)
    return name, is_verbatim(name), name in LITERAL_LISTS


def _extra_source(name: str, text: str) -> str:
    if name in RAW:
        return text if is_balanced(text) and not text.endswith("\\") else verbatim(text)
    if is_verbatim(name):
        return verbatim(text)
    if name in NAME_LISTS:
        return escape(text, keeps_braces=True)
    return list_source(escape(text)) if name in LITERAL_LISTS else escape(text)


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


def _keywords(words: Iterable[str]) -> str:
    return ", ".join([_keyword(word) for word in words])


def _keyword(word: str) -> str:
    return f"{{{escape(word)}}}" if "," in word else escape(word)
