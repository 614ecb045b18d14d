"""No entry takes fields from itself, by however long a way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule
from northbib.library.lineage import lineage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_NOT_TAKEN = frozenset({"xref", "entryset"})


def _find(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Fault]]:
    done: set[Subject] = set()
    has_containers = any(each.type == "xdata" for each in subjects)
    for start in subjects:
        if not (has_containers or "crossref" in start.values or "xdata" in start.values):
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
    # `xref` takes no fields, and old members name their set in `entryset`.
    taken = {name: text for name, text in subject.values.items() if name not in _NOT_TAKEN}
    found = (subject.shelf.by_key.get(key) for key in sorted(lineage(taken)))
    return [parent for parent in found if parent is not None]


def _fault(subject: Subject, under_way: list[Subject]) -> Fault:
    circle = [each.key for each in under_way[under_way.index(subject) :]]
    way = " -> ".join((*circle, subject.key)) if len(circle) < 6 else f"{len(circle)} entries"
    values = subject.values
    parted = next((name for name, text in values.items() if "xdata=" in text), "xdata")
    field = next((name for name in ("crossref", "xdata") if name in values), parted)
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
