"""Letters and their accents are one character."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import is_normalized, normalize

from northbib.bibtex.tables import is_verbatim
from northbib.library.checking.rule import Fault, Rule
from northbib.library.rules.mojibake import mended

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    if subject.is_ascii:
        return
    for name, value in subject.values.items():
        if value.isascii() or is_verbatim(name) or is_normalized("NFC", value):
            continue
        if mended(value) == value:
            edits = subject.rewritten(name, lambda text: normalize("NFC", text))
            message = f"{name} has letters that are not composed (NFC)"
            yield Fault(message, name, "write each letter and its accent as one character", edits)


RULE = Rule(
    code="not-nfc",
    severity="info",
    sentence="Letters and their accents are one character (Unicode form NFC).",
    reason="The two forms look the same, yet are not found for one another, and LaTeX may not know"
    " the second.",
    bad="@book{note, author = {Rodri\N{COMBINING ACUTE ACCENT}guez-Pose, Andrés}}",
    good="@book{note, author = {Rodríguez-Pose, Andrés}}",
    fix="composes them",
    entry=_find,
)
