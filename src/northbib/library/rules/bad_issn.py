"""An ISSN has eight digits that agree with its check digit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking import serials
from northbib.library.checking.rule import Fault, Rule
from northbib.records.identifiers import isbn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_LABEL = re.compile(r"(?:urn:)?[pe]?-?issn(?:-l)?\s*:?\s*(?=[\dX])", re.IGNORECASE)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("issn"):
        whole = _LABEL.sub(" ", value)
        pieces = serials.pieces(whole)
        if not pieces:
            yield Fault(f"{value!r} is no ISSN", name, "look it up, or take it out")
        for piece in pieces:
            whole_isbn = isbn(piece) is not None
            for number in [piece] if whole_isbn else serials.cut(piece, (8,)):
                yield from _faults(subject, name, number, whole)


def _faults(subject: Subject, name: str, number: str, value: str) -> Iterator[Fault]:
    figures = serials.figures(number)
    if serials.is_issn(figures):
        return
    if isbn(figures):
        movable = "isbn" not in subject.values and number == value.strip()
        edits = {"isbn": number, name: None} if movable and name in subject.literals else {}
        yield Fault(f"{number} is an ISBN", name, "move it to the field isbn", edits)
    elif len(figures) != 8:
        advice = "look it up: an ISSN has 8"
        yield Fault(f"the ISSN {number} has {serials.count(figures)}", name, advice)
    else:
        advice = "look it up: two digits may have changed places"
        yield Fault(f"the check digit of the ISSN {number} is wrong", name, advice)


RULE = Rule(
    code="bad-issn",
    severity="error",
    sentence="An ISSN has eight digits, of which the last one agrees with the others.",
    reason="A wrong one names no journal, or another one, to libraries.",
    bad="@article{krugman1991increasing, issn = {0022-3803}}",
    good="@article{krugman1991increasing, issn = {0022-3808}}",
    fix="moves an ISBN to the field `isbn`",
    entry=_find,
)
