"""The names of types and fields that are known, so that others can be doubted.

Sources: biblatex's data model (3.20), and btxdoc for what only BibTeX has.
"""

from __future__ import annotations

from northbib.bibtex.tables import ALIASES, TYPE_OF_ENTRY
from northbib.bibtex.tables import FIELDS as MAPPED

__all__ = ["FIELDS", "OTHER_FIELDS", "TYPES"]

TYPES = frozenset(TYPE_OF_ENTRY) | frozenset(
    """
    bibnote codefragment constitution control customa customb customc customd custome customf
    legadminmaterial legmaterial mvbook nameonly set softwaremodule softwareversion unspecified
    xdata
    """.split()
)
"""Entry types of biblatex and BibTeX, of biblatex-apa and biblatex-software."""

FIELDS = (
    frozenset(MAPPED)
    | frozenset(ALIASES)
    | frozenset(
        """
        abstract addendum address afterword annotation annotator author authortype bookauthor
        bookpagination booksubtitle booktitle booktitleaddon chapter commentator crossref date day
        doi edition editor editora editoratype editorb editorbtype editorc editorctype editortype
        eid endday endmonth endyear entryset entrysubtype eprint eprintclass eprinttype eventdate
        eventtitle eventtitleaddon execute file foreword gender holder howpublished hyphenation ids
        indexsorttitle indextitle institution introduction isan isbn ismn isrn issn issue
        issuesubtitle issuetitle iswc journal journalsubtitle journaltitle journaltitleaddon key
        keywords label langid langidopts language library lista listb listc listd liste listf
        location mainsubtitle maintitle maintitleaddon month namea nameaddon nameatype nameb
        namebtype namec namectype note number options organization origdate origday origlanguage
        origlocation origmonth origpublisher origtitle origyear pages pagetotal pagination part
        presort publisher pubstate related relatedoptions relatedstring relatedtype reprinttitle
        school series shortauthor shorteditor shorthand shorthandintro shortjournal shortseries
        shorttitle sortkey sortname sortshorthand sorttitle sortyear subtitle title titleaddon
        translator type url urldate urlday urlmonth urlyear usera userb userc userd usere userf
        venue verba verbb verbc version volume volumes xdata xref year
        """.split()
    )
)
"""Fields that styles and biblatex know."""

OTHER_FIELDS = frozenset(
    "eprints files folder issued issues notes published sources submitter".split()
)
"""Fields of programs and people that are near to a field that styles know, and are meant."""
