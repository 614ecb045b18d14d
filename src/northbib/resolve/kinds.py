"""What others call a kind of work -> its CSL type.

Sources: the Crossref REST API's `/types`; the DataCite Metadata Schema 4.6, resourceTypeGeneral;
schema.org's CreativeWork and below; the Open Graph protocol, "Object Types"; the DCMI Type
Vocabulary and the types that EPrints and DSpace write into Dublin Core.
"""

from __future__ import annotations

import re

from northbib.records.vocabulary import TYPES

__all__ = ["GENERIC", "csl_type", "eprints_type"]

GENERIC = "generic-article"
"""An "article" of a source that says no more: it may be news, a post or a page."""

_REGISTRY = {
    "book-part": "chapter",
    "book-section": "chapter",
    "book-chapter": "chapter",
    "book-series": "book",
    "book-set": "book",
    "book-track": "chapter",
    "component": "document",
    "database": "dataset",
    "dissertation": "thesis",
    "edited-book": "book",
    "grant": "document",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "monograph": "book",
    "other": "document",
    "peer-review": "review",
    "posted-content": "article",
    "preprint": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "report-series": "report",
    "audiovisual": "motion_picture",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "datapaper": "article-journal",
    "image": "graphic",
    "interactiveresource": "webpage",
    "journalarticle": "article-journal",
    "outputmanagementplan": "report",
    "peerreview": "review",
    "sound": "song",
    "text": "document",
}
_SCHEMA_ORG = {
    "analysisnewsarticle": "article-newspaper",
    "backgroundnewsarticle": "article-newspaper",
    "opinionnewsarticle": "article-newspaper",
    "reportagenewsarticle": "article-newspaper",
    "reviewnewsarticle": "article-newspaper",
    "newsarticle": "article-newspaper",
    "blogposting": "post-weblog",
    "liveblogposting": "article-newspaper",
    "socialmediaposting": "post",
    "discussionforumposting": "post",
    "scholarlyarticle": "article-journal",
    "medicalscholarlyarticle": "article-journal",
    "publicationissue": "periodical",
    "techarticle": GENERIC,
    "article": GENERIC,
    "legislation": "legislation",
    "legislationobject": "legislation",
    "softwareapplication": "software",
    "softwaresourcecode": "software",
    "datacatalog": "dataset",
    "webpage": "webpage",
    "aboutpage": "webpage",
    "collectionpage": "webpage",
    "faqpage": "webpage",
    "itempage": "webpage",
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
    "doctoral thesis": "thesis",
    "doctoralthesis": "thesis",
    "masters thesis": "thesis",
    "phd thesis": "thesis",
}
_EPRINTS = {
    "article": "article-journal",
    "book_section": "chapter",
    "conference_item": "paper-conference",
    "monograph": "report",
    "review": "review",
}
_TYPES = {
    **_DUBLIN_CORE,
    **_SCHEMA_ORG,
    **_REGISTRY,
    "news": "article-newspaper",
    "blog": "post-weblog",
    "website": "webpage",
}


def csl_type(name: str) -> str | None:
    """Give the CSL type for a name of another vocabulary; `GENERIC` for a mere article.

    >>> csl_type("journal-article")
    'article-journal'
    """
    word = re.sub(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", "", name.strip()).lower()
    if word == "article":
        return GENERIC
    return _TYPES.get(word) or (word if word in TYPES else None)


def eprints_type(name: str) -> str | None:
    """Give the CSL type for a type of EPrints, whose monographs are working papers."""
    return _EPRINTS.get(name.strip().lower()) or csl_type(name)
