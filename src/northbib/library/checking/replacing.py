"""The edits of a fault as parts of the file to replace, for reports that programs act on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.bibtex import Document
from northbib.findings import Finding, Replacement
from northbib.library.checking.edits import make

if TYPE_CHECKING:
    from northbib.library.check import Found
    from northbib.library.checking.rule import Edits
    from northbib.library.checking.subject import Subject

__all__ = ["with_replacements"]


def with_replacements(found: Found) -> Finding:
    """Give the finding, with what its edits replace in the file."""
    if found.subject is None or not found.edits:
        return found.finding
    replacement = _replacement(found.subject, found.edits)
    if replacement is None:
        return found.finding
    return replace(found.finding, replacements=(replacement,))


def _replacement(subject: Subject, edits: Edits) -> Replacement | None:
    before = subject.entry.raw
    after = _edited(before, edits)
    if after is None:
        return None
    start = _common(before, after)
    tail = _common(before[start:][::-1], after[start:][::-1])
    end = len(before) - tail
    line, column = subject.place_of(before, start)
    end_line, end_column = subject.place_of(before, end)
    return Replacement(line, column, end_line, end_column, after[start : len(after) - tail])


def _common(one: str, two: str) -> int:
    """Give how many characters two texts have in common at their beginning."""
    pairs = zip(one, two, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))


def _edited(text: str, edits: Edits) -> str | None:
    """Give the text of an entry with edits made to a copy of it."""
    entry = next(iter(Document.parse(text).entries), None)
    return entry.raw if entry is not None and make(entry, edits) else None
