"""The words of JATS <-> the types and variables of CSL.

Source: the tag library of JATS Archiving 1.3, on `publication-type` and the parts of citations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange import xml
from northbib.exchange.xml_markup import Vocabulary

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "GROUP_OF",
    "HAS_CONTAINER",
    "LANG",
    "MARKUP",
    "PUB_IDS",
    "ROLES",
    "TEXTS",
    "TITLES",
    "TYPES",
    "TYPE_OF",
    "XLINK",
]

XLINK = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

TYPES: dict[str, str] = {
    "article": "preprint",
    "article-journal": "journal",
    "article-magazine": "magazine",
    "article-newspaper": "newspaper",
    "bill": "gov",
    "book": "book",
    "broadcast": "broadcast",
    "chapter": "book",
    "classic": "book",
    "collection": "collection",
    "dataset": "data",
    "document": "other",
    "entry": "book",
    "entry-dictionary": "book",
    "entry-encyclopedia": "book",
    "event": "event",
    "figure": "figure",
    "graphic": "artwork",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "case",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "film",
    "musical_score": "score",
    "pamphlet": "pamphlet",
    "paper-conference": "confproc",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "post",
    "post-weblog": "blog",
    "regulation": "regulation",
    "report": "report",
    "review": "review",
    "review-book": "book-review",
    "software": "software",
    "song": "sound",
    "speech": "speech",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "treaty",
    "webpage": "webpage",
}
"""CSL type -> publication type."""

TYPE_OF = {word: type_ for type_, word in reversed(TYPES.items())} | {
    "book": "book",
    "book-chapter": "chapter",
    "chapter": "chapter",
    "commun": "personal_communication",
    "computer-program": "software",
    "conf": "paper-conference",
    "conf-proc": "paper-conference",
    "conference": "paper-conference",
    "confproceeding": "paper-conference",
    "database": "dataset",
    "discussion": "post",
    "dissertation": "thesis",
    "gov": "report",
    "government": "report",
    "journal-article": "article-journal",
    "list": "post",
    "news": "article-newspaper",
    "online": "webpage",
    "personal-communication": "personal_communication",
    "undeclared": "document",
    "web": "webpage",
    "web-page": "webpage",
    "website": "webpage",
    "wiki": "webpage",
}

ROLES: dict[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "compiler": "compiler",
    "curator": "curator",
    "director": "director",
    "illustrator": "illustrator",
    "inventor": "author",
    "guest-editor": "editor",
    "allauthors": "author",
    "assignee": "",
    "series-editor": "collection-editor",
}
"""person-group-type -> name variable, "" for what a record has no variable for."""

GROUP_OF = {role: group for group, role in reversed(ROLES.items()) if role}

TEXTS: dict[str, str] = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "version": "version",
    "publisher": "publisher-name",
    "publisher-place": "publisher-loc",
    "event-title": "conf-name",
    "event-place": "conf-loc",
    "collection-title": "series",
    "annote": "annotation",
    "original-title": "trans-source",
}
"""CSL variable -> element with a text."""

TITLES = ("article-title", "chapter-title", "data-title", "part-title")
PUB_IDS = {
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "ISBN": "isbn",
    "ISSN": "issn",
    "archive_location": "accession",
}
HAS_CONTAINER = frozenset(
    """
    article article-journal article-magazine article-newspaper chapter dataset entry
    entry-dictionary entry-encyclopedia paper-conference post post-weblog review review-book
    webpage legal_case
    """.split()
)

_MARKS: dict[str, tuple[str, dict[str, str]]] = {
    "emphasis": ("italic", {}),
    "strong": ("bold", {}),
    "superscript": ("sup", {}),
    "subscript": ("sub", {}),
    "small-caps": ("sc", {}),
    "no-case": ("named-content", {"content-type": "nocase"}),
}
_KINDS = {tag: kind for kind, (tag, attributes) in _MARKS.items() if not attributes}


def _kind_of(element: _Element) -> str:
    if element.get("content-type") == "nocase":
        return "no-case"
    return _KINDS.get(xml.local_name(element), "")


MARKUP = Vocabulary(_MARKS, _kind_of)
