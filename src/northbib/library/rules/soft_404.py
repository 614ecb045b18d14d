"""A `url` does not lead to a page that says that there is none."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="soft-404",
    severity="warning",
    sentence='A `url` does not lead to a page that says "not found" as if it were a page.',
    reason="Readers find nothing, and programs that go by the status believe that all is well.",
    bad="",
    good="",
    fix="writes the archived copy as `archiveurl` and `archivedate`; the `url` stays",
    asks="links",
)
