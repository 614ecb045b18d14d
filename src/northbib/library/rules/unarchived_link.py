"""A `url` has an archived copy, named as `archiveurl` (asked with `--archive`)."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unarchived-link",
    severity="info",
    sentence="A `url` has an archived copy, named as `archiveurl` (asked with `--archive`).",
    reason="Most addresses lead nowhere after some years.",
    bad="",
    good="",
    fix="writes the archived copy as `archiveurl` and `archivedate`",
    asks="links",
)
