"""The variables of CSL by kind.

Source: CSL 1.0.2, "Appendix IV - Variables".
"""

from __future__ import annotations

from typing import Final

from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
)

__all__ = ["ALIASES", "DATES", "KNOWN", "NAMES", "NUMBERS", "SHORT_FORMS"]

NAMES: Final = NAME_VARIABLES | {"editortranslator"}
DATES: Final = DATE_VARIABLES
NUMBERS: Final = NUMBER_VARIABLES
KNOWN: Final = (
    NAMES | DATES | NUMBERS | TEXT_VARIABLES | {"collection-title-short", "event", "type"}
) - {"note", "year-suffix"}
"""What a line of a note may set: all variables and older ones, and `type`, but no note itself."""

ALIASES: Final = {
    "container-title-short": "journalAbbreviation",
    "title-short": "shortTitle",
}
"""Variable -> the name that it has with older writers of CSL-JSON."""

SHORT_FORMS: Final = {
    "title": ("title-short", "shortTitle"),
    "container-title": ("container-title-short", "journalAbbreviation"),
    "shortTitle": ("title-short",),
}
"""Variable -> where its short form is kept, other than in the abbreviations."""
