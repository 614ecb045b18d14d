"""What Crossref and DataCite call a kind of work -> its CSL type.

Sources: the Crossref REST API's `/types`; the DataCite Metadata Schema 4.6, resourceTypeGeneral, in
the lower case in which its CSL-JSON has them. What says nothing of a work (`component`, `other`) is
left to those who read them.
"""

from __future__ import annotations

__all__ = ["REGISTRY_TYPES"]

REGISTRY_TYPES: dict[str, str] = {
    "audiovisual": "motion_picture",
    "book-chapter": "chapter",
    "book-part": "chapter",
    "book-section": "chapter",
    "book-series": "book",
    "book-set": "book",
    "book-track": "chapter",
    "conference-paper": "paper-conference",
    "conferencepaper": "paper-conference",
    "conferenceproceeding": "book",
    "database": "dataset",
    "datapaper": "article-journal",
    "dissertation": "thesis",
    "edited-book": "book",
    "image": "graphic",
    "interactiveresource": "webpage",
    "journal": "periodical",
    "journal-article": "article-journal",
    "journal-issue": "periodical",
    "journal-volume": "periodical",
    "journalarticle": "article-journal",
    "monograph": "book",
    "peer-review": "review",
    "peerreview": "review",
    "posted-content": "article",
    "preprint": "article",
    "proceedings": "book",
    "proceedings-article": "paper-conference",
    "proceedings-series": "book",
    "reference-book": "book",
    "reference-entry": "entry",
    "report-component": "report",
    "report-series": "report",
    "sound": "song",
    "standard-series": "standard",
}
