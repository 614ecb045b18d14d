"""The fields that an entry of a type cannot do without.

Source: biblatex manual 3.20, section 2.1.1, and btxdoc, section 3.1, for the types that only BibTeX
has. Where the two differ, or where an entry is complete in print without a field, less is asked
for: `type` of a report, `author` of a newspaper's or magazine's article, `organization` of
anything.
"""

from __future__ import annotations

__all__ = ["ALTERNATIVES", "MANDATORY"]

_BOOK = ("author", "title", "date")
_IN_BOOK = ("author", "title", "booktitle", "date")
_COLLECTION = ("editor", "title", "date")
_TITLED = ("title", "date")

MANDATORY: dict[str, tuple[str, ...]] = {
    "article": ("author", "title", "journaltitle", "date"),
    "book": _BOOK,
    "bookinbook": _IN_BOOK,
    "booklet": _BOOK,
    "collection": _COLLECTION,
    "conference": _IN_BOOK,
    "dataset": _BOOK,
    "electronic": ("title", "date", "url"),
    "inbook": _IN_BOOK,
    "incollection": _IN_BOOK,
    "inproceedings": _IN_BOOK,
    "inreference": ("title", "booktitle", "date"),
    "manual": ("title",),
    "mastersthesis": ("author", "title", "institution", "date"),
    "misc": ("title",),
    "mvbook": _BOOK,
    "mvcollection": _COLLECTION,
    "mvproceedings": _TITLED,
    "mvreference": _TITLED,
    "online": ("title", "date", "url"),
    "patent": ("author", "title", "number", "date"),
    "periodical": _TITLED,
    "phdthesis": ("author", "title", "institution", "date"),
    "proceedings": _TITLED,
    "reference": _TITLED,
    "report": ("author", "title", "institution", "date"),
    "set": ("entryset",),
    "software": ("title",),
    "suppbook": _IN_BOOK,
    "suppcollection": _IN_BOOK,
    "suppperiodical": ("author", "title", "journaltitle", "date"),
    "techreport": ("author", "title", "institution", "date"),
    "thesis": ("author", "title", "type", "institution", "date"),
    "unpublished": _BOOK,
    "www": ("title", "date", "url"),
}
"""Entry type -> the fields that it has to have."""

_EDITED = ("editor", "translator", "organization", "institution")
_SOURCES = ("doi", "eprint", "howpublished")

ALTERNATIVES: dict[tuple[str, str], tuple[str, ...]] = {
    ("", "date"): ("year", "pubstate", "origdate", "eventdate"),
    ("", "title"): ("maintitle", "issuetitle", "shorttitle"),
    ("", "institution"): ("publisher", "organization", "school"),
    ("", "journaltitle"): ("issuetitle", "journalsubtitle"),
    ("", "booktitle"): ("maintitle", "eventtitle", "journaltitle"),
    ("", "author"): ("editor", "translator", "shortauthor"),
    ("", "editor"): ("author", "editora", "editorb", "translator"),
    ("article", "author"): ("entrysubtype", "organization", "institution"),
    ("booklet", "author"): _EDITED,
    ("dataset", "author"): _EDITED,
    ("report", "author"): _EDITED,
    ("techreport", "author"): _EDITED,
    ("book", "title"): ("booktitle",),
    ("collection", "title"): ("booktitle",),
    ("misc", "title"): ("howpublished", "note"),
    ("patent", "author"): ("holder",),
    ("proceedings", "title"): ("booktitle", "eventtitle"),
    ("unpublished", "date"): ("note", "howpublished"),
    ("online", "date"): ("urldate",),
    ("electronic", "date"): ("urldate",),
    ("www", "date"): ("urldate",),
    ("online", "url"): _SOURCES,
    ("electronic", "url"): _SOURCES,
    ("www", "url"): _SOURCES,
    ("inbook", "booktitle"): ("chapter", "pages"),
    ("set", "entryset"): ("crossref",),
}
"""Entry type, or "" for all, and field -> fields of which one is as good."""
