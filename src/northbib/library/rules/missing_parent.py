"""The entry that another takes fields from is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    for name, _ in subject.having("crossref", "xdata", "xref"):
        for key in subject.keys(name):
            if key.lower() not in subject.shelf.by_key:
                near = subject.shelf.near(key)
                advice = near or "add that entry, or correct the key"
                yield Fault(f"{name} names {key}, which is not in this library", name, advice)


RULE = Rule(
    code="missing-parent",
    severity="error",
    sentence="The entry that `crossref`, `xref` or `xdata` names is in the library.",
    reason="Nothing is taken from it, so that the reference lacks its book or its series.",
    bad="@incollection{chapter, title = {A title}, crossref = {book}}",
    good="@incollection{chapter, title = {A title}, crossref = {book}}\n"
    "@collection{book, title = {A book}}",
    entry=_find,
)
