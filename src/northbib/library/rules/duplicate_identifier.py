"""Two entries do not have one DOI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_verbatim
from northbib.library.checking.rule import Fault, Rule
from northbib.records.identifiers import doi, isbn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_BOOKS = frozenset({"book", "collection", "proceedings", "reference", "manual", "booklet"})


def _find(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Fault]]:
    first: dict[tuple[str, ...], Subject] = {}
    for subject in subjects:
        if not subject.is_work:
            continue
        for field, mark in _marks(subject):
            other = first.setdefault(mark, subject)
            if other.key.lower() == subject.key.lower() or _are_kin(subject, other):
                continue
            shown = subject.values[field].strip()
            place = f"{other.sheet.file}:{other.entry.line}"
            message = f"{mark[0]} {shown} is that of {other.key} as well, at {place}"
            yield subject, Fault(message, field, "merge the two, or correct one")


def _marks(subject: Subject) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the fields that should be the entry's own, each with what makes it so."""
    values = subject.values
    if found := doi(to_verbatim(values.get("doi", ""))):
        yield "doi", ("the DOI", found)
    kind = values.get("eprinttype") or values.get("archiveprefix")
    if kind and (eprint := values.get("eprint", "").strip().lower()):
        yield "eprint", ("the eprint", kind.strip().lower(), eprint)
    if subject.type in _BOOKS and (number := isbn(values.get("isbn", ""))):
        # The volumes of a set may share its number, and so may editions that are printed again.
        parts = (values.get(name, "").strip().lower() for name in ("volume", "part", "edition"))
        yield "isbn", ("the ISBN", number, *parts)


def _are_kin(subject: Subject, other: Subject) -> bool:
    """Whether one takes its fields from the other, or both are said to be related."""
    names = ("crossref", "xdata", "xref", "related", "entryset")
    for one, two in ((subject, other), (other, subject)):
        if any(two.key.lower() == key.lower() for name in names for key in one.keys(name)):
            return True
    return False


RULE = Rule(
    code="duplicate-identifier",
    severity="warning",
    sentence="Two entries do not have one DOI, one eprint or, if they are books, one ISBN.",
    reason="Either they are one work, or one of the numbers is wrong.",
    bad="@article{krugman1991increasing, doi = {10.1086/261763}}\n"
    "@article{krugman1991, doi = {10.1086/261763}}",
    good="@article{krugman1991increasing, doi = {10.1086/261763}}",
    library=_find,
)
