"""Names are parted by `and`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_GROUP = re.compile(r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*+\})*+\}")
_SEPARATOR = re.compile(r"\s*;\s*(?:(?:and|AND)\s+)?(?=[^\s;])")
_ENTITY = re.compile(r"&#?\w+;")


def _find(subject: Subject) -> Iterator[Fault]:
    for name in subject.lists:
        value = subject.values[name]
        if ";" in value and ";" in _GROUP.sub("", _ENTITY.sub("", value)):
            edits = {} if _may_hide(value) else subject.rewritten(name, _with_and)
            yield Fault(f"{name} has a semicolon between names", name, "write `and`", edits)


def _may_hide(value: str) -> bool:
    return "{" in value or "&" in value or "\\" in value


def _with_and(text: str) -> str:
    return _SEPARATOR.sub(" and ", text).rstrip(" ;")


RULE = Rule(
    code="name-separator",
    severity="error",
    sentence="Names are parted by `and`, not by semicolons.",
    reason="BibTeX takes all of them for one name.",
    bad="@book{note, author = {Krugman, Paul; Lee, Neil}}",
    good="@book{note, author = {Krugman, Paul and Lee, Neil}}",
    fix="writes `and` for the semicolons",
    entry=_find,
)
