"""The words of Hayagriva: types, roles and fields, read in both directions."""

from __future__ import annotations

import re
from typing import Any

Native = tuple[str, dict[str, Any]]
"""The key of an entry, and its fields."""

TYPES: dict[str, str] = {
    "article": "article/repository",
    "article-journal": "article/periodical",
    "article-magazine": "article/periodical",
    "article-newspaper": "article/newspaper",
    "bill": "legislation",
    "book": "book",
    "broadcast": "video/video",
    "chapter": "chapter/book",
    "classic": "book",
    "collection": "anthology",
    "dataset": "repository",
    "document": "misc",
    "entry": "entry/reference",
    "entry-dictionary": "entry/reference",
    "entry-encyclopedia": "entry/reference",
    "event": "conference",
    "figure": "artwork",
    "graphic": "artwork",
    "hearing": "legislation",
    "interview": "misc",
    "legal_case": "case/anthology",
    "legislation": "legislation/anthology",
    "manuscript": "manuscript",
    "map": "artwork",
    "motion_picture": "video",
    "musical_score": "book",
    "pamphlet": "book",
    "paper-conference": "article/proceedings",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "misc",
    "post": "post/thread",
    "post-weblog": "article/blog",
    "regulation": "legislation",
    "report": "report",
    "review": "article/periodical",
    "review-book": "article/periodical",
    "software": "repository",
    "song": "audio",
    "speech": "misc",
    "standard": "report",
    "thesis": "thesis",
    "treaty": "legislation",
    "webpage": "web/web",
}
"""CSL type -> type of the entry, and behind a slash that of what it is in."""

KINDS = {
    "anthology": "book",
    "anthos": "chapter",
    "article": "article",
    "article/anthology": "chapter",
    "article/book": "chapter",
    "article/conference": "paper-conference",
    "article/periodical": "article-journal",
    "article/reference": "entry",
    "article/thread": "post",
    "article/web": "webpage",
    "artwork": "graphic",
    "audio": "song",
    "blog": "webpage",
    "book": "book",
    "case": "legal_case",
    "chapter": "chapter",
    "conference": "event",
    "entry": "entry",
    "entry/reference": "entry",
    "exhibition": "event",
    "legislation": "legislation",
    "misc": "document",
    "newspaper": "periodical",
    "original": "document",
    "post": "post",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "repository": "software",
    "scene": "motion_picture",
    "thread": "post",
    "video": "motion_picture",
    "web": "webpage",
}
KIND_OF = {native: kind for kind, native in TYPES.items()} | KINDS
HELD = {"article", "chapter", "entry", "anthos", "web", "post", "case", "scene"}
"""Types of entries whose parent is what they are in; that of all others is their series."""
PARENTS = {
    "article": "periodical",
    "chapter": "book",
    "entry": "reference",
    "anthos": "anthology",
    "web": "web",
    "scene": "video",
    "artwork": "exhibition",
    "legislation": "anthology",
    "post": "post",
    "video": "video",
    "audio": "audio",
}
"""Type of an entry -> that of a parent that names none."""
EVENTS = {"conference", "exhibition"}

ROLES: dict[str, str] = {
    "compiler": "compiler",
    "composer": "composer",
    "contributor": "collaborator",
    "director": "director",
    "executive-producer": "executive-producer",
    "illustrator": "illustrator",
    "narrator": "narrator",
    "organizer": "organizer",
    "performer": "cast-member",
    "producer": "producer",
    "script-writer": "writer",
    "translator": "translator",
}
"""CSL name variable -> role of those that are affiliated with a work."""
ROLE_OF = {native.replace("-", ""): role for role, native in ROLES.items()}

TEXTS = {
    "abstract": "abstract",
    "genre": "genre",
    "call-number": "call-number",
    "archive": "archive",
    "archive_location": "archive-location",
    "authority": "organization",
    "note": "note",
}
NUMBERS = {
    "page": "page-range",
    "chapter-number": "chapter",
    "number-of-pages": "page-total",
}
OF_WHOLE = {
    "volume": "volume",
    "issue": "issue",
    "edition": "edition",
    "number-of-volumes": "volume-total",
}
SERIALS = {
    "DOI": "doi",
    "PMID": "pmid",
    "PMCID": "pmcid",
    "number": "serial",
    "version": "version",
    "printing-number": "printing",
}
SERIALS_OF_WHOLE = {"ISBN": "isbn", "ISSN": "issn"}
EXTRA = "hayagriva-"
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
WHOLE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")
ADDRESS = re.compile(r"https?://[\w.-]+(?::[0-9]{1,4})?(?:[/?#][^\s<>\"{}|\\^`]*)?", re.ASCII)
TIME = re.compile(r"(?:[0-9]+:){0,2}[0-9]+:[0-5][0-9](?:,[0-9]+)?")
DATE = re.compile(r"[+-]?[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
COUNTS = {"page-total", "volume-total"}
