"""A file has no conflict of a merge in it."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="conflict-marker",
    severity="error",
    sentence="A file has no conflict of a merge in it.",
    reason="Where two people have changed one thing, `git merge` leaves both versions between lines"
    " of marks, and a person has to choose.",
    bad="@misc{note,\n  title = {A title},\n<<<<<<< ours\n  date = {2014},\n=======\n"
    "  date = {2015},\n>>>>>>> theirs\n}",
    good="@misc{note,\n  title = {A title},\n  date = {2015},\n}",
)
