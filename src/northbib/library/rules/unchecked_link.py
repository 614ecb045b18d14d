"""Whether a link leads somewhere has been found out."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unchecked-link",
    severity="warning",
    sentence="Whether a link leads somewhere has been found out.",
    reason="The host did not answer, or not to a program; who knows what a reader finds.",
    bad="",
    good="",
    asks="links",
)
