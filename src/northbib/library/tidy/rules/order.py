"""Fields in one order; fields that the order does not name follow as they stood.

Fields that mean the same (`journal` and `journaltitle`, or one that is there twice) keep their
order among themselves, since the first of them is the one that counts.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.bibtex.tables import ALIASES

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Field, Form

__all__ = ["tidy"]


def tidy(form: Form, context: Context) -> Form:
    """Put the fields in order; the white space before each stays where it is."""
    order, last = context.settings.order, context.settings.last
    rank = {name: place for place, name in enumerate(order)}
    rank |= {name: len(order) + 1 + place for place, name in enumerate(last)}

    def place(field: Field) -> int:
        name = field.name.lower()
        return rank.get(name, rank.get(ALIASES.get(name, name), len(order)))

    ordered = sorted(form.fields, key=place)
    if ordered == list(form.fields):
        return form
    gaps = [(field.lead, field.trail) for field in form.fields]
    moved = (
        replace(field, lead=lead, trail=trail)
        for field, (lead, trail) in zip(ordered, gaps, strict=True)
    )
    return replace(form, fields=tuple(moved))
