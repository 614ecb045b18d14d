"""Initials have a blank between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_GLUED = re.compile(r"(?<![\w.{\\])[^\W\d_]\.(?:-?[^\W\d_]\.)+(?![\w{])")
_BETWEEN = re.compile(r"\.(?=[^\W\d_]\.)")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, names in subject.lists.items():
        for one in names:
            match = None if one.startswith("{") else _GLUED.search(one)
            if match is not None and _BETWEEN.search(match[0]):
                edits = subject.rewritten(name, _apart)
                message = f"{name} has initials without a blank between them: {one}"
                yield Fault(message, name, f"write {_apart(one)}", edits)
                break


def _apart(text: str) -> str:
    return _GLUED.sub(lambda match: _BETWEEN.sub(". ", match[0]), text)


RULE = Rule(
    code="glued-initials",
    severity="info",
    sentence="Initials have a blank between them.",
    reason="BibTeX takes `J.A.` for one name, and styles that shorten names print `J.` alone.",
    bad="@book{note, author = {Krugman, P.R.}}",
    good="@book{note, author = {Krugman, P. R.}}",
    fix="puts blanks between initials",
    entry=_find,
)
