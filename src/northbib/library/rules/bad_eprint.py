"""An `eprint` of arXiv is an identifier of arXiv."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_ARXIV = re.compile(
    r"(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?", re.IGNORECASE
)
_PREFIX = re.compile(r"(?:https?://arxiv\.org/(?:abs|pdf)/|arxiv\s*[:/]\s*)", re.IGNORECASE)
_CLASS = re.compile(r"\s*\[[\w.-]+\]$")


def _find(subject: Subject) -> Iterator[Fault]:
    values = subject.values
    kind = values.get("eprinttype") or values.get("archiveprefix") or ""
    for name, value in subject.having("eprint"):
        if kind.strip().lower() != "arxiv" or _ARXIV.fullmatch(value.strip()):
            continue
        bare = _CLASS.sub("", _PREFIX.sub("", value.strip()))
        if _ARXIV.fullmatch(bare):
            edits = subject.replaced(name, bare)
            yield Fault(
                f"eprint has more in it than the identifier: {value}", name, f"write {bare}", edits
            )
        else:
            yield Fault(f"eprint is no identifier of arXiv: {value}", name, "look it up")


RULE = Rule(
    code="bad-eprint",
    severity="warning",
    sentence="An `eprint` of arXiv is the identifier alone: 2101.00001, or hep-th/9711200.",
    reason="A link that is made of it leads nowhere.",
    bad="@online{note, title = {A title}, eprint = {arXiv:hep-th/9711200}, eprinttype = {arxiv}}",
    good="@online{note, title = {A title}, eprint = {hep-th/9711200}, eprinttype = {arxiv}}",
    fix="takes the prefix away",
    entry=_find,
)
