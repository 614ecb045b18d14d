"""A citation key has only characters that a document can cite it by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_UNFIT = re.compile(r"[\s\"#%'(),={}~\\]")


def _find(subject: Subject) -> Iterator[Fault]:
    signs = "".join(dict.fromkeys(_UNFIT.findall(subject.key)))
    if signs:
        message = (
            f"the key {subject.key} has {' '.join(signs) if signs.strip() else 'a blank'} in it"
        )
        yield Fault(message, advice="choose a key of letters, digits and - : . / + _")


RULE = Rule(
    code="bad-key",
    severity="warning",
    sentence="A citation key has none of \" # % ' ( ) , = { } ~ \\ in it.",
    reason="LaTeX or biber stops where it is cited.",
    bad="@misc{lee#2017, title = {A title}}",
    good="@misc{lee2017, title = {A title}}",
    entry=_find,
)
