"""An ISBN has 10 or 13 digits that agree with its check digit."""

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

_LABEL = re.compile(
    r"(?:urn:)?isbn(?:[- ]?1[03](?![\d-]))?\s*:?|^\W*1[03][):]?\s+(?=\d)", re.IGNORECASE
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("isbn"):
        whole = _LABEL.sub(" ", value)
        pieces = serials.pieces(whole)
        if not pieces:
            yield Fault(f"{value!r} is no ISBN", name, "look it up, or take it out")
        for piece in pieces:
            yield from _faults(subject, name, piece, whole)


def _faults(subject: Subject, name: str, piece: str, value: str) -> Iterator[Fault]:
    candidates = [piece] if isbn(piece) else serials.cut(piece, (10, 13))
    for number in candidates:
        figures = serials.figures(number)
        # Books had Standard Book Numbers of nine digits before 1970: ISBNs without their 0.
        if isbn(figures) or (len(figures) == 9 and isbn(f"0{figures}")):
            continue
        if serials.is_issn(figures):
            edits = {"issn": number, name: None} if _may_move(subject, number, value) else {}
            yield Fault(f"{number} is an ISSN", name, "move it to the field issn", edits)
        elif len(figures) not in (10, 13):
            advice = "look it up: an ISBN has 10 or 13"
            yield Fault(f"the ISBN {number} has {serials.count(figures)}", name, advice)
        else:
            advice = "look it up: two digits may have changed places"
            yield Fault(f"the check digit of the ISBN {number} is wrong", name, advice)


def _may_move(subject: Subject, number: str, value: str) -> bool:
    return "issn" not in subject.values and number == value.strip() and "isbn" in subject.literals


RULE = Rule(
    code="bad-isbn",
    severity="error",
    sentence="An ISBN has 10 or 13 digits, of which the last one agrees with the others.",
    reason="A wrong one names no book, or another book, to libraries and shops.",
    bad="@report{utf1999renaissance, isbn = {185112156X}}",
    good="@report{utf1999renaissance, isbn = {185112165X}}",
    fix="moves an ISSN to the field `issn`",
    entry=_find,
)
