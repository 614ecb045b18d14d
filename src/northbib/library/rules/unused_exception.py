"""An exception stands where there is something to except."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unused-exception",
    severity="info",
    sentence="An exception in a comment or the settings names a rule that finds something there.",
    reason="It may be left over, or mistyped, and would hide the next fault.",
    bad="% northbib: ignore bad-isbn\n@misc{note, title = {A title}}",
    good="@misc{note, title = {A title}}",
)
