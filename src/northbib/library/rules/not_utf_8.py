"""A bibliography is written in UTF-8."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="not-utf-8",
    severity="warning",
    sentence="A bibliography is written in UTF-8.",
    reason="Programs guess the letters of another encoding, and guess differently.",
    bad="@misc{note, title = {Médiathèque}}",
    good="@misc{note, title = {A title}}",
)
