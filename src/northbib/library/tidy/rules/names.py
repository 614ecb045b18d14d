"""Field names in small letters: `Author` is written `author`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]


def tidy(form: Form, _context: Context) -> Form:
    """Write the names of the fields in small letters."""
    fields = tuple(replace(field, name=field.name.lower()) for field in form.fields)
    return replace(form, fields=fields)
