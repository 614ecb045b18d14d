"""Every entry can be read."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="broken-entry",
    severity="error",
    sentence="An entry is a key and fields, each a name, an equals sign and a value, with commas "
    "between them.",
    reason="What cannot be read is kept in the file, and is in no list.",
    bad="@misc{note, title {A title}}",
    good="@misc{note, title = {A title}}",
)
