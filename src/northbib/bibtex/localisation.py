"""The words that biblatex puts in for its localisation keys, in English.

A database holds the key (`phdthesis`, `forthcoming`), a bibliography prints the word. Source:
biblatex manual 3.20, section 4.9.2 (localisation keys).
"""

from __future__ import annotations

__all__ = ["COUNTRIES", "GENRES", "GENRE_OF_ENTRY", "STATES", "WORDS", "series_named"]

GENRES = {
    "phdthesis": "PhD thesis",
    "mathesis": "Master’s thesis",
    "bathesis": "Bachelor’s thesis",
    "candthesis": "Candidate thesis",
    "techreport": "technical report",
    "resreport": "research report",
    "software": "computer software",
    "datacd": "data CD",
    "audiocd": "audio CD",
    "patent": "patent",
    "patentde": "German patent",
    "patenteu": "European patent",
    "patentfr": "French patent",
    "patentuk": "British patent",
    "patentus": "U.S. patent",
    "patreq": "patent request",
    "patreqde": "German patent request",
    "patreqeu": "European patent request",
    "patreqfr": "French patent request",
    "patrequk": "British patent request",
    "patrequs": "U.S. patent request",
}
"""Localisation keys that biblatex takes as a `type`."""

GENRE_OF_ENTRY = {
    "phdthesis": "phdthesis",
    "mastersthesis": "mathesis",
    "techreport": "techreport",
}
"""Entry type -> the localisation key of the `type` that it stands for."""

COUNTRIES = {
    "countryde": "Germany",
    "countryeu": "European Union",
    "countryep": "European Union",
    "countryfr": "France",
    "countryuk": "United Kingdom",
    "countryus": "United States of America",
}
"""Localisation keys that biblatex takes as the `location` of a patent."""

STATES = {
    "inpreparation": "in preparation",
    "submitted": "submitted",
    "forthcoming": "forthcoming",
    "inpress": "in press",
    "prepublished": "pre-published",
}
"""Localisation keys that biblatex takes as a `pubstate`."""

_SERIES = {"newseries": "New series", "oldseries": "Old series"}
_ENDINGS = {"1": "st", "2": "nd", "3": "rd"}

WORDS = (
    GENRES
    | COUNTRIES
    | STATES
    | {name: word.lower() for name, word in _SERIES.items()}
    | {
        "and": "and",
        "andothers": "et al.",
        "chapter": "chapter",
        "edition": "edition",
        "in": "in",
        "jourser": "series",
        "jourvol": "volume",
        "nodate": "n.d.",
        "number": "number",
        "page": "page",
        "pages": "pages",
        "part": "part",
        "section": "section",
        "volume": "volume",
        "volumes": "volumes",
    }
)
"""What `\\bibstring{KEY}` prints, and its relations."""


def series_named(text: str) -> str:
    """Give the name of a journal's series, which the field gives as a number or a key.

    >>> series_named("3"), series_named("newseries"), series_named("A Series")
    ('3rd series', 'New series', 'A Series')
    """
    if text.isdecimal():
        ending = "th" if text[-2:-1] == "1" else _ENDINGS.get(text[-1], "th")
        return f"{text}{ending} series"
    return _SERIES.get(text, text)
