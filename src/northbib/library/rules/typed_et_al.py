"""More names are `and others`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_ET_AL = re.compile(
    r"[\s,]*(?:\b(?:and|AND)\s+)?(?:\\(?:emph|textit|it)\b\s*)?\{?"
    r"(?:(?<=[\s,{])|(?<=^))et\.?[\s~]+al(?:\.|\b)\}?\.?\s*$"
)


def _find(subject: Subject) -> Iterator[Fault]:
    for name in subject.lists:
        value = subject.values[name]
        match = _ET_AL.search(value) if "al" in value else None
        if match is not None and match.start():
            edits = subject.rewritten(name, lambda text: _ET_AL.sub(" and others", text))
            yield Fault(
                f"{name} ends in {match[0].strip(' ,')!r}", name, "write `and others`", edits
            )


RULE = Rule(
    code="typed-et-al",
    severity="warning",
    sentence="More names than are listed are `and others`.",
    reason="`et al.` is taken for a name, and translated and shortened by no style.",
    bad="@book{note, author = {Krugman, Paul and et al.}}",
    good="@book{note, author = {Krugman, Paul and others}}",
    fix="writes `and others`",
    entry=_find,
)
