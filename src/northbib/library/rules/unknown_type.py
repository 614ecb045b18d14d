"""An entry has a type that styles know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.library.checking.names import TYPES
from northbib.library.checking.rule import Fault, Rule
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Subject

__all__ = ["RULE"]


def _find(subject: Subject) -> Iterator[Fault]:
    if subject.type and subject.type not in TYPES:
        advice = did_you_mean(subject.type, TYPES) or "choose one of biblatex's types, such as misc"
        yield Fault(f"no style knows the type @{subject.type}", advice=advice)


RULE = Rule(
    code="unknown-type",
    severity="warning",
    sentence="An entry has a type that biblatex or BibTeX knows.",
    reason="Styles print another one as @misc, or not at all.",
    bad="@artcle{krugman1991increasing, title = {Increasing Returns and Economic Geography}}",
    good="@article{krugman1991increasing, title = {Increasing Returns and Economic Geography}}",
    entry=_find,
)
