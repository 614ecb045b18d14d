"""What looks like an entry is one."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="not-an-entry",
    severity="error",
    sentence="Text between entries does not look like an entry itself.",
    reason="An entry with a slip before its brace is taken for a comment, and is lost without a "
    "word.",
    bad="@mi sc{note, title = {A title}}",
    good="@misc{note, title = {A title}}",
)
