"""The fields of a query: what each is called, what it looks in, and how it compares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from northbib.bibtex.tables import (
    ALIASES,
    ENTRY_OF_TYPE,
    FIELD_ORDER,
    PROVENANCE,
    SUBTYPES,
    TYPE_OF_ENTRY,
)
from northbib.bibtex.tables import FIELDS as VARIABLE_OF_FIELD
from northbib.library.searching.reading import TITLES
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

__all__ = ["ANYWHERE", "FIELDS", "STATES", "Field", "Kind", "field", "known_names", "types_of"]

Kind = Literal[
    "anywhere",
    "text",
    "names",
    "topic",
    "time",
    "number",
    "address",
    "type",
    "bibliography",
    "key",
    "has",
    "no",
    "is",
]
"""How a field compares: see `northbib.library.searching.matching`."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a query.

    Attributes:
        kind: How it compares.
        sources: The CSL variables, or by their BibTeX names the other fields, that it looks in;
            for `names`, empty stands for all names.
        meaning: What it finds, for people.
    """

    kind: Kind
    sources: tuple[str, ...]
    meaning: str


ANYWHERE = Field(
    "anywhere",
    (),
    "a part of titles, names, container, publisher, date, topics, key, DOI, URL, abstract, notes",
)
"""Free text."""

FIELDS: dict[str, Field] = {
    "author": Field(
        "names",
        (),
        "the name of an author, editor, or anybody else who had a hand in it, or the beginning of"
        " one of its words",
    ),
    "title": Field("text", TITLES, "a part of the title"),
    "year": Field(
        "time", ("issued",), "the year it was issued, or a range: 2014, 2010-2016, 2010-, -2016"
    ),
    "date": Field(
        "time", ("issued",), "when it was issued, or a range: 2015-06, 2015-01..2015-06, >=2015-06"
    ),
    "topic": Field("topic", ("keyword",), "a topic, in full"),
    "type": Field("type", (), "a type of CSL (article-journal) or BibLaTeX (article, online)"),
    "in": Field("bibliography", (), "a bibliography"),
    "key": Field("key", (), "a citation key, in full"),
    "doi": Field("address", ("DOI",), "a DOI or a part of one"),
    "url": Field("address", ("URL",), "a part of the web address"),
    "has": Field("has", (), "that a field is set: has:doi"),
    "no": Field("no", (), "that a field is not set: no:doi"),
    "is": Field("is", (), "is:duplicate, a work or a key that is there more than once"),
}
"""The fields by name, in the order in which people are told of them."""

STATES = ("duplicate",)
"""What a record can be, for `is:`."""

_SEVERAL = {
    "journaltitle": ("container-title",),
    "booktitle": ("container-title",),
    "subtitle": ("title",),
    "titleaddon": ("title",),
    "booksubtitle": ("container-title",),
    "maintitle": ("title", "container-title"),
    "publisher": ("publisher",),
    "institution": ("publisher",),
    "organization": ("publisher",),
    "howpublished": ("publisher",),
    "location": ("publisher-place", "jurisdiction"),
    "number": ("number", "issue", "collection-number"),
    "keywords": ("keyword",),
}
"""BibLaTeX fields that stand in one variable or another."""

_FURTHER = frozenset(
    """
    addendum afterword annotator authortype bookauthor booktitleaddon commentator crossref eid
    editora editorb editorc entryset file foreword gender groups holder ids indextitle introduction
    isan ismn isrn issuesubtitle iswc journalsubtitle label month nameaddon options owner pagination
    pdf pubmedid related relatedtype review shortauthor shorteditor shorthand shortseries sortkey
    sorttitle timestamp userd usera userb userc verba xdata xref
    """.split()
)
"""Fields of BibLaTeX and of programs that have no variable of their own."""

_TEXTS = NAME_VARIABLES | DATE_VARIABLES | NUMBER_VARIABLES | TEXT_VARIABLES
_VARIABLES = {variable.lower(): variable for variable in _TEXTS}


def field(name: str) -> Field | None:
    """Give the field of a name: one of `FIELDS`, a CSL variable or a BibLaTeX field; None if none.

    Args:
        name: The name in lower case, or "" for free text.
    """
    return FIELDS.get(name) or (_further(name) if name else ANYWHERE)


@lru_cache(maxsize=64)
def _further(name: str) -> Field | None:
    own = ALIASES.get(name, name)
    variable = _VARIABLES.get(name) or VARIABLE_OF_FIELD.get(own)
    is_field = own in _FURTHER or own in FIELD_ORDER or own in PROVENANCE
    found = _SEVERAL.get(own) or ((variable,) if variable else ())
    if not found and not is_field:
        return None
    sources = found if own in found or not is_field else (*found, own)
    return Field(_kind(sources[0]), sources, name)


def _kind(variable: str) -> Kind:
    kinds: dict[Kind, frozenset[str]] = {
        "names": NAME_VARIABLES,
        "time": DATE_VARIABLES,
        "number": NUMBER_VARIABLES,
        "topic": frozenset({"keyword"}),
    }
    return next((kind for kind, variables in kinds.items() if variable in variables), "text")


def known_names() -> set[str]:
    """Give the names of all fields."""
    return {*FIELDS, *_VARIABLES, *VARIABLE_OF_FIELD, *ALIASES, *_SEVERAL, *FIELD_ORDER, *_FURTHER}


@lru_cache(maxsize=32)
def types_of(name: str) -> frozenset[str]:
    """Give the CSL types that a name of CSL or BibLaTeX stands for: `online` for web and blog."""
    found = {csl for csl, (entry, _) in ENTRY_OF_TYPE.items() if entry == name}
    found |= {table[name] for table in (TYPE_OF_ENTRY, SUBTYPES) if name in table}
    return frozenset(found | ({name} & TYPES))
