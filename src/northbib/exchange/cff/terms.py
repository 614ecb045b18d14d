"""The words of the Citation File Format <-> types and variables of CSL.

Source: the schema guide of CFF 1.2.0 (reference types, and the members of references).
"""

from __future__ import annotations

__all__ = [
    "IN_BOOK",
    "KEY",
    "MEMBERS",
    "NOBODY",
    "OTHERS",
    "OWN_TYPES",
    "PEOPLE",
    "PERSON",
    "STATES",
    "TEXTS",
    "TOP",
    "TYPES",
    "TYPE_OF",
]

TYPES: dict[str, str] = {
    "article": "unpublished",
    "article-journal": "article",
    "article-magazine": "magazine-article",
    "article-newspaper": "newspaper-article",
    "bill": "bill",
    "book": "book",
    "broadcast": "film-broadcast",
    "chapter": "generic",
    "classic": "historical-work",
    "collection": "edited-work",
    "dataset": "data",
    "document": "generic",
    "entry": "dictionary",
    "entry-dictionary": "dictionary",
    "entry-encyclopedia": "encyclopedia",
    "event": "conference",
    "figure": "art",
    "graphic": "art",
    "hearing": "hearing",
    "interview": "personal-communication",
    "legal_case": "legal-case",
    "legislation": "statute",
    "manuscript": "unpublished",
    "map": "map",
    "motion_picture": "video",
    "musical_score": "music",
    "pamphlet": "pamphlet",
    "paper-conference": "conference-paper",
    "patent": "patent",
    "performance": "audiovisual",
    "periodical": "serial",
    "personal_communication": "personal-communication",
    "post": "blog",
    "post-weblog": "blog",
    "regulation": "legal-rule",
    "report": "report",
    "review": "article",
    "review-book": "article",
    "software": "software",
    "song": "sound-recording",
    "speech": "slides",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "statute",
    "webpage": "website",
}
"""CSL type -> type of a reference; `generic` for what is not here."""

_ALSO = {
    "art": "graphic",
    "article": "article-journal",
    "audiovisual": "motion_picture",
    "blog": "post-weblog",
    "catalogue": "book",
    "database": "dataset",
    "dataset": "dataset",
    "dictionary": "entry-dictionary",
    "edited-work": "book",
    "generic": "document",
    "government-document": "report",
    "grant": "document",
    "manual": "book",
    "multimedia": "webpage",
    "personal-communication": "personal_communication",
    "proceedings": "book",
    "software-code": "software",
    "software-container": "software",
    "software-executable": "software",
    "software-virtual-machine": "software",
    "statute": "legislation",
    "unpublished": "manuscript",
}
TYPE_OF = {native: kind for kind, native in TYPES.items()} | _ALSO
"""Type of a reference -> CSL type."""

TEXTS: dict[str, str] = {
    "title": "title",
    "title-short": "abbreviation",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "number-of-pages": "pages",
    "number-of-volumes": "number-volumes",
    "edition": "edition",
    "version": "version",
    "volume-title": "volume-title",
    "section": "section",
    "genre": "thesis-type",
    "medium": "medium",
    "dimensions": "format",
    "archive": "database",
    "abstract": "abstract",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "PMCID": "pmcid",
    "URL": "url",
}
"""CSL variable -> member that holds it as text."""

PEOPLE: dict[str, str] = {
    "author": "authors",
    "editor": "editors",
    "collection-editor": "editors-series",
    "recipient": "recipients",
    "translator": "translators",
}
"""CSL name variable -> member."""

STATES: dict[str, str] = {
    "abstract": "abstract",
    "advance online": "advance-online",
    "in preparation": "in-preparation",
    "in press": "in-press",
    "preprint": "preprint",
    "submitted": "submitted",
}
"""Status of a work -> the word of CFF."""

OTHERS: tuple[str, ...] = tuple(
    """
    collection-doi collection-type commit copyright data-type database-provider department end
    entry filename issue-date issue-title languages license license-url loc-end loc-start
    nihmsid patent-states repository repository-artifact repository-code scope start term
    """.split()
)
"""Members that CSL has no variable for, or that are read in a way of their own."""

TOP = frozenset(
    """
    abstract authors cff-version commit contact date-released doi identifiers keywords license
    license-url message preferred-citation references repository repository-artifact
    repository-code title type url version
    """.split()
)
"""Members of a file."""

_MORE = """
    collection-title conference contact date-accessed date-downloaded date-published date-released
    identifiers institution journal keywords location month notes publisher senders status type year
    year-original
"""
MEMBERS = frozenset([*TEXTS.values(), *PEOPLE.values(), *OTHERS, *_MORE.split()])
"""Members of a reference."""

NOBODY = "anonymous"
"""The name of an author, of which the schema asks for one, where there is none."""

KEY = "citation key"
"""What describes the identifier that is the key of a record."""

IN_BOOK = {"chapter", "entry", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
"""CSL types of what is in a collection."""

OWN_TYPES = {"software", "dataset"}
"""CSL types of what a file itself can be about."""

PERSON = {
    "family": "family-names",
    "given": "given-names",
    "dropping_particle": "name-particle",
    "suffix": "name-suffix",
}
"""Part of a name -> member that holds it."""
