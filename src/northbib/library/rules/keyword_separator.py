"""Keywords are parted by commas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule
from northbib.library.rules.html_entity import ENTITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_SEMICOLON = re.compile(r"\s*;\s*(?=[^\s;])")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("keywords"):
        if ";" in value and "," not in value and ";" in ENTITY.sub("", value):
            edits = subject.rewritten(name, lambda text: _SEMICOLON.sub(", ", text).rstrip(" ;"))
            yield Fault("keywords are parted by semicolons", name, "write commas", edits)


RULE = Rule(
    code="keyword-separator",
    severity="info",
    sentence="Keywords are parted by commas.",
    reason="biblatex and northbib take all of them for one.",
    bad="@misc{note, title = {A title}, keywords = {transport; devolution}}",
    good="@misc{note, title = {A title}, keywords = {transport, devolution}}",
    fix="writes commas, where there are none yet",
    entry=_find,
)
