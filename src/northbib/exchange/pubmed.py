"""What MEDLINE's tagged records and PubMed's XML share: types, names, titles and pages.

Sources: "MEDLINE/PubMed Data Element (Field) Descriptions" and "MEDLINE/PubMed XML Element
Descriptions" of the National Library of Medicine; publication types are those of MeSH.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["TYPES", "initials", "person", "topics", "type_of", "untranslated", "whole_pages"]

TYPES: dict[str, str] = {
    "article": "Preprint",
    "article-journal": "Journal Article",
    "article-newspaper": "Newspaper Article",
    "book": "Book",
    "chapter": "Book Chapter",
    "classic": "Classical Article",
    "dataset": "Dataset",
    "entry-dictionary": "Dictionary",
    "entry-encyclopedia": "Encyclopedia",
    "graphic": "Pictorial Work",
    "interview": "Interview",
    "legal_case": "Legal Case",
    "legislation": "Legislation",
    "manuscript": "Unpublished Work",
    "map": "Map",
    "motion_picture": "Video-Audio Media",
    "paper-conference": "Congress",
    "patent": "Patent",
    "periodical": "Periodical",
    "personal_communication": "Personal Correspondence",
    "post-weblog": "Blog",
    "report": "Technical Report",
    "review-book": "Book Review",
    "speech": "Lecture",
    "thesis": "Academic Dissertation",
    "webpage": "Web Archive",
}
"""CSL type -> publication type."""

_ALSO = {
    "Address": "speech",
    "Atlas": "book",
    "Blogs": "post-weblog",
    "Collected Work": "book",
    "Dissertations, Academic": "thesis",
    "Handbook": "book",
    "Monograph": "book",
    "Technical Report": "report",
    "Textbook": "book",
    "Webcast": "motion_picture",
}
_TYPE_OF = {name: type_ for type_, name in TYPES.items()} | _ALSO
_ARTICLES = frozenset({"Journal Article", "Classical Article", "Interview", "Lecture", "Address"})
"""Types that say what is in an article of a journal, too."""

_INITIALS = re.compile(r"[^\W\d_a-z]{1,4}(?:-[^\W\d_a-z]{1,4})?|(?:[^\W\d_a-z]\.-?){1,4}")
_SUFFIXES = frozenset("Jr Sr 2nd 3rd 4th 5th II III IV".split())
_PAGES = re.compile(r"(\D*)(\d+)-(\d+)")


def type_of(names: Iterable[str], *, in_journal: bool, in_book: bool, is_book: bool) -> str:
    """Give the CSL type for publication types, and for what a work stands in."""
    known = [name for name in names if name in _TYPE_OF]
    if in_journal:
        others = [_TYPE_OF[name] for name in known if name not in _ARTICLES]
        return next((kind for kind in others if kind in _IN_JOURNALS), "article-journal")
    if known and not (in_book or is_book):
        return _TYPE_OF[known[0]]
    if in_book:
        return next((_TYPE_OF[name] for name in known if _TYPE_OF[name] in _IN_BOOKS), "chapter")
    if is_book:
        return next((_TYPE_OF[name] for name in known if name != "Journal Article"), "book")
    return "article-journal"


_IN_JOURNALS = frozenset({"article", "article-newspaper", "dataset", "review-book"})
_IN_BOOKS = frozenset({"entry-dictionary", "entry-encyclopedia", "paper-conference"})


def person(text: str) -> Name:
    """Read a name: `Long, Vicky`, `Smith, John R Jr` or, with initials, `Long V`.

    >>> person("Pincus T 3rd").suffix
    '3rd'
    """
    family, comma, given = text.partition(",")
    words = (given if comma else text).split()
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    if comma:
        return Name(family.strip(), " ".join(words), suffix=suffix)
    if len(words) > 1 and _INITIALS.fullmatch(words[-1]):
        return Name(" ".join(words[:-1]), words[-1], suffix=suffix)
    return Name(literal=text.strip())


def initials(name: Name) -> str:
    """Write a name as MEDLINE's `AU` has it: `Long V`."""
    parts = (name.dropping_particle, name.non_dropping_particle, name.family)
    letters = "".join(word[0] for word in re.split(r"[\s.-]+", name.given) if word)
    return " ".join(part for part in (*parts, letters.upper(), name.suffix) if part)


def untranslated(title: str) -> str:
    """Give a title without the full stop at its end, or the brackets of a translated one."""
    title = title.strip()
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    inside = title[1:-1]
    if title.startswith("[") and title.endswith("]") and "[" not in inside:
        return untranslated(inside)
    return title


def whole_pages(pages: str) -> str:
    """Give pages with the last one in full: `6913-7` is 6913 to 6917.

    >>> whole_pages("6913-7"), whole_pages("e12-5"), whole_pages("45-67, 70")
    ('6913-6917', 'e12-e15', '45-67, 70')
    """
    match = _PAGES.fullmatch(pages.strip())
    if match is None:
        return pages.strip()
    letters, first, last = match.groups()
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return f"{letters}{first}-{letters}{last}"


def topics(headings: Iterable[str]) -> list[str]:
    """Give subject headings without the mark of the major ones."""
    return [heading.replace("*", "").strip() for heading in headings]
