"""Braces pair up for LaTeX as they do for BibTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.tables import is_verbatim
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.values.items():
        if ("\\{" not in value and "\\}" not in value) or is_verbatim(name):
            continue
        depth = 0
        for match in _BRACE.finditer(value):
            depth += (match[0] == "{") - (match[0] == "}")
            if depth < 0:
                break
        if depth:
            advice = r"write \textbraceleft{} and \textbraceright{} for braces that are printed"
            yield Fault(f"the braces of {name} do not pair up for LaTeX", name, advice)


RULE = Rule(
    code="unbalanced-braces",
    severity="error",
    sentence="Braces pair up for LaTeX, which does not count those with a backslash.",
    reason="BibTeX counts them all, so that it takes what LaTeX stops at.",
    bad=r"@book{note, title = {A brace \{ and a group}}}",
    good=r"@book{note, title = {A brace \textbraceleft{} and a group}}",
    entry=_find,
)
