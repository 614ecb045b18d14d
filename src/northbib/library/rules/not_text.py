"""A bibliography is a text file."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="not-text",
    severity="error",
    sentence="A .bib file holds text.",
    reason="Another program has written it, or a disk has damaged it; nothing in it can be read or "
    "changed.",
    bad="",
    good="",
)
