"""A keyword stands in an entry once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.values import split_at_commas
from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    for name, value in subject.having("keywords"):
        if ";" in value:
            continue  # What stands between commas may be a part of a keyword.
        seen: set[str] = set()
        for keyword in _words(value):
            if keyword.casefold() in seen:
                edits = subject.rewritten(name, _once)
                yield Fault(f"the keyword {keyword} stands here again", name, "keep one", edits)
                break
            seen.add(keyword.casefold())


def _words(value: str) -> list[str]:
    return [" ".join(word.split()) for word in split_at_commas(value) if word.strip()]


def _once(text: str) -> str:
    first: dict[str, str] = {}
    for word in _words(text):
        first.setdefault(word.casefold(), word)
    return ", ".join(first.values())


RULE = Rule(
    code="repeated-keyword",
    severity="info",
    sentence="A keyword stands in an entry once.",
    reason="It is counted and shown twice.",
    bad="@misc{note, title = {A title}, keywords = {transport, devolution, Transport}}",
    good="@misc{note, title = {A title}, keywords = {transport, devolution}}",
    fix="keeps the first",
    entry=_find,
)
