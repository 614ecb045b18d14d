"""The name of a field is spelt as styles know it."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from northbib.library.checking.names import FIELDS, OTHER_FIELDS
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.rule import Edits
    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_SHORTEST = 5
"""Among shorter names, too many differ in one letter."""


def _find(subject: Subject) -> Iterator[Fault]:
    for name in subject.values:
        meant = None if name in FIELDS else _near(name)
        if meant is not None:
            edits: Edits = {}
            if meant not in subject.values and name in subject.literals:
                edits = {meant: subject.literals[name], name: None}
            yield Fault(f"no style knows the field {name}", name, f"did you mean {meant}", edits)


@cache
def _near(name: str) -> str | None:
    """Give the field that is one letter away: left out, put in, changed or exchanged."""
    if len(name) < _SHORTEST or name in OTHER_FIELDS or not name.isalpha() or not name.isascii():
        return None
    if name[1:] in FIELDS:
        return None  # `xpages`, `fjournal`: people put a letter before a field to hide or keep it.
    cuts = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    without = (a + b[1:] for a, b in cuts if b)
    exchanged = (a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1)
    changed = (a + letter + b[1:] for a, b in cuts if b for letter in ascii_lowercase)
    longer = (a + letter + b for a, b in cuts for letter in ascii_lowercase)
    for candidates in (exchanged, without, longer, changed):
        if found := sorted(FIELDS.intersection(candidates)):
            return found[0]
    return None


RULE = Rule(
    code="misspelt-field",
    severity="warning",
    sentence="The name of a field is spelt as styles know it.",
    reason="Other fields may be kept in an entry, but this one is one letter away from a field that"
    " is printed, and is not printed.",
    bad="@book{note, autor = {Krugman, Paul}, title = {A title}}",
    good="@book{note, author = {Krugman, Paul}, title = {A title}}",
    fix="renames the field, where there is none of the right name",
    entry=_find,
)
