"""Whether there is an update of a work has been found out."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unchecked-update",
    severity="warning",
    sentence="Whether there is an update of a work has been found out.",
    reason="Its registry could not be asked, or knows nothing of it; it may have been retracted.",
    bad="",
    good="",
    asks="updates",
)
