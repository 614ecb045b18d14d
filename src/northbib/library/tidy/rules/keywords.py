"""Keywords with a comma and a blank between them; empty ones go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.values import is_balanced, split_at_commas
from northbib.library.tidy.form import inner, with_inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]


def tidy(form: Form, _context: Context) -> Form:
    """Write keywords with a comma and a blank between them."""
    return form.with_values(_listed)


def _listed(name: str, value: str) -> str:
    text = inner(value) if name == "keywords" else None
    if text is None or not is_balanced(text):
        return value
    words = [word.strip() for word in split_at_commas(text)]
    return with_inner(value, ", ".join(word for word in words if word))
