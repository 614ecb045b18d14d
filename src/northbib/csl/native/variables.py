"""The variables of CSL by kind.

Source: CSL 1.0.2, "Appendix IV - Variables".
"""

from __future__ import annotations

from typing import Final

__all__ = ["ALIASES", "DATES", "KNOWN", "NAMES", "NUMBERS", "SHORT_FORMS"]

NAMES: Final = frozenset(
    "author chair collection-editor compiler composer container-author contributor curator"
    " director editor editortranslator editor-translator editorial-director executive-producer"
    " guest host illustrator interviewer narrator organizer original-author performer producer"
    " recipient reviewed-author script-writer series-creator translator".split()
)
DATES: Final = frozenset(
    "accessed available-date event-date issued original-date submitted".split()
)
NUMBERS: Final = frozenset(
    "chapter-number citation-number collection-number edition first-reference-note-number issue"
    " locator number number-of-pages number-of-volumes page page-first part-number printing-number"
    " section supplement-number version volume".split()
)
KNOWN: Final = (
    NAMES
    | DATES
    | NUMBERS
    | frozenset(
        "DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection"
        " archive_location authority call-number citation-key citation-label collection-title"
        " collection-title-short"
        " container-title container-title-short dimensions division event event-place event-title"
        " genre jurisdiction keyword language license medium original-publisher"
        " original-publisher-place original-title part-title publisher publisher-place references"
        " reviewed-genre reviewed-title scale source status title title-short volume-title"
        " type".split()
    )
)
"""All variables, and `type`."""

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
