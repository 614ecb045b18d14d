"""Entry types in small letters: `@Article` is written `@article`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]


def tidy(form: Form, _context: Context) -> Form:
    """Write the type of an entry in small letters."""
    return replace(form, type=form.type.lower())
