"""The entries of a set, and related ones, are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.rule import Fault, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    for name, _ in subject.having("entryset", "related"):
        for key in subject.keys(name):
            if key.lower() not in subject.shelf.by_key:
                near = subject.shelf.near(key)
                advice = near or "add that entry, or take the key out"
                yield Fault(f"{name} names {key}, which is not in this library", name, advice)


RULE = Rule(
    code="missing-member",
    severity="warning",
    sentence="The entries that `entryset` and `related` name are in the library.",
    reason="biber leaves them out.",
    bad="@set{both, entryset = {one, two}}\n@misc{one, title = {A title}}",
    good="@set{both, entryset = {one, two}}\n"
    "@misc{one, title = {A title}}\n"
    "@misc{two, title = {Another title}}",
    entry=_find,
)
