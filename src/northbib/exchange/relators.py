"""Roles of people: the relators of the Library of Congress <-> the name variables of CSL.

Source: https://id.loc.gov/vocabulary/relators, codes and terms.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["CODES", "role_of"]

CODES: dict[str, tuple[str, str]] = {
    "author": ("aut", "author"),
    "chair": ("mod", "moderator"),
    "collection-editor": ("pbd", "publishing director"),
    "compiler": ("com", "compiler"),
    "composer": ("cmp", "composer"),
    "contributor": ("ctb", "contributor"),
    "curator": ("cur", "curator"),
    "director": ("drt", "director"),
    "editor": ("edt", "editor"),
    "editorial-director": ("edm", "editor of moving image work"),
    "executive-producer": ("pro", "producer"),
    "guest": ("spk", "speaker"),
    "host": ("hst", "host"),
    "illustrator": ("ill", "illustrator"),
    "interviewer": ("ivr", "interviewer"),
    "narrator": ("nrt", "narrator"),
    "organizer": ("orm", "organizer"),
    "original-author": ("ant", "bibliographic antecedent"),
    "performer": ("prf", "performer"),
    "producer": ("pro", "producer"),
    "recipient": ("rcp", "addressee"),
    "reviewed-author": ("aud", "author of dialog"),
    "script-writer": ("aus", "screenwriter"),
    "series-creator": ("cre", "creator"),
    "translator": ("trl", "translator"),
}
"""CSL name variable -> code and term of the nearest relator."""

_ALSO = {
    "art": "author",
    "artist": "author",
    "asn": "contributor",
    "associated name": "contributor",
    "cartographer": "author",
    "corporate author": "author",
    "cph": "contributor",
    "cre": "author",
    "ctg": "author",
    "creator": "author",
    "dis": "author",
    "dissertant": "author",
    "ed": "editor",
    "editor of compilation": "editor",
    "edc": "editor",
    "fmd": "director",
    "film director": "director",
    "ive": "author",
    "interviewee": "author",
    "inv": "author",
    "inventor": "author",
    "isb": "author",
    "lbt": "author",
    "pht": "author",
    "photographer": "author",
    "pro": "producer",
    "producer": "producer",
    "rpt": "author",
    "reporter": "author",
    "speaker": "author",
    "spk": "author",
    "sce": "script-writer",
    "scenarist": "script-writer",
    "tra": "translator",
    "wam": "contributor",
    "writer": "author",
}
_ROLE_OF = {word: role for role, words in CODES.items() for word in words} | _ALSO


@lru_cache(1000)
def role_of(text: str) -> str:
    """Give the name variable of a relator's code, term or address; "" if there is none."""
    word = text.strip().rstrip(".,;").lower().rpartition("/")[2]
    return _ROLE_OF.get(word, "")
