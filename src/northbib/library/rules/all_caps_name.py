"""A name is not written in capitals only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_plain
from northbib.bibtex.values import split_at_commas
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_FAMILY = re.compile(r"[^\W\d_]{4,}(?:[ '’-][^\W\d_]{2,})*")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, names in subject.lists.items():
        shouted = [one for one in names if _is_shouted(one)]
        if shouted:
            others = f" and {len(shouted) - 1} more" if len(shouted) > 1 else ""
            message = f"{name} has a name in capitals: {shouted[0]}{others}"
            yield Fault(message, name, "write it as it is spoken of; a style makes capitals itself")


def _is_shouted(one: str) -> bool:
    # Only a name with a comma is surely a person's; bodies may be called by their initials.
    if "," not in one or one.startswith("{"):
        return False
    pieces = [to_plain(piece).strip() for piece in split_at_commas(one)]
    family, given = pieces[0], pieces[1:]
    return bool(any(given) and family.isupper() and _FAMILY.fullmatch(family))


RULE = Rule(
    code="all-caps-name",
    severity="info",
    sentence="The name of a person is not written in capitals only.",
    reason="No style can tell how it is written in the middle of a sentence.",
    bad="@book{note, author = {KRUGMAN, Paul}}",
    good="@book{note, author = {Krugman, Paul}}",
    entry=_find,
)
