"""The domain of a `url` is not for sale."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="parked-domain",
    severity="error",
    sentence="The domain of a `url` is not for sale.",
    reason="Its new owner shows advertisements there, or worse.",
    bad="",
    good="",
    fix="writes the archived copy as `archiveurl` and `archivedate`; the `url` stays",
    asks="links",
)
