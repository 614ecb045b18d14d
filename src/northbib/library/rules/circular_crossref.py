"""No entry takes fields from itself, by however long a way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Fault]]:
    done: set[Subject] = set()
    for start in subjects:
        if "crossref" not in start.values and "xdata" not in start.values:
            continue
        under_way: dict[Subject, None] = {}
        stack = [(start, False)]
        while stack:
            subject, leaving = stack.pop()
            if leaving:
                del under_way[subject]
                done.add(subject)
            elif subject in under_way:
                yield subject, _fault(subject, list(under_way))
            elif subject not in done:
                under_way[subject] = None
                stack.append((subject, True))
                stack += [(parent, False) for parent in _parents(subject)]


def _parents(subject: Subject) -> list[Subject]:
    keys = (*subject.keys("crossref"), *subject.keys("xdata"))
    found = (subject.shelf.by_key.get(key.lower()) for key in keys)
    return [parent for parent in found if parent is not None]


def _fault(subject: Subject, under_way: list[Subject]) -> Fault:
    circle = [each.key for each in under_way[under_way.index(subject) :]]
    way = " -> ".join((*circle, subject.key)) if len(circle) < 6 else f"{len(circle)} entries"
    field = "crossref" if "crossref" in subject.values else "xdata"
    advice = "take one crossref or xdata of the circle out"
    return Fault(f"{subject.key} takes fields from itself: {way}", field, advice)


RULE = Rule(
    code="circular-crossref",
    severity="error",
    sentence="No entry takes fields from itself by `crossref` or `xdata`.",
    reason="Which fields it has depends on the program; some never end.",
    bad="@book{one, crossref = {two}}\n@book{two, crossref = {one}}",
    good="@book{one, crossref = {two}}\n@book{two, title = {A title}}",
    library=_find,
)
