"""By what a work is known to registries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_verbatim
from northbib.errors import UsageError
from northbib.records.identifiers import doi, isbn
from northbib.resolve.recognition import recognise

if TYPE_CHECKING:
    from northbib.library.checking.subject import Subject
    from northbib.records import Record

__all__ = ["Work", "unversioned", "work_of"]

_ARXIV_DOI = "10.48550/arxiv."
_VERSION = re.compile(r"v\d+$")
_BOOKS = frozenset({"book", "classic", "map", "musical_score"})
_NUMBERS = re.compile(r"[\dXx][\dXx\s\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}-]{8,16}[\dXx]")
_REGISTERED = frozenset(
    """
    article article-journal book chapter dataset paper-conference software thesis
    """.split()
)


@dataclass(frozen=True, slots=True)
class Work:
    """An entry, and the names under which registries know it.

    Attributes:
        subject: The entry.
        record: Its record.
        doi: Its DOI, in lower case, "" for none.
        arxiv: Its arXiv id with the version, if one is cited; "" where it has been published.
        isbn: Its ISBN, "" for none or where it is no book as a whole.
    """

    subject: Subject
    record: Record
    doi: str
    arxiv: str
    isbn: str

    @property
    def is_nameless(self) -> bool:
        """Whether no registry can be asked about it."""
        return not (self.doi or self.arxiv or self.isbn)

    @property
    def is_registered(self) -> bool:
        """Whether works of its type are registered as a rule."""
        return self.record.type in _REGISTERED

    @property
    def field(self) -> str:
        """The field that names it."""
        own = self.subject.values
        return next((name for name in ("doi", "eprint", "isbn", "url") if name in own), "")


def work_of(subject: Subject, record: Record) -> Work:
    """Say by what an entry is known."""
    name = doi(record.plain("DOI")) or _doi_of(record.plain("URL")) or ""
    preprint = _arxiv(subject, record, name)
    number = _isbn(record.plain("ISBN")) if record.type in _BOOKS else ""
    return Work(subject, record, "" if preprint else name, preprint, number)


def unversioned(name: str) -> str:
    """Give an arXiv id without its version."""
    return _VERSION.sub("", name)


def _doi_of(address: str) -> str | None:
    return doi(address) if re.match(r"https?://(?:dx\.|www\.)?doi\.org/10\.", address) else None


def _isbn(text: str) -> str:
    found = (isbn(match.group()) for match in _NUMBERS.finditer(text))
    return next((each for each in found if each), "")


def _arxiv(subject: Subject, record: Record, name: str) -> str:
    """Give the arXiv id of a preprint; "" if it is cited as what was published."""
    place = record.plain("container-title").lower()
    if (name and not name.startswith(_ARXIV_DOI)) or (place and "arxiv" not in place):
        return ""
    candidates = [record.plain("URL"), f"arXiv:{name.removeprefix(_ARXIV_DOI)}" if name else ""]
    values = subject.values
    kind = values.get("eprinttype") or values.get("archiveprefix") or ""
    if kind.strip().lower() == "arxiv":
        own = to_verbatim(values.get("eprint", "")).strip()
        candidates.insert(0, f"arXiv:{own.lower().removeprefix('arxiv:')}")
    for candidate in candidates:
        if "arxiv" in candidate.lower() and (found := _recognised(candidate)):
            return found
    return ""


def _recognised(text: str) -> str:
    try:
        found = recognise(text)
    except UsageError:
        return ""
    return found.value if found.kind == "arxiv" else ""
