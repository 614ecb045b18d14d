"""A title is not written in capitals only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_COMMAND = re.compile(r"\\[a-zA-Z]+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3


def _find(subject: Subject) -> Iterator[Fault]:
    for name, _ in subject.having("title", "booktitle", "maintitle"):
        text = _COMMAND.sub("", subject.masked(name))
        if not text.isupper():
            continue
        words = [word for word in _WORD.findall(text) if word.isupper()]
        if len(words) >= _FEWEST and sum(len(word) > 3 for word in words) > 1:
            yield Fault(f"{name} is written in capitals only", name, "write it as a sentence")


RULE = Rule(
    code="all-caps-title",
    severity="warning",
    sentence="A title is not written in capitals only.",
    reason="No style can tell which capitals belong to names, and cannot write it otherwise.",
    bad="@article{krugman1991increasing, title = {INCREASING RETURNS AND ECONOMIC GEOGRAPHY}}",
    good="@article{krugman1991increasing, title = {Increasing Returns and Economic Geography}}",
    entry=_find,
)
