"""A field on each line, equals signs in one column, a comma behind the last field too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Field, Form

__all__ = ["tidy"]


def tidy(form: Form, context: Context) -> Form:
    """Set the white space between the words of an entry."""
    settings, eol = context.settings, context.eol
    lead = eol + " " * settings.indent
    width = settings.column - settings.indent - 2

    def laid_out(field: Field) -> Field:
        equals = " " * max(width - len(field.name), 0) + " = "
        return replace(field, lead=lead, equals=equals, trail="")

    fields = tuple(map(laid_out, form.fields))
    return replace(form, fields=fields, gaps=("", "", "", ""), has_comma=True, tail=eol)
