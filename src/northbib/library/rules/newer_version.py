"""There is no newer version of a dataset, of software or of a preprint."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="newer-version",
    severity="info",
    sentence="There is no newer version of a dataset, of software or of a preprint.",
    reason="It may have fewer faults.",
    bad="",
    good="",
    asks="updates",
)
