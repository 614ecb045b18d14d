"""An entry of a bibliography -> a record, by the tables of `northbib.bibtex.tables`.

The readers below each take their fields out of the entry's; what is left over at the end and has no
variable of its own goes into the record's `extra`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from northbib.bibtex.dates import read_date, read_year
from northbib.bibtex.inheritance import Inherited
from northbib.bibtex.languages import LANGUAGE_ALIASES, LANGUAGES, REGIONAL
from northbib.bibtex.latex import to_plain, to_rich, to_verbatim
from northbib.bibtex.names import read_names
from northbib.bibtex.tables import (
    COUNTRIES,
    DATES,
    EDITOR_TYPES,
    EPRINTS,
    EVENT_FIELDS,
    FIELDS,
    GENRE_OF_ENTRY,
    GENRES,
    PUBLISHERS,
    SUBTYPES,
    TITLES,
    TYPE_OF_ENTRY,
    container_field,
    is_verbatim,
    number_variable,
    place_variable,
    publisher_field,
)
from northbib.bibtex.values import split_at_commas
from northbib.records import Date, Record
from northbib.records.vocabulary import DATE_VARIABLES, NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.bibtex.document import Document, Entry
    from northbib.records import Value

__all__ = ["read_record", "records"]

_T = TypeVar("_T")
_NO_WORKS = frozenset({"xdata", "set", "control"})
_DASHES = re.compile(r"\s*(?:-{1,3}|–|—)\s*")
_ONLY_URL = re.compile(r"(?:\\url\{([^{}]*)\}|(https?://\S+))\.?")


def records(document: Document) -> list[tuple[Entry, Record]]:
    """Give the record of every entry in the order of the file, with what it inherits.

    Entries that are no works of their own (`@xdata`, `@set`) are left out; repeated keys are not.
    """
    inherited = Inherited(document)
    found = []
    for entry in document.entries:
        if entry.type in _NO_WORKS:
            continue
        fields = inherited.fields(entry)
        if "crossref" in fields or "xdata" in fields:
            fields = {name: value for name, value in fields.items() if name != "xdata"}
            if fields.get("crossref", "").strip() in document:
                del fields["crossref"]
        found.append((entry, read_record(entry.type, entry.key, fields)))
    return found


def read_record(entry_type: str, key: str, fields: Mapping[str, str]) -> Record:
    """Give the record of one entry.

    Args:
        entry_type: Its type in lower case.
        key: Its citation key.
        fields: Values as BibTeX reads them, by biblatex field name in lower case.
    """
    left = {name: value for name, value in fields.items() if value}
    values: dict[str, Value] = {}
    csl_type = _type(entry_type, left)
    _titles(csl_type, left, values)
    _publication(csl_type, left, values)
    _issued(left, values)
    _genre(entry_type, left, values)
    _language(left, values)
    _addresses(left, values)
    useprefix = _useprefix(left)
    _editors(left, values, useprefix=useprefix)
    keywords = _keywords(left.pop("keywords", ""))
    extra: dict[str, str] = {}
    for name, source in left.items():
        variable = FIELDS.get(name)
        if variable is None or variable in values:
            extra[name] = _plain(name, source)
        elif value := _value(name, variable, source, useprefix=useprefix):
            values[variable] = value
    return Record(key, csl_type, _filled(values), keywords, _filled(extra))


def _filled(values: dict[str, _T]) -> dict[str, _T]:
    # Braces around nothing are a field in the file but no value of the work.
    return {name: value for name, value in values.items() if value}


def _value(name: str, variable: str, source: str, *, useprefix: bool) -> Value | None:
    if variable in NAME_VARIABLES:
        return read_names(source, useprefix=useprefix)
    if variable in DATE_VARIABLES:
        date = read_date(_figures(source))
        return None if date == Date() else date
    return _text(name, source)


def _text(name: str, source: str) -> str:
    if is_verbatim(name):
        return to_verbatim(source)
    return to_rich(source, protects=name in TITLES)


def _plain(name: str, source: str) -> str:
    return to_verbatim(source) if is_verbatim(name) else to_plain(source)


def _type(entry_type: str, left: dict[str, str]) -> str:
    subtype = SUBTYPES.get(left.get("entrysubtype", "").strip().lower())
    if subtype is not None:
        del left["entrysubtype"]
        return subtype
    if entry_type == "unpublished" and not EVENT_FIELDS.isdisjoint(left):
        return "speech"
    return TYPE_OF_ENTRY.get(entry_type, "document")


def _whole_title(left: dict[str, str], prefix: str, first: str) -> str:
    """Join a title, its subtitle and its addition."""
    whole = _text(first, left.pop(first, ""))
    subtitle = left.pop(prefix + "subtitle", "")
    if subtitle:
        subtitle = _text("subtitle", subtitle)
        mark = " " if whole[-1:] in ("?", "!", ":") else ": "
        whole = f"{whole}{mark}{subtitle}" if whole else subtitle
    addition = left.pop(prefix + "titleaddon", "")
    if addition:
        addition = _text("titleaddon", addition)
        mark = " " if whole[-1:] in ("?", "!", ".") else ". "
        whole = f"{whole}{mark}{addition}" if whole else addition
    return whole


def _titles(csl_type: str, left: dict[str, str], values: dict[str, Value]) -> None:
    title = _whole_title(left, "", "title")
    main = _whole_title(left, "main", "maintitle") if "maintitle" in left else ""
    stands_in_book = container_field(csl_type) == "booktitle"
    names = ("booktitle", "journaltitle") if stands_in_book else ("journaltitle", "booktitle")
    name = next((name for name in names if name in left), "")
    container = _whole_title(left, name.removesuffix("title"), name) if name else ""
    volume = ""
    if main and (stands_in_book or container):
        container, volume = main, container
    elif main:
        title, volume = main, title
    found = {"title": title, "container-title": container, "volume-title": volume}
    values.update((variable, text) for variable, text in found.items() if text)


def _publication(csl_type: str, left: dict[str, str], values: dict[str, Value]) -> None:
    """Read publisher, place, number and pages."""
    address = _ONLY_URL.fullmatch(left.get("howpublished", ""))
    if address is not None and "url" not in left:
        left["url"] = address[1] or address[2].rstrip(".")
        del left["howpublished"]
    for name in (publisher_field(csl_type), *PUBLISHERS):
        if name in left:
            values["publisher"] = to_rich(left.pop(name))
            break
    if "location" in left:
        values[place_variable(csl_type)] = _place(csl_type, left.pop("location"))
    if "number" in left:
        variable = number_variable(csl_type, in_series="series" in left)
        values[variable] = to_rich(left.pop("number"))
        if variable == "issue" and "issue" in left:
            values["issue"] = f"{values['issue']}, {to_rich(left.pop('issue'))}"
    if "pages" not in left and "eid" in left:
        left["pages"] = left.pop("eid")
    if "pages" in left:
        values["page"] = _DASHES.sub("-", to_rich(left.pop("pages")))


def _place(csl_type: str, source: str) -> str:
    if csl_type != "patent":
        return to_rich(source)
    places = re.split(r"\s+and\s+", to_rich(source))
    return "; ".join(COUNTRIES.get(place, place) for place in places)


def _issued(left: dict[str, str], values: dict[str, Value]) -> None:
    year, month, day = (_figures(left.pop(name, "")) for name in ("year", "month", "day"))
    dates = {
        variable: read_date(_figures(left.pop(name)))
        for name, variable in DATES.items()
        if name in left
    }
    if year and "issued" not in dates:
        dates["issued"] = read_year(year, month, day)
    start = dates.get("issued", Date()).start
    if month and (start is None or not (start.month or start.season)):
        left["month"] = month
    if day and (start is None or not start.day):
        left["day"] = day
    values.update((variable, date) for variable, date in dates.items() if date != Date())


def _figures(source: str) -> str:
    # In a date, `~` is the mark of doubt.
    return to_rich(source) if "\\" in source or "{" in source else source


def _genre(entry_type: str, left: dict[str, str], values: dict[str, Value]) -> None:
    source = left.pop("type", "") or GENRE_OF_ENTRY.get(entry_type, "")
    if source:
        values["genre"] = GENRES.get(source.lower()) or to_rich(source)


def _language(left: dict[str, str], values: dict[str, Value]) -> None:
    name = "langid" if "langid" in left else "language"
    if name not in left:
        return
    text = to_rich(left.pop(name))
    babel = LANGUAGE_ALIASES.get(text.lower(), text.lower())
    tag = LANGUAGES.get(babel, text)
    # `langid` chooses hyphenation and so a region; `language` only says what the work is in.
    is_plain = name == "language" and babel in LANGUAGES and babel not in REGIONAL
    values["language"] = tag.partition("-")[0] if is_plain else tag


def _addresses(left: dict[str, str], values: dict[str, Value]) -> None:
    if "doi" in left:
        doi = to_verbatim(left.pop("doi"))
        values["DOI"] = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", doi)
    form = EPRINTS.get(left.get("eprinttype", "").lower())
    if form and "eprint" in left and "url" not in left:
        values["URL"] = form.format(to_verbatim(left["eprint"]))


def _useprefix(left: dict[str, str]) -> bool:
    if "options" not in left:
        return False
    options = [option.strip() for option in left["options"].split(",")]
    settings = {option.replace(" ", "") for option in options}
    if rest := [option for option in options if not option.startswith("useprefix")]:
        left["options"] = ", ".join(rest)
    else:
        del left["options"]
    return "useprefix=true" in settings or "useprefix" in settings


def _editors(left: dict[str, str], values: dict[str, Value], *, useprefix: bool) -> None:
    variable = EDITOR_TYPES.get(left.get("editortype", ""))
    if variable is not None and "editor" in left and variable not in left:
        del left["editortype"]
        values[variable] = read_names(left.pop("editor"), useprefix=useprefix)


def _keywords(source: str) -> tuple[str, ...]:
    if not source:
        return ()
    words = (to_plain(piece.strip()) for piece in split_at_commas(source))
    return tuple(word for word in words if word)
