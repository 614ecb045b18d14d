"""Every `and` of a list of names stands between two names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_AND = r"(?:and|AND|And)"
_REPEATED = re.compile(rf"(?<=\s){_AND}(?:\s++{_AND}(?=\s))++")
_START = re.compile(rf"\s*+(?:{_AND}\s++)++")
_END = re.compile(r"\s(?:and|AND|And)")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, names in subject.lists.items():
        # A macro may stand for a name, or for nothing.
        value = subject.literals.get(name, "").strip()
        if value and ("" in names or _START.match(value) or _ends_in_and(value)):
            edits = subject.rewritten(name, _without_empty)
            yield Fault(f"{name} has an `and` without a name", name, "take it out", edits)


def _without_empty(text: str) -> str:
    text = _START.sub("", _REPEATED.sub("and", text.strip()), count=1)
    while _ends_in_and(text):
        text = text[: -len(" and")].rstrip()
    return text


def _ends_in_and(text: str) -> bool:
    return _END.fullmatch(text, max(len(text) - len(" and"), 0)) is not None


RULE = Rule(
    code="empty-name",
    severity="error",
    sentence="Every `and` of a list of names stands between two names.",
    reason="BibTeX and biber warn of a name without letters, and print a gap.",
    bad="@book{note, author = {Krugman, Paul and and Lee, Neil}}",
    good="@book{note, author = {Krugman, Paul and Lee, Neil}}",
    fix="takes the superfluous `and` out",
    entry=_find,
)
