"""Every entry is closed."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unclosed-entry",
    severity="error",
    sentence="The braces and quotes of every entry are closed.",
    reason="All that follows may be taken for a part of it, and its own text is not read.",
    bad="@misc{one, title = {A title}\n@misc{two, title = {Another title}}",
    good="@misc{one, title = {A title}}\n@misc{two, title = {Another title}}",
)
