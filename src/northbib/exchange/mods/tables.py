"""The words of MODS: types, genres, roles and numbers, read in both directions.

Source: the MODS user guidelines; genres beside those of MARC are the ones of bibutils.
"""

from __future__ import annotations

import re

from northbib.exchange.relators import CODES

NAMESPACE = "http://www.loc.gov/mods/v3"

TYPES: dict[str, str] = {
    "article": "preprint",
    "article-journal": "article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "bill": "bill",
    "book": "book",
    "broadcast": "broadcast",
    "chapter": "book chapter",
    "classic": "classical work",
    "collection": "collection",
    "dataset": "dataset",
    "document": "document",
    "entry": "entry",
    "entry-dictionary": "dictionary entry",
    "entry-encyclopedia": "encyclopedia entry",
    "event": "event",
    "figure": "figure",
    "graphic": "picture",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "legal case and case notes",
    "legislation": "legislation",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "motion picture",
    "musical_score": "musical score",
    "pamphlet": "pamphlet",
    "paper-conference": "conference paper",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "personal_communication": "letter",
    "post": "post",
    "post-weblog": "blog",
    "regulation": "regulation",
    "report": "report",
    "review": "review",
    "review-book": "book review",
    "software": "software",
    "song": "sound recording",
    "speech": "speech",
    "standard": "standard or specification",
    "thesis": "thesis",
    "treaty": "treaty",
    "webpage": "web site",
}
"""CSL type -> genre."""

MARC_GENRES = frozenset(
    {
        "article",
        "book",
        "interview",
        "legal case and case notes",
        "legislation",
        "letter",
        "map",
        "motion picture",
        "patent",
        "periodical",
        "picture",
        "review",
        "speech",
        "standard or specification",
        "thesis",
        "treaty",
        "web site",
    }
)
"""The genres of MARC (https://id.loc.gov/vocabulary/marcgt) among them."""

ALSO = {
    "academic journal": "article-journal",
    "artwork": "graphic",
    "atlas": "map",
    "book review": "review-book",
    "case": "legal_case",
    "communication": "personal_communication",
    "computer program": "software",
    "conference publication": "paper-conference",
    "database": "dataset",
    "diploma thesis": "thesis",
    "dissertation": "thesis",
    "doctoral thesis": "thesis",
    "electronic resource": "webpage",
    "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary",
    "film": "motion_picture",
    "government publication": "report",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "handwritten note": "manuscript",
    "journal article": "article-journal",
    "magazine": "article-magazine",
    "masters thesis": "thesis",
    "newspaper": "article-newspaper",
    "numeric data": "dataset",
    "ph.d. thesis": "thesis",
    "photograph": "graphic",
    "statute": "legislation",
    "technical report": "report",
    "theses": "thesis",
    "unpublished": "manuscript",
    "video recording": "motion_picture",
    "videorecording": "motion_picture",
    "web page": "webpage",
    "web site": "webpage",
    "webpage": "webpage",
    "website": "webpage",
}
TYPE_OF = {genre: type_ for type_, genre in TYPES.items()} | ALSO

RESOURCES = {
    "broadcast": "moving image",
    "dataset": "software, multimedia",
    "figure": "still image",
    "graphic": "still image",
    "map": "cartographic",
    "motion_picture": "moving image",
    "musical_score": "notated music",
    "software": "software, multimedia",
    "song": "sound recording",
}
"""CSL type -> typeOfResource, where that is not `text`."""

TYPE_OF_RESOURCE = {
    "cartographic": "map",
    "moving image": "motion_picture",
    "notated music": "musical_score",
    "software, multimedia": "software",
    "sound recording": "song",
    "sound recording-musical": "song",
    "sound recording-nonmusical": "song",
    "still image": "graphic",
}

HOSTS: dict[str, tuple[str, ...]] = {
    "article": ("periodical",),
    "article-journal": ("periodical", "academic journal"),
    "article-magazine": ("periodical", "magazine"),
    "article-newspaper": ("newspaper",),
    "chapter": ("book",),
    "entry": ("book",),
    "entry-dictionary": ("dictionary",),
    "entry-encyclopedia": ("encyclopedia",),
    "paper-conference": ("conference publication",),
    "review": ("periodical", "academic journal"),
    "review-book": ("periodical", "academic journal"),
}
"""CSL type -> genres of what it is published in."""

IN_HOST = {
    "periodical": "article-journal",
    "academic journal": "article-journal",
    "journal": "article-journal",
    "magazine": "article-magazine",
    "newspaper": "article-newspaper",
    "book": "chapter",
    "conference publication": "paper-conference",
    "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary",
}
"""Genre of what a work is published in -> the work's CSL type, where nothing else tells it."""

IDENTIFIERS = {"DOI": "doi", "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "PMCID": "pmc"}
VARIABLE_OF = {kind: variable for variable, kind in IDENTIFIERS.items()}
OF_HOST = frozenset({"ISBN", "ISSN"})
TITLE_PARTS = ("partNumber", "partName")
ROLES = (
    *(role for role in CODES if role not in ("collection-editor", "editor")),
    "editor",
)
NOTES = {"annote": "annotation", "status": "publication status", "genre": "genre"}
OUR_NOTE = "northbib"
YEAR = re.compile(r"\d{4}")
ID = re.compile(r"[A-Za-z_][\w.-]*")
DETAILS = {
    "volume": "volume",
    "issue": "issue",
    "number": "issue",
    "no.": "issue",
    "report number": "number",
    "article": "number",
    "chapter": "chapter-number",
    "section": "section",
    "page": "page",
    "version": "version",
}
DETAIL_OF = {
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "chapter-number": "chapter",
    "section": "section",
    "version": "version",
}
"""CSL variable -> type of detail."""
TYPED = frozenset({*NOTES.values(), OUR_NOTE})
