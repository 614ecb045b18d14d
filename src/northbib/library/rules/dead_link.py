"""What `url`, `doi` and `archiveurl` lead to is there."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="dead-link",
    severity="error",
    sentence="What `url`, `doi` and `archiveurl` lead to is there.",
    reason="Who follows the link finds nothing: the host says 404 or 410, or is gone itself.",
    bad="",
    good="",
    fix="writes the archived copy as `archiveurl` and `archivedate`; the `url` stays",
    asks="links",
)
