"""The codes of MARC 21: types, genres and what stands where, read in both directions."""

from __future__ import annotations

from northbib.exchange.mods.tables import MARC_GENRES, TYPES

__all__ = [
    "GENRES",
    "LEADER_OF",
    "MARC_GENRES",
    "OURS",
    "TYPES",
    "TYPE_OF_LEADER",
]

OURS = "northbib"
"""The source code of what is kept in field 887."""

LEADER_OF: dict[str, str] = {
    "article": "ab",
    "article-journal": "ab",
    "article-magazine": "ab",
    "article-newspaper": "ab",
    "broadcast": "gm",
    "chapter": "aa",
    "dataset": "mm",
    "entry": "aa",
    "entry-dictionary": "aa",
    "entry-encyclopedia": "aa",
    "figure": "km",
    "graphic": "km",
    "manuscript": "tm",
    "map": "em",
    "motion_picture": "gm",
    "musical_score": "cm",
    "paper-conference": "aa",
    "performance": "gm",
    "periodical": "as",
    "personal_communication": "tm",
    "post": "ai",
    "post-weblog": "ai",
    "review": "ab",
    "review-book": "ab",
    "software": "mm",
    "song": "jm",
    "webpage": "ai",
}
"""CSL type -> leader, positions 6 and 7, where that is not `am`: a text by itself."""

TYPE_OF_LEADER: dict[str, str] = {
    "aa": "chapter",
    "ab": "article-journal",
    "ai": "webpage",
    "as": "periodical",
    "c": "musical_score",
    "d": "musical_score",
    "e": "map",
    "f": "map",
    "g": "motion_picture",
    "i": "song",
    "j": "song",
    "k": "graphic",
    "m": "software",
    "t": "manuscript",
}
"""Leader, positions 6 and 7, or position 6 alone -> CSL type, where no genre tells it."""

GENRES = {genre: type_ for type_, genre in TYPES.items()} | {
    "academic theses": "thesis",
    "biographies": "book",
    "conference papers and proceedings": "paper-conference",
    "conference publication": "paper-conference",
    "conference publications": "paper-conference",
    "dissertations": "thesis",
    "dissertations, academic": "thesis",
    "encyclopedias": "entry-encyclopedia",
    "interviews": "interview",
    "maps": "map",
    "newspapers": "periodical",
    "patents": "patent",
    "periodicals": "periodical",
    "speeches": "speech",
    "statutes": "legislation",
    "theses": "thesis",
}
"""Genre of field 655 in small letters -> CSL type."""
