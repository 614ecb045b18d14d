"""Every entry has a key."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="entry-without-key",
    severity="error",
    sentence="Every entry has a citation key after its opening brace.",
    reason="It cannot be cited, found or changed.",
    bad="@misc{title = {A title}}",
    good="@misc{note, title = {A title}}",
)
