"""A preprint is cited as such as long as it has not been published."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="preprint-published",
    severity="info",
    sentence="A preprint is cited as such as long as it has not been published.",
    reason="What was published has been reviewed, and may say something else.",
    bad="",
    good="",
    asks="updates",
)
