"""What a `url` leads to can be read by everybody."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="closed-link",
    severity="info",
    sentence="What a `url` leads to can be read by everybody.",
    reason="Some readers have to pay, or to log in, and others are not let in.",
    bad="",
    good="",
    asks="links",
)
