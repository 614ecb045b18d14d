"""CSL-JSON in the words that citation.js looks for when it makes BibLaTeX of it.

Source: the mapping of its plugin for BibTeX. It reads of a name no particle that is dropped; of a
genre and a status only BibLaTeX's own keys (`phdthesis`, `prepublished`), which a citation would
print as they are; and nothing as an addition to a title or a note. So this is for those who go on
to BibLaTeX, and not for citations.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from northbib.bibtex.localisation import GENRES, STATES
from northbib.bibtex.titles import cut_off

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["encoded"]

_KEY_OF_GENRE = {word.lower(): key for key, word in GENRES.items()}
_KEY_OF_STATE = {word.lower(): key for key, word in STATES.items()}
_SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_ADDED = (("title", "titleaddon"), ("note", "addendum"))
_PLACE = "publisher-place"
_DROPPING, _STAYING = "dropping-particle", "non-dropping-particle"


def encoded(record: Record, native: dict[str, Any]) -> dict[str, Any]:
    """Give the item that citation.js reads most of."""
    item = {
        name: [_name(each) for each in value] if isinstance(value, list) else value
        for name, value in native.items()
    }
    genre, status = record.plain("genre"), record.plain("status")
    changed = {
        "genre": _KEY_OF_GENRE.get(genre.lower(), genre) or _SUBTYPES.get(record.type, ""),
        "status": _KEY_OF_STATE.get(status.lower(), status),
        _PLACE: str(item.get(_PLACE, "")).replace("; ", " and "),
        **{name: _without(record, name, field) for name, field in _ADDED},
    }
    return item | {name: text for name, text in changed.items() if text}


def _name(name: dict[str, str]) -> dict[str, str]:
    if _DROPPING not in name:
        return name
    particles = f"{name[_DROPPING]} {name.get(_STAYING, '')}".strip()
    others = {part: text for part, text in name.items() if part != _DROPPING}
    return {**others, _STAYING: particles}


def _without(record: Record, name: str, field: str) -> str:
    """Give a text without what has been added to it, if it is more than that."""
    text, added = record.text(name), record.extra.get(field, "")
    parts = cut_off(text, added, is_addition=True) if text and added else None
    return parts[0] if parts else text
