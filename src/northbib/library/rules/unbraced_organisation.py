"""The name of a body stands in braces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.rule import Edits
    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_BODY = re.compile(
    r"\b(?:Universit(?:y|ies|ät|é|à|à)|Institut(?:e|es|o)?|Departments?|Ministry|Committee|Commission"
    r"|Council|Associations?|Organi[sz]ation|Government|Corporation|Foundation|Agency|Consortium"
    r"|Collaboration|Society|Parliament|Treasury|Authority|Bureau)\b"
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, names in subject.lists.items():
        for one in names:
            if "{" in one or "," in one or "\\" in one or " " not in one or not _BODY.search(one):
                continue
            edits: Edits = {}
            if len(names) == 1:
                edits = subject.rewritten(name, lambda text: f"{{{text.strip()}}}")
            message = f"{name} has a body without braces, which is read as a person: {one}"
            yield Fault(message, name, f"write {{{one}}}, with all that belongs to it", edits)


RULE = Rule(
    code="unbraced-organisation",
    severity="warning",
    sentence="The name of a body stands in braces.",
    reason="BibTeX takes its last word for a family name and shortens the others, and takes an"
    " `and` in it for the beginning of the next name.",
    bad="@report{note, author = {University of Manchester}}",
    good="@report{note, author = {{University of Manchester}}}",
    fix="puts braces round a body that is the only name",
    entry=_find,
)
