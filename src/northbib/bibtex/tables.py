"""What BibLaTeX and CSL call the same thing: types, fields, months.

Each table is read in both directions. Sources: biblatex manual 3.20, sections 2.1 (entry types),
2.2 (fields); CSL 1.0.2, appendices III and IV.
"""

from __future__ import annotations

from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

__all__ = [
    "ALIASES",
    "DATES",
    "DATE_PARTS",
    "ENTRY_OF_TYPE",
    "EPRINTS",
    "EVENT_FIELDS",
    "FIELDS",
    "FIELD_OF_VARIABLE",
    "FIELD_ORDER",
    "ISSUE_TYPES",
    "LITERAL_LISTS",
    "MONTHS",
    "NAME_LISTS",
    "PROVENANCE",
    "PUBLISHERS",
    "RAW",
    "SEASONS",
    "SUBTYPES",
    "TITLES",
    "TYPE_ALIASES",
    "TYPE_OF_ENTRY",
    "container_field",
    "is_verbatim",
    "number_variable",
    "place_variable",
    "publisher_field",
]

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
SEASONS = (("spring",), ("summer",), ("autumn", "fall"), ("winter",))

TYPE_OF_ENTRY = {
    "article": "article-journal",
    "artwork": "graphic",
    "audio": "song",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "commentary": "book",
    "conference": "paper-conference",
    "data": "dataset",
    "dataset": "dataset",
    "electronic": "webpage",
    "image": "figure",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "document",
    "movie": "motion_picture",
    "music": "musical_score",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "mvreference": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "suppperiodical": "article-journal",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
"""Entry type -> CSL type, where no `entrysubtype` says otherwise."""

TYPE_ALIASES = {
    "conference": "inproceedings",
    "electronic": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "www": "online",
}
"""Entry type -> the one that it is another name of (biblatex manual, "Type Aliases")."""

SUBTYPES = {
    "newspaper": "article-newspaper",
    "magazine": "article-magazine",
    "blog": "post-weblog",
} | {name: name for name in TYPES}
"""`entrysubtype` -> CSL type; every CSL type is its own subtype."""

ENTRY_OF_TYPE = {
    "article": ("article", "article"),
    "article-journal": ("article", ""),
    "article-magazine": ("article", "magazine"),
    "article-newspaper": ("article", "newspaper"),
    "bill": ("legislation", "bill"),
    "book": ("book", ""),
    "broadcast": ("video", "broadcast"),
    "chapter": ("incollection", ""),
    "classic": ("book", "classic"),
    "collection": ("misc", "collection"),
    "dataset": ("dataset", ""),
    "document": ("misc", ""),
    "entry": ("inreference", "entry"),
    "entry-dictionary": ("inreference", "entry-dictionary"),
    "entry-encyclopedia": ("inreference", "entry-encyclopedia"),
    "event": ("misc", "event"),
    "figure": ("image", ""),
    "graphic": ("artwork", ""),
    "hearing": ("misc", "hearing"),
    "interview": ("misc", "interview"),
    "legal_case": ("jurisdiction", ""),
    "legislation": ("legislation", ""),
    "manuscript": ("unpublished", ""),
    "map": ("misc", "map"),
    "motion_picture": ("movie", ""),
    "musical_score": ("music", ""),
    "pamphlet": ("booklet", ""),
    "paper-conference": ("inproceedings", ""),
    "patent": ("patent", ""),
    "performance": ("performance", ""),
    "periodical": ("periodical", ""),
    "personal_communication": ("letter", ""),
    "post": ("online", "post"),
    "post-weblog": ("online", "blog"),
    "regulation": ("legislation", "regulation"),
    "report": ("report", ""),
    "review": ("review", ""),
    "review-book": ("review", "review-book"),
    "software": ("software", ""),
    "song": ("audio", ""),
    "speech": ("unpublished", "speech"),
    "standard": ("standard", ""),
    "thesis": ("thesis", ""),
    "treaty": ("legal", ""),
    "webpage": ("online", ""),
}
"""CSL type -> entry type and `entrysubtype`, "" where the entry type alone says it."""

ALIASES = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "annote": "annotation",
    "hyphenation": "langid",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
}
"""Field names of BibTeX and of old biblatex -> those of biblatex."""

DATES = {
    "date": "issued",
    "urldate": "accessed",
    "eventdate": "event-date",
    "origdate": "original-date",
}

DATE_PARTS = {
    name: tuple(name.removesuffix("date") + part for part in ("year", "month", "day"))
    for name in DATES
}
"""Date field -> the fields of older files that say the same in parts."""

FIELDS = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
    "title": "title",
    "shorttitle": "title-short",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "edition": "edition",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "part": "part-number",
    "chapter": "chapter-number",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "version": "version",
    "type": "genre",
    "eventtitle": "event-title",
    "venue": "event-place",
    "pubstate": "status",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place",
    "langid": "language",
    "library": "call-number",
    "isbn": "ISBN",
    "issn": "ISSN",
    "doi": "DOI",
    "url": "URL",
    "note": "note",
    "abstract": "abstract",
    "annotation": "annote",
    "issue": "issue",
    "csl-number": "number",
} | DATES
"""BibLaTeX field -> CSL variable, where it is the same for all types."""

