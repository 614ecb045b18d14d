"""A field stands in an entry once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    sources = subject.sources
    if len(sources) == len(subject.values):
        return
    seen: Counter[str] = Counter()
    first: dict[str, str] = {}
    for name, source in sources:
        if name and seen[name]:
            says = "the same" if source == first[name] else "something else"
            message = f"the field {name} stands here again and says {says}; the first one counts"
            yield Fault(message, name, f"keep one {name}", repeat=seen[name])
        first.setdefault(name, source)
        seen[name] += 1


RULE = Rule(
    code="duplicate-field",
    severity="warning",
    sentence="A field stands in an entry once.",
    reason="BibTeX takes the first and biber the last, so that what is printed depends on the"
    " program.",
    bad="@misc{note, title = {A title}, title = {Another title}}",
    good="@misc{note, title = {A title}}",
    entry=_find,
)
