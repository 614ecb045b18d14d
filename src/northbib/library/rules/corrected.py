"""No correction of a work has been published."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="corrected",
    severity="info",
    sentence="No correction of a work has been published.",
    reason="What is quoted from it may be what was corrected.",
    bad="",
    good="",
    asks="updates",
)
