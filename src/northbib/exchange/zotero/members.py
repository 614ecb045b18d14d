"""What Zotero has fields and creators for in each type of item that it reads from CSL-JSON.

Sources: Zotero's translator "CSL JSON" (the types; it refuses a whole file for one item of another
type), `itemFromCSLJSON` in its utilities (how it tells an item by its members; a creator that a
type has not becomes its first one) and its schema (fields and creators of types, and their names in
CSL), as they have been since Zotero 6, so that no version of it loses what is here.
"""

from __future__ import annotations

from typing import Any

__all__ = ["TYPES", "members_of", "type_made", "types_for"]

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter dataset
    entry entry-dictionary entry-encyclopedia figure graphic interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent
    personal_communication post post-weblog report review review-book song speech thesis treaty
    webpage
    """.split()
)
"""The types that Zotero's translator knows."""

_NEAREST = {
    "classic": "book",
    "collection": "book",
    "document": "manuscript",
    "entry": "entry-encyclopedia",
    "event": "speech",
    "figure": "graphic",
    "hearing": "report",
    "musical_score": "book",
    "pamphlet": "book",
    "performance": "speech",
    "periodical": "book",
    "regulation": "legislation",
    "review": "article-journal",
    "review-book": "article-journal",
    "software": "webpage",
    "standard": "report",
    "treaty": "legislation",
}
"""CSL type that Zotero refuses, or makes a mere document of -> the nearest that it has."""

_TOLD_BY = {
    "book": ("software", frozenset({"version"})),
    "bill": ("hearing", frozenset({"publisher", "number-of-volumes"})),
}
"""Type -> the type that Zotero makes of it where one of these members is there."""

_KINDS = {
    "broadcast": (
        "television",
        frozenset("archive archive_location container-title publisher publisher-place".split()),
    ),
    "motion_picture": (
        "video",
        frozenset("collection-title publisher-place volume number-of-volumes ISBN".split()),
    ),
}
"""Type -> its other kind in Zotero, and the members that tell it."""

_ALWAYS = "id type title title-short abstract language URL note accessed issued author contributor"
_KEPT_IN = "archive archive_location source call-number"
_VOLUME = (
    "collection-title collection-number volume number-of-volumes edition publisher-place publisher"
    f" ISBN editor translator collection-editor {_KEPT_IN}"
)
_SHOWN = f"medium dimensions publisher director script-writer producer performer {_KEPT_IN}"

_MEMBERS: dict[str, str] = {
    "article": "genre publisher number publisher-place collection-title collection-number DOI"
    f" editor translator reviewed-author {_KEPT_IN}",
    "article-journal": "container-title volume issue page collection-title journalAbbreviation DOI"
    f" ISSN editor translator reviewed-author {_KEPT_IN}",
    "article-magazine": "container-title volume issue page ISSN translator reviewed-author"
    f" {_KEPT_IN}",
    "article-newspaper": "container-title publisher-place edition section page ISSN translator"
    f" reviewed-author {_KEPT_IN}",
    "bill": "container-title number volume section page chapter-number references",
    "book": f"number-of-pages {_VOLUME}",
    "broadcast": "collection-title number medium dimensions guest",
    "chapter": f"container-title page container-author {_VOLUME}",
    "dataset": f"number genre version publisher publisher-place medium DOI {_KEPT_IN}",
    "entry-dictionary": f"container-title page {_VOLUME}",
    "entry-encyclopedia": f"container-title page {_VOLUME}",
    "graphic": f"medium dimensions {_KEPT_IN}",
    "hearing": "section publisher-place publisher number-of-volumes number page authority"
    " chapter-number references",
    "interview": f"medium interviewer translator {_KEPT_IN}",
    "legal_case": "authority number container-title volume page references",
    "legislation": "container-title volume number page section chapter-number references",
    "manuscript": f"genre publisher-place number-of-pages translator {_KEPT_IN}",
    "map": "genre scale collection-title edition publisher-place publisher ISBN collection-editor"
    f" {_KEPT_IN}",
    "motion_picture": f"genre {_SHOWN}",
    "paper-conference": "container-title event-title publisher-place publisher volume page"
    f" collection-title DOI ISBN editor translator collection-editor {_KEPT_IN}",
    "patent": "publisher-place authority number page call-number issue references status submitted",
    "personal_communication": f"genre recipient {_KEPT_IN}",
    "post": "container-title genre",
    "post-weblog": "container-title genre",
    "report": "number genre collection-title publisher-place publisher page translator"
    f" collection-editor {_KEPT_IN}",
    "software": f"collection-title version medium publisher-place publisher genre ISBN {_KEPT_IN}",
    "song": "medium collection-title volume number-of-volumes publisher-place publisher dimensions"
    f" ISBN performer composer {_KEPT_IN}",
    "speech": "genre publisher-place event-title",
    "television": f"container-title number publisher-place guest {_SHOWN}",
    "thesis": f"genre publisher publisher-place number-of-pages {_KEPT_IN}",
    "video": f"collection-title volume number-of-volumes publisher-place ISBN {_SHOWN}",
    "webpage": "container-title genre translator",
}
"""CSL type, or kind of it -> members that Zotero has a field or a creator for, beside `_ALWAYS`."""

_SETS = {kind: frozenset(f"{_ALWAYS} {more}".split()) for kind, more in _MEMBERS.items()}


def types_for(item: dict[str, Any]) -> tuple[str, str]:
    """Give the type that Zotero takes for that of an item, and the one that it makes of that."""
    kind = str(item.get("type", ""))
    for written, (meant, marks) in _TOLD_BY.items():
        if kind == meant and not marks.isdisjoint(item):
            return written, meant
    nearest = _NEAREST.get(kind, kind if kind in TYPES else "manuscript")
    return nearest, nearest


def type_made(item: dict[str, Any]) -> str:
    """Give the type that Zotero makes of an item."""
    kind = str(item.get("type", ""))
    meant, marks = _TOLD_BY.get(kind, (kind, frozenset[str]()))
    return kind if marks.isdisjoint(item) else meant


def members_of(kind: str, item: dict[str, Any]) -> frozenset[str]:
    """Give the members that Zotero reads of an item of a type."""
    other, marks = _KINDS.get(kind, (kind, frozenset[str]()))
    return _SETS[kind if marks.isdisjoint(item) else other]
