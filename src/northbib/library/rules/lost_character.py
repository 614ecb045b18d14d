"""No character is a stand-in for one that was lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule
from northbib.library.rules.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]

_LOST = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.values.items():
        match = _LOST.search(value)
        if match is None or mended(value) != value:
            continue
        sign, place = match[0], match.start()
        around = value[max(place - 12, 0) : place + 12]
        what = (
            "a character that was lost"
            if sign == "\ufffd"
            else f"the control character U+{ord(sign):04X}"
        )
        yield Fault(f"{name} has {what}: {around!r}", name, "look up what stood there")


RULE = Rule(
    code="lost-character",
    severity="error",
    sentence="A field has no control characters, nor U+FFFD, which stands for a lost character.",
    reason="Something else stood there before a program could not read it.",
    bad="@book{note, author = {Rodr\N{REPLACEMENT CHARACTER}guez-Pose, Andrés}}",
    good="@book{note, author = {Rodríguez-Pose, Andrés}}",
    entry=_find,
)