_VARIABLES = sorted(NAME_VARIABLES | DATE_VARIABLES | NUMBER_VARIABLES | TEXT_VARIABLES)
_NOT_OWN = {"publisher", "keyword"}
FIELDS |= {name.lower(): name for name in _VARIABLES if name not in _NOT_OWN | set(FIELDS.values())}

FIELD_OF_VARIABLE = {variable: name for name, variable in FIELDS.items()}
"""CSL variable -> BibLaTeX field; a variable that BibLaTeX has no field for keeps its name."""

# BibLaTeX has no hyphen in its names, so that CSL's own can always be read as well.
FIELDS |= {name: name for name in _VARIABLES if "-" in name}

TITLES = frozenset(
    """
    title subtitle titleaddon shorttitle booktitle booksubtitle booktitleaddon maintitle
    mainsubtitle maintitleaddon issuetitle issuesubtitle origtitle origsubtitle
    """.split()
)
"""Fields in which braces protect capitals."""

LITERAL_LISTS = frozenset(
    "publisher institution organization location origpublisher origlocation".split()
)
"""Fields that biblatex cuts at `and`, where an `and` that belongs to a name stands in braces."""

NAME_LISTS = frozenset(
    """
    afterword annotator commentator editora editorb editorc foreword holder introduction namea nameb
    namec shortauthor shorteditor sortname
    """.split()
)
"""Lists of names that CSL has no variable for."""

_VERBATIM = frozenset(
    """
    url urlraw doi eprint pdf verba verbb verbc archiveurl crossref xref xdata ids entryset related
    """.split()
)

RAW = frozenset({"execute", "file"})
"""Fields of code and paths, in which a backslash is a backslash."""

_BOOKTITLE_TYPES = frozenset(
    "chapter paper-conference entry entry-dictionary entry-encyclopedia".split()
)
ISSUE_TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper periodical review review-book
    """.split()
)
_SERIES_TYPES = frozenset("book classic pamphlet collection".split()) | _BOOKTITLE_TYPES
_INSTITUTION_TYPES = frozenset("report thesis".split())
_ORGANIZATION_TYPES = frozenset(
    """
    document event hearing interview manuscript map personal_communication post post-weblog speech
    webpage
    """.split()
)

PUBLISHERS = ("publisher", "institution", "organization", "howpublished")
"""Fields that name who published a work, whichever is there."""


def is_verbatim(field: str) -> bool:
    """Whether a field holds an address or an identifier, in which nothing is LaTeX."""
    return field in _VERBATIM or field in RAW or field.endswith("url") or field.startswith("bdsk-")


def container_field(csl_type: str) -> str:
    """Give the field for the work that a work of this type stands in."""
    return "booktitle" if csl_type in _BOOKTITLE_TYPES else "journaltitle"


def publisher_field(csl_type: str) -> str:
    """Give the field for the publisher of a work of this type."""
    if csl_type in _INSTITUTION_TYPES:
        return "institution"
    return "organization" if csl_type in _ORGANIZATION_TYPES else "publisher"


def number_variable(csl_type: str, *, in_series: bool) -> str:
    """Give the variable that `number` holds: of the issue, in the series, or of the work."""
    if csl_type in ISSUE_TYPES:
        return "issue"
    return "collection-number" if in_series and csl_type in _SERIES_TYPES else "number"


def place_variable(csl_type: str) -> str:
    """Give the variable that `location` holds: for a patent, where it is in force."""
    return "jurisdiction" if csl_type == "patent" else "publisher-place"


EVENT_FIELDS = frozenset({"eventdate", "eventtitle", "venue"})
"""Fields that make an `@unpublished` a speech where no `entrysubtype` says otherwise."""

EPRINTS = {
    "arxiv": ("https://arxiv.org/abs/{}", ""),
    "jstor": ("https://www.jstor.org/stable/{}", ""),
    "pubmed": ("https://www.ncbi.nlm.nih.gov/pubmed/{}", "PMID"),
    "pmid": ("https://www.ncbi.nlm.nih.gov/pubmed/{}", "PMID"),
    "pmc": ("https://www.ncbi.nlm.nih.gov/pmc/articles/{}", "PMCID"),
    "pmcid": ("https://www.ncbi.nlm.nih.gov/pmc/articles/{}", "PMCID"),
    "googlebooks": ("https://books.google.com?id={}", ""),
    "hdl": ("https://hdl.handle.net/{}", ""),
}
"""`eprinttype` -> address of the copy, and the CSL variable of the number, if it has one."""

FIELD_ORDER = tuple(
    """
    author bookauthor editor editortype editora editoratype editorb editorbtype editorc editorctype
    translator title subtitle titleaddon shorttitle maintitle mainsubtitle maintitleaddon booktitle
    booksubtitle booktitleaddon journaltitle journalsubtitle journaltitleaddon shortjournal
    issuetitle issuesubtitle issuetitleaddon series entrysubtype type eventtitle eventdate venue
    institution organization howpublished publisher location date year month day edition version
    volume volumes part number issue chapter pages eid pagetotal pubstate origtitle origdate
    origpublisher origlocation langid crossref xdata options isbn issn doi eprint eprinttype
    eprintclass url urldate archiveurl archivedate library note addendum abstract annotation
    keywords
    """.split()
)
"""The order of fields in an entry that we write; others follow, and provenance comes last."""

PROVENANCE = ("confidence", "evidence", "notseen")
