"""An entry begins on a line of its own."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="entry-in-text",
    severity="warning",
    sentence="An entry begins on a line of its own, and no line of a value looks like one.",
    reason="BibTeX takes an @ for the start of an entry wherever it stands, biber does not; in a"
    " value it is often the entry behind one that is not closed.",
    bad="see @misc{note, title = {A title}}",
    good="@misc{note, title = {A title}}",
)
