"""BibTeX as it was before biblatex: for journals and styles that take nothing else.

Source: Oren Patashnik, "BibTeXing" (1988).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex import classic_source
from northbib.bibtex.classic import ENTRY_TYPES
from northbib.bibtex.languages import LANGUAGE_ALIASES, LANGUAGES, REGIONAL
from northbib.bibtex.localisation import GENRES
from northbib.exchange.biblatex import decode, parts, read, with_fit_key, write

if TYPE_CHECKING:
    from northbib.records import Record

__all__ = ["decode", "encode", "parts", "read", "spelt", "write"]


def encode(record: Record) -> str:
    """Give the text of an entry; fields beyond BibTeX's own keep biblatex's names."""
    return classic_source(with_fit_key(record))


def spelt(record: Record) -> Record:
    """Give a record without the fields that say again, in biblatex's words, what it says already.

    These are the localisation key of its genre, the name of its language, and the entry type where
    that is one of BibTeX's own.
    """
    extra = record.extra
    again = {
        "type": "type" in extra and GENRES.get(extra["type"]) == record.plain("genre"),
        "langid": "langid" in extra and _is_language(extra["langid"], record.plain("language")),
        "entrytype": extra.get("entrytype") in ENTRY_TYPES,
    }
    if not any(again.values()):
        return record
    return record.replace(extra={name: text for name, text in extra.items() if not again.get(name)})


def _is_language(name: str, tag: str) -> bool:
    """Tell whether babel's name of a language says no more than a BCP 47 tag does."""
    own = LANGUAGE_ALIASES.get(name, name)
    known = LANGUAGES.get(own, "")
    return known == tag or (own not in REGIONAL and known.partition("-")[0] == tag)
