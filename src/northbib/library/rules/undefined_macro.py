"""A name without delimiters is a macro that is defined before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.dates import read_year
from northbib.library.checking.macros import bare_parts
from northbib.library.checking.rule import Fault, Rule
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.rule import Edits
    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _find(subject: Subject) -> Iterator[Fault]:
    for name, source in subject.sources:
        if (source[:1] == "{" and "#" not in source) or source.isdecimal():
            continue
        for macro in bare_parts(source):
            line = subject.sheet.macros.get(macro.lower())
            is_late = line is not None and line > subject.entry.line
            if macro.lower() not in _MONTHS and (line is None or is_late):
                yield _fault(subject, name, source, macro)


def _fault(subject: Subject, name: str, source: str, macro: str) -> Fault:
    edits: Edits = {}
    advice = _advice(subject, macro)
    if name == "month" and macro == source:
        start = read_year("2000", macro).start
        if start is not None and start.month:
            edits, advice = {name: str(start.month)}, f"write {_MONTHS[start.month - 1]}"
    return Fault(f"{name} uses {macro}, which no @string defines before", name, advice, edits)


def _advice(subject: Subject, macro: str) -> str:
    other = subject.shelf.macros.get(macro.lower())
    if other is not None and other != subject.sheet.file:
        return f"define it in this file too; BibTeX alone takes it from {other}"
    near = did_you_mean(macro, [*subject.sheet.macros, *_MONTHS])
    return near or f"define it before, or write {{{macro}}}"


RULE = Rule(
    code="undefined-macro",
    severity="warning",
    sentence="A value without delimiters is a number, or a macro that `@string` defines before it.",
    reason="BibTeX and biber take it for nothing, so that the field is empty.",
    bad="@article{note, title = {A title}, month = sept}",
    good="@article{note, title = {A title}, month = sep}",
    fix="writes the number of a month",
    entry=_find,
)
