"""A range of pages ends after it begins."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_RANGE = re.compile(
    r"(?:pp?\.?\s*)?([A-Za-z]{0,3})(\d{1,9})"
    r"\s*(?:-{1,3}|[\N{EN DASH}\N{EM DASH}]|\\textendash\s?)\s*"
    r"([A-Za-z]{0,3})(\d{1,9})"
)
_PIECE = re.compile(r"\s*[,;]\s*|\s+and\s+|\s*\\&\s*")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("pages"):
        for piece in _PIECE.split(value):
            match = _RANGE.fullmatch(piece.strip())
            if match is not None and _is_backwards(match):
                yield Fault(f"the pages {piece.strip()} run backwards", name, "look them up")


def _is_backwards(match: re.Match[str]) -> bool:
    before, first, before_last, last = match.groups()
    if before != before_last:
        return False
    # In 123-9 and 1021-35 the second number leaves out what it shares with the first.
    whole = first[: len(first) - len(last)] + last if len(last) < len(first) else last
    return int(whole) < int(first)


RULE = Rule(
    code="pages-backwards",
    severity="warning",
    sentence="A range of pages ends after it begins; 123--9 stands for 123--129.",
    reason="A digit is missing or wrong.",
    bad="@article{krugman1991increasing, pages = {499--483}}",
    good="@article{krugman1991increasing, pages = {483--499}}",
    entry=_find,
)
