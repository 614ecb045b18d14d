"""What an entry takes from others: `crossref` and `xdata`.

Source: biblatex manual 3.20, appendix B (default inheritance setup), and section 2.4.1; that of
BibTeX (`crossref`: every field that is missing) is a part of it. `xref` names a parent without
taking anything from it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.tables import ALIASES
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from northbib.bibtex.document import Document, Entry

__all__ = ["Inherited", "circles", "problems"]

_NEVER = frozenset(
    """
    ids crossref xref xdata entryset entrysubtype execute label options presort related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey keywords
    """.split()
)
_TITLES = ("title", "subtitle", "titleaddon")
_OWN_TITLES = frozenset("shorttitle sorttitle indextitle indexsorttitle".split())
_DATES = frozenset("date year month day endyear".split())

_DEEPEST = 100
"""Generations that are followed; a chain longer than this is no bibliography but an attack."""

_IN_BOOK = frozenset({"inbook", "bookinbook", "suppbook"})
_IN_COLLECTION = frozenset({"incollection", "inreference", "suppcollection"})
_IN_PROCEEDINGS = frozenset({"inproceedings", "conference"})
_PREFIXES = (
    ({"mvbook"}, _IN_BOOK | {"book"}, "main"),
    (
        {"mvcollection", "mvreference"},
        _IN_COLLECTION | {"collection", "reference"},
        "main",
    ),
    ({"mvproceedings"}, _IN_PROCEEDINGS | {"proceedings"}, "main"),
    ({"book"}, _IN_BOOK, "book"),
    ({"collection", "reference"}, _IN_COLLECTION, "book"),
    ({"proceedings"}, _IN_PROCEEDINGS, "book"),
    ({"periodical"}, {"article", "suppperiodical"}, "journal"),
)
"""Types of the parent, types of the child, and the prefix that the parent's title takes there."""


class Inherited:
    """The fields of a document's entries together with what they inherit, each worked out once."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known: dict[Entry, dict[str, str]] = {}
        self._depth: dict[Entry, int] = {}

    def fields(self, entry: Entry) -> Mapping[str, str]:
        """Give the fields of an entry by their biblatex names; a circle of parents ends."""
        if "crossref" not in entry and "xdata" not in entry:
            return _canonical(entry)
        stack = [entry]
        waiting: set[Entry] = set()
        while stack:
            current = stack[-1]
            parents = () if current in waiting else _parents(self._document, current)
            waiting.add(current)
            open_ = [one for one in parents if one not in self._known and one not in waiting]
            stack += open_
            if not open_ and stack.pop() not in self._known:
                self._known[current] = self._merged(current)
        return self._known[entry]

    def _merged(self, entry: Entry) -> dict[str, str]:
        fields = _canonical(entry)
        parents = [one for one in _parents(self._document, entry) if one in self._known]
        depth = 1 + max((self._depth.get(parent, 0) for parent in parents), default=0)
        if depth > _DEEPEST:
            return fields
        self._depth[entry] = depth
        for parent in parents:
            if parent.type == "xdata":
                for name, value in self._known[parent].items():
                    fields.setdefault(name, value)
            else:
                _take_over(fields, entry.type, self._known[parent], parent.type)
        return fields


def problems(document: Document, entry: Entry) -> Iterator[Finding]:
    """Give a finding for each parent that is not there, and for a circle of parents."""
    if "crossref" not in entry and "xdata" not in entry and "xref" not in entry:
        return
    for name in ("crossref", "xdata", "xref"):
        for key in _keys(entry.get(name, "")):
            if key not in document:
                yield Finding(
                    code="missing-parent",
                    severity="error",
                    message=f"{name} of {entry.key} names {key}, which is not in this file",
                    key=entry.key,
                    fix="add that entry, or correct the key",
                )


def circles(document: Document) -> Iterator[tuple[Entry, Finding]]:
    """Give a finding for each circle of parents, at the entry that closes it."""
    done: set[Entry] = set()
    for start in document.entries:
        under_way: set[Entry] = set()
        stack = [(start, False)]
        while stack:
            entry, leaving = stack.pop()
            if leaving:
                under_way.discard(entry)
                done.add(entry)
            elif entry in under_way:
                yield entry, _circle(entry)
            elif entry not in done:
                under_way.add(entry)
                stack.append((entry, True))
                stack += [(parent, False) for parent in _parents(document, entry)]


def _circle(entry: Entry) -> Finding:
    return Finding(
        code="circular-crossref",
        severity="error",
        message=f"{entry.key} inherits from itself",
        key=entry.key,
        fix="take one crossref or xdata of the circle out",
    )


def _canonical(entry: Mapping[str, str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, value in entry.items():
        fields.setdefault(ALIASES.get(name, name), value)
    return fields


def _keys(text: str) -> list[str]:
    return [key for key in re.split(r"\s*,\s*", text.strip()) if key]


def _parents(document: Document, entry: Entry) -> list[Entry]:
    if "crossref" not in entry and "xdata" not in entry:
        return []
    names = [*_keys(entry.get("xdata", "")), entry.get("crossref", "").strip()]
    return [parent for parent in map(document.get, names) if parent is not None]


def _take_over(
    fields: dict[str, str], child_type: str, parent: Mapping[str, str], parent_type: str
) -> None:
    prefix = next(
        (
            prefix
            for parents, children, prefix in _PREFIXES
            if parent_type in parents and child_type in children
        ),
        "",
    )
    has_date = any(name in fields for name in _DATES)
    for name, value in parent.items():
        if name in _NEVER or (has_date and name in _DATES) or (prefix and name in _OWN_TITLES):
            continue
        if prefix and name in _TITLES:
            fields.setdefault(prefix + name, value)
        else:
            fields.setdefault(name, value)
        if name == "author" and child_type in _IN_BOOK and parent_type in ("book", "mvbook"):
            fields.setdefault("bookauthor", value)
