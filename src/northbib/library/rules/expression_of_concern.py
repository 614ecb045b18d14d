"""No expression of concern has been published about a work."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="expression-of-concern",
    severity="warning",
    sentence="No expression of concern has been published about a work.",
    reason="Its editors doubt it, and may retract it.",
    bad="",
    good="",
    asks="updates",
)
