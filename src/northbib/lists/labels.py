"""What the headings of groups say: labels of types and languages, in one place.

The order of the types is the order in which their groups stand.
"""

from __future__ import annotations

import re

__all__ = ["ACRONYMS", "LANGUAGES", "OTHER", "TYPES", "UNDATED", "topic_label"]

OTHER = "Other"
UNDATED = "Undated"

TYPES: dict[str, str] = {
    "book": "Books",
    "classic": "Classics",
    "collection": "Collections",
    "chapter": "Book chapters",
    "entry": "Reference entries",
    "entry-dictionary": "Dictionary entries",
    "entry-encyclopedia": "Encyclopedia entries",
    "article-journal": "Journal articles",
    "article-magazine": "Magazine articles",
    "article-newspaper": "News articles",
    "article": "Articles",
    "review": "Reviews",
    "review-book": "Book reviews",
    "periodical": "Periodicals",
    "paper-conference": "Conference papers",
    "report": "Reports",
    "standard": "Standards",
    "thesis": "Theses",
    "manuscript": "Manuscripts",
    "pamphlet": "Pamphlets",
    "legislation": "Acts and other legislation",
    "bill": "Bills",
    "regulation": "Regulations",
    "treaty": "Treaties",
    "legal_case": "Cases",
    "hearing": "Hearings",
    "patent": "Patents",
    "speech": "Speeches",
    "interview": "Interviews",
    "personal_communication": "Letters and conversations",
    "post-weblog": "Blog posts",
    "post": "Posts",
    "webpage": "Web pages",
    "dataset": "Datasets",
    "software": "Software",
    "map": "Maps",
    "figure": "Figures",
    "graphic": "Pictures",
    "broadcast": "Broadcasts",
    "motion_picture": "Films",
    "song": "Recordings",
    "musical_score": "Scores",
    "performance": "Performances",
    "event": "Events",
    "document": "Documents",
}
"""CSL type -> heading of its group."""

LANGUAGES: dict[str, str] = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "bn": "Bengali",
    "ca": "Catalan",
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "gd": "Scottish Gaelic",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "is": "Icelandic",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "la": "Latin",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "nn": "Norwegian",
    "no": "Norwegian",
    "pa": "Punjabi",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "zh": "Chinese",
}
"""ISO 639-1 code -> English name of the language."""


ACRONYMS: dict[str, str] = {
    "ai": "AI",
    "bbc": "BBC",
    "eu": "EU",
    "gdp": "GDP",
    "gva": "GVA",
    "hs2": "HS2",
    "ict": "ICT",
    "it": "IT",
    "nhs": "NHS",
    "oecd": "OECD",
    "r&d": "R&D",
    "uk": "UK",
    "un": "UN",
    "us": "US",
    "usa": "USA",
}
"""Words of topics that are written in capitals."""

# An apostrophe is part of its word: the first one of "it's" is no acronym.
_WORD = re.compile(r"[\w&'’]+")


def topic_label(topic: str) -> str:
    """Give a topic as a heading: hyphens as spaces, acronyms and the first letter in capitals.

    >>> topic_label("english-devolution")
    'English devolution'
    >>> topic_label("uk-nations")
    'UK nations'
    """
    words = topic.replace("-", " ").replace("_", " ").strip()
    words = _WORD.sub(lambda word: ACRONYMS.get(word[0].lower(), word[0]), words)
    return words[:1].upper() + words[1:]
