"""A `url` is the address at which the page is now."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="moved-link",
    severity="warning",
    sentence="A `url` is the address at which the page is now.",
    reason='A host that says "moved permanently" does so until it forgets.',
    bad="",
    good="",
    fix="writes the new address, and the archived copy of the old one",
    asks="links",
)
