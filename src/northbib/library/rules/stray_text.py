"""An entry has nothing in it but its key and its fields."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="stray-text",
    severity="warning",
    sentence="An entry has nothing in it but its key and its fields.",
    reason="BibTeX knows no comments inside of entries: it reads no further than there, while biber"
    " passes over them.",
    bad="@misc{note,\n% to be checked\n  title = {A title}}",
    good="@misc{note,\n  title = {A title}}",
)
