"""A field that is there says something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_NOTHING = re.compile(r"[\s{}~]*")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, source in subject.literals.items():
        if _NOTHING.fullmatch(source):
            yield Fault(
                f"the field {name} is empty", name, "fill it in, or take it out", {name: None}
            )


RULE = Rule(
    code="empty-field",
    severity="info",
    sentence="A field that is there says something.",
    reason="BibTeX's styles warn of it, and some print the punctuation that goes with it.",
    bad="@misc{note, title = {A title}, volume = {}}",
    good="@misc{note, title = {A title}}",
    fix="takes the field out",
    entry=_find,
)
