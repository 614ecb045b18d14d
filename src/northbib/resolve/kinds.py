"""What others call a kind of work -> its CSL type.

Sources: schema.org's CreativeWork and below; the Open Graph protocol, "Object Types"; the DCMI Type
Vocabulary and the types that EPrints and DSpace write into Dublin Core. The types of registries are
those in whose words they write CSL-JSON.
"""

from __future__ import annotations

import re

from northbib.exchange.registry_types import REGISTRY_TYPES
from northbib.exchange.schema_org.terms import TYPE_OF
from northbib.records.vocabulary import TYPES

__all__ = ["GENERIC", "csl_type", "eprints_type", "genre_of"]

GENERIC = "generic-article"
"""An "article" of a source that says no more: it may be news, a post or a page."""

_REGISTRY = REGISTRY_TYPES | {
    "component": "document",
    "grant": "document",
    "other": "document",
    "outputmanagementplan": "report",
    "text": "document",
}
# What pages hold around a work, or are made with.
_AROUND_WORKS = frozenset(
    """
    AudioObject CreativeWork DigitalDocument Episode ImageObject Message MusicRecording Photograph
    SheetMusic VisualArtwork WebApplication
    """.split()
)
_SCHEMA_ORG = {
    # A page calls anything an article.
    **{
        name.lower(): GENERIC if kind == "article-magazine" else kind
        for name, kind in TYPE_OF.items()
        if name not in _AROUND_WORKS
    },
    "bookchapter": "chapter",
    "booksection": "chapter",
    "datacatalog": "dataset",
    "datadownload": "dataset",
    "datafeed": "dataset",
    "publicationissue": "periodical",
}
_DUBLIN_CORE = {
    "conference or workshop item": "paper-conference",
    "conference paper": "paper-conference",
    "conference item": "paper-conference",
    "book section": "chapter",
    "book chapter": "chapter",
    "working paper": "report",
    "workingpaper": "report",
    "working or discussion paper": "report",
    "technical report": "report",
    "techreport": "report",
    "research report": "report",
    "policy paper": "report",
    "research-article": "article-journal",
    "review-article": "article-journal",
    "journal article": "article-journal",
    "discussion paper": "report",
    "briefing paper": "report",
    "journal articles": "article-journal",
    "peer reviewed": "article-journal",
    "conference papers": "paper-conference",
    "conference poster": "paper-conference",
    "conference object": "paper-conference",
    "conference proceedings": "paper-conference",
    "conferenceobject": "paper-conference",
    "book sections": "chapter",
    "bookpart": "chapter",
    "part of book or chapter of book": "chapter",
    "books": "book",
    "reports": "report",
    "preprints, working papers, ...": "article",
    "preprints": "article",
    "theses": "thesis",
    "theses and dissertations": "thesis",
    "thesis or dissertation": "thesis",
    "dissertation": "thesis",
    "doctoral": "thesis",
    "doctoral thesis": "thesis",
    "doctoral dissertation": "thesis",
    "doctoralthesis": "thesis",
    "habilitation à diriger des recherches": "thesis",
    "master thesis": "thesis",
    "masterthesis": "thesis",
    "master's thesis": "thesis",
    "masters thesis": "thesis",
    "bachelorthesis": "thesis",
    "bachelor thesis": "thesis",
    "phd thesis": "thesis",
    "lecture": "speech",
    "presentation": "speech",
    "speech": "speech",
    "press release": "article",
}
_EPRINTS = {
    "article": "article-journal",
    "book_section": "chapter",
    "conference_item": "paper-conference",
    "conference_paper": "paper-conference",
    "exhibition": "document",
    "monograph": "report",
    "other": "document",
    "patent": "patent",
    "review": "review",
    "teaching_resource": "document",
    "video": "motion_picture",
}
# What a work is called where CSL has no type of its own for it.
_GENRES = {
    "phd": "PhD thesis",
    "ph.d.": "PhD thesis",
    "doctor of philosophy": "PhD thesis",
    "doctor of philosophy (phd)": "PhD thesis",
    "phd thesis": "PhD thesis",
    "doctoral thesis": "Doctoral thesis",
    "doctoralthesis": "Doctoral thesis",
    "doctoral dissertation": "Doctoral dissertation",
    "masters": "Master’s thesis",
    "master thesis": "Master’s thesis",
    "masterthesis": "Master’s thesis",
    "master's thesis": "Master’s thesis",
    "masters thesis": "Master’s thesis",
    "working paper": "Working paper",
    "working_paper": "Working paper",
    "workingpaper": "Working paper",
    "discussion paper": "Discussion paper",
    "discussion_paper": "Discussion paper",
    "technical report": "Technical report",
    "technical_report": "Technical report",
    "techreport": "Technical report",
    "briefing paper": "Briefing paper",
    "policy paper": "Policy paper",
    "press release": "Press release",
    "preprint": "Preprint",
}
_TYPES = {
    **_DUBLIN_CORE,
    **_SCHEMA_ORG,
    **_REGISTRY,
    "news": "article-newspaper",
    "blog": "post-weblog",
    "website": "webpage",
}

_WORDS = tuple(
    (re.compile(words), kind)
    for words, kind in (
        (r"thes[ie]s|th[eè]se|dissertation|habilitation", "thesis"),
        (r"preprint|pre-print", "article"),
        (r"book review", "review"),
        (r"working paper|discussion paper|technical report|research report|policy brief", "report"),
        (r"conference|proceeding", "paper-conference"),
        (r"chapter|book (?:part|section)", "chapter"),
        (r"data ?set|data paper", "dataset"),
        (
            r"journal|editorial|(?:research|review)[- ]article|original[- ]?(?:article|paper)",
            "article-journal",
        ),
        (r"press release", "article"),
        (r"blog", "post-weblog"),
        (r"news ?article|news story", "article-newspaper"),
    )
)

# The vocabularies whose terms are known here without the address of their namespace.
_NAMESPACE = re.compile(
    r"^(?:https?://(?:www\.)?schema\.org/|schema:|https?://purl\.org/(?:dc/dcmitype/|coar/[^/]*/)"
    r"|(?:dcmitype|dctypes|bibo|fabio|foaf|sioct?):|https?://purl\.org/ontology/bibo/"
    r"|info:eu-repo/semantics/|text\.)",
    re.IGNORECASE,
)


def csl_type(name: str) -> str | None:
    """Give the CSL type for a name of another vocabulary; `GENERIC` for a mere article.

    >>> csl_type("journal-article")
    'article-journal'
    """
    word = _NAMESPACE.sub("", name.strip()).lower()
    if word == "article":
        return GENERIC
    return _TYPES.get(word) or (word if word in TYPES else None) or _by_word(word)


def _by_word(name: str) -> str | None:
    # Repositories make up types of their own: "Original Research Article", "PhD dissertation".
    if len(name) > 60:
        return None
    return next((kind for word, kind in _WORDS if word.search(name)), None)


def eprints_type(name: str) -> str | None:
    """Give the CSL type for a type of EPrints, whose monographs are working papers."""
    return _EPRINTS.get(name.strip().lower()) or csl_type(name)


def genre_of(name: str) -> str:
    """Give what a work is called by its type in another vocabulary, "" if its CSL type says it.

    >>> genre_of("info:eu-repo/semantics/doctoralThesis")
    'Doctoral thesis'
    """
    return _GENRES.get(_NAMESPACE.sub("", name.strip()).lower(), "")
