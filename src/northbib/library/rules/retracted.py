"""A work that is cited has not been retracted, withdrawn or removed."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="retracted",
    severity="error",
    sentence="A work that is cited has not been retracted, withdrawn or removed.",
    reason="What it says is not to be relied on; whoever cites it says that it is retracted.",
    bad="",
    good="",
    asks="updates",
)
