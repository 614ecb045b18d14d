"""There is no newer edition of a book."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="newer-edition",
    severity="info",
    sentence="There is no newer edition of a book.",
    reason="It may say more, or something else.",
    bad="",
    good="",
    asks="updates",
)
