"""An entry has the fields that its type cannot do without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.mandatory import ALTERNATIVES, MANDATORY
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_WORDS = re.compile(r"[\w-]+")


def _find(subject: Subject) -> Iterator[Fault]:
    wanted = MANDATORY.get(subject.type)
    if wanted is None:
        return
    fields = subject.fields
    # What was looked for and not found at the source is known to be missing.
    excused = set(_WORDS.findall(fields.get("notseen", ""))) if "notseen" in fields else ()
    missing = [
        name
        for name in wanted
        if name not in fields and name not in excused and not _is_replaced(subject, name)
    ]
    if missing and not _has_lost_parent(subject):
        *others, last = missing
        names = f"{', '.join(others)} and {last}" if others else last
        advice = "fill it in, or choose another type"
        yield Fault(f"this @{subject.type} has no {names}", advice=advice)


def _is_replaced(subject: Subject, name: str) -> bool:
    fields = subject.fields
    if name == "institution" and fields.get("author", "").startswith("{"):
        return True  # A body that is the author publishes its report itself.
    others = (*ALTERNATIVES.get((subject.type, name), ()), *ALTERNATIVES.get(("", name), ()))
    return any(other in fields for other in others)


def _has_lost_parent(subject: Subject) -> bool:
    """Whether it takes fields from an entry that is not there, which is a fault of its own."""
    parents = [*subject.keys("crossref"), *subject.keys("xdata")]
    return any(parent.lower() not in subject.shelf.by_key for parent in parents)


RULE = Rule(
    code="missing-field",
    severity="warning",
    sentence="An entry has the fields that its type cannot do without, its own or inherited ones.",
    reason="A reference without them does not lead a reader to the work, and BibTeX and biber warn"
    " of it. Fields that `notseen` names are known to be missing.",
    bad="@article{krugman1991increasing,\n"
    "  author = {Krugman, Paul},\n"
    "  title  = {Increasing Returns and Economic Geography},\n"
    "  date   = {1991-06},\n"
    "}",
    good="@article{krugman1991increasing,\n"
    "  author       = {Krugman, Paul},\n"
    "  title        = {Increasing Returns and Economic Geography},\n"
    "  journaltitle = {Journal of Political Economy},\n"
    "  date         = {1991-06},\n"
    "}",
    entry=_find,
)
