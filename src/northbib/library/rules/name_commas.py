"""A name has two commas at most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.values import split_at_commas
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_INITIALS = re.compile(r"(?:[^\W\d_]\.?[\s~-]*){1,4}")
_MEMBERS = re.compile(r"\s*[a-z-]+\s*=")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, names in subject.lists.items():
        for one in names:
            pieces = split_at_commas(one) if one.count(",") > 2 else ()
            if len(pieces) > 3 and not _MEMBERS.match(one):
                listed = _as_list(pieces) if len(names) == 1 else None
                edits = {name: listed} if listed and name in subject.literals else {}
                shown = one if len(one) < 60 else f"{one[:57]}..."
                message = f"{name} has a name with {len(pieces) - 1} commas: {shown}"
                yield Fault(message, name, "put `and` between names", edits)


def _as_list(pieces: list[str]) -> str | None:
    """Give a list for `Family, I., Family, I.`; None where it is not surely that."""
    bare = [piece.strip() for piece in pieces]
    families, given = bare[::2], bare[1::2]
    if len(bare) % 2 or not all(map(_are_initials, given)) or any(map(_are_initials, families)):
        return None
    if any(not each or " and " in each for each in families):
        return None
    names = zip(families, given, strict=True)
    return " and ".join(f"{family}, {initials}" for family, initials in names)


def _are_initials(text: str) -> bool:
    return text == text.upper() and _INITIALS.fullmatch(text) is not None


RULE = Rule(
    code="name-commas",
    severity="error",
    sentence="A name has two commas at most: `Family, Given` or `Family, Suffix, Given`.",
    reason="BibTeX and biber cannot take it apart. As a rule it is a list of names with commas"
    " where `and` has to be.",
    bad="@book{note, author = {Krugman, P., Lee, N.}}",
    good="@book{note, author = {Krugman, P. and Lee, N.}}",
    fix="writes `Family, I., Family, I.` with `and`",
    entry=_find,
)
