"""A citation key belongs to one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Fault]]:
    first: dict[str, Subject] = {}
    for subject in subjects:
        other = first.setdefault(subject.key.lower(), subject)
        if other is not subject:
            same = other.entry.raw == subject.entry.raw
            what = "the same entry" if same else "another entry"
            message = f"the key {subject.key} is that of {what}, at {_place(other)}, which counts"
            advice = "take this one out" if same else "give one of them another key, or take it out"
            yield subject, Fault(message, advice=advice)
    for subject in subjects:
        for alias in subject.keys("ids"):
            other = first.get(alias.lower(), subject)
            if other is not subject:
                message = f"the alias {alias} is the key of the entry at {_place(other)}"
                yield subject, Fault(message, "ids", "take it out of ids")


def _place(subject: Subject) -> str:
    return f"{subject.sheet.file}:{subject.entry.line}"


RULE = Rule(
    code="duplicate-key",
    severity="error",
    sentence="A citation key, or an alias in `ids`, belongs to one entry of the library.",
    reason="The first entry counts and the others are not cited. BibTeX does not tell capitals"
    " apart in keys.",
    bad="@misc{note, title = {A title}}\n@misc{Note, title = {Another title}}",
    good="@misc{note, title = {A title}}\n@misc{note2, title = {Another title}}",
    library=_find,
)
