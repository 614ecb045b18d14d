"""A range of pages has two hyphens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_DASH = (
    r"\s*(?:\{?(?:-{1,3}|[\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}"
    r"\N{EM DASH}\N{MINUS SIGN}]{1,2})\}?|\{?\\text(?:en|em)dash(?:\{\}|\s|\}))\s*"
)
_EN_DASH = re.compile(r"\N{EN DASH}|\{?\\textendash(?:\{\}|\s?|\})")
_NUMBER = r"[A-Za-z]{0,3}\d+[A-Za-z]?"
_ROMAN = r"[ivxlcdm]+|[IVXLCDM]+"
_RANGE = re.compile(
    rf"(?<![\w.:-])(?:({_NUMBER})({_DASH})({_NUMBER})|({_ROMAN})({_DASH})({_ROMAN}))(?![\w.:-])"
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("pages"):
        dashes = [match[2] or match[5] for match in _RANGE.finditer(value)]
        dashes = [dash for dash in dashes if dash != "--"]
        if any(not _EN_DASH.fullmatch(dash) for dash in dashes):
            edits = subject.rewritten(name, _with_two_hyphens)
            written = _with_two_hyphens(value)
            yield Fault(
                f"the pages {value} have another sign than --", name, f"write {written}", edits
            )


def _with_two_hyphens(text: str) -> str:
    return _RANGE.sub(r"\1\4--\3\6", text)


RULE = Rule(
    code="page-dash",
    severity="info",
    sentence="A range of pages is written with two hyphens, or with an en dash.",
    reason="TeX prints 483-499 with a hyphen in styles that do not look into the field.",
    bad="@article{krugman1991increasing, pages = {483-499}}",
    good="@article{krugman1991increasing, pages = {483--499}}",
    fix="writes two hyphens",
    entry=_find,
)
