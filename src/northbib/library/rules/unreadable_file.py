"""Every bibliography can be read."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unreadable-file",
    severity="error",
    sentence="Every .bib file of the library can be read.",
    reason="Its records are in no list.",
    bad="",
    good="",
)
