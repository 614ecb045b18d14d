"""Braces around values and entries: `title = "A title"` is written `title = {A title}`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.bibtex.values import is_balanced
from northbib.library.tidy.form import parts

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]


def tidy(form: Form, _context: Context) -> Form:
    """Put braces around values and around the entry; names of macros stay bare."""
    return replace(form.with_values(_braced), opening="{")


def _braced(_name: str, value: str) -> str:
    return " # ".join(_part(part) for part in parts(value))


def _part(part: str) -> str:
    if part.isdecimal():
        return f"{{{part}}}"
    if part[0] == '"' and len(part) > 1 and is_balanced(part[1:-1]):
        return f"{{{part[1:-1]}}}"
    return part
