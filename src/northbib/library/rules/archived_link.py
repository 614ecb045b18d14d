"""A `url` that leads nowhere any more has an `archiveurl` that is there."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="archived-link",
    severity="info",
    sentence="A `url` that leads nowhere any more has an `archiveurl` that is there.",
    reason="Its readers are served by the copy.",
    bad="",
    good="",
    asks="links",
)
