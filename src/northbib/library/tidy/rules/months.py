"""Months by the macros that all styles define: `month = oct`, in place of `{October}` and `10`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.tables import MONTHS
from northbib.library.tidy.form import inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["MONTH_MACROS", "MONTH_NUMBERS", "tidy"]

MONTH_MACROS = tuple(month[:3].lower() for month in MONTHS)
"""The macros that every style defines, from January on."""
_WRITTEN = (
    {month.lower(): macro for month, macro in zip(MONTHS, MONTH_MACROS, strict=True)}
    | {macro: macro for macro in MONTH_MACROS}
    | {str(number): macro for number, macro in enumerate(MONTH_MACROS, 1)}
    | {f"{number:02d}": macro for number, macro in enumerate(MONTH_MACROS, 1)}
    | {"sept": "sep"}
)

MONTH_NUMBERS = {word: MONTH_MACROS.index(macro) + 1 for word, macro in _WRITTEN.items()}
"""How a month may be written -> its number."""


def tidy(form: Form, context: Context) -> Form:
    """Write a month by its macro, unless the file gives that another meaning."""

    def by_macro(name: str, value: str) -> str:
        if name != "month":
            return value
        text = inner(value)
        word = (value if text is None else text).strip().removesuffix(".").lower()
        macro = _WRITTEN.get(re.sub(r"[{}]", "", word), "")
        is_own = text is None and not value.isdecimal()
        return value if is_own or macro in context.macros else macro or value

    return form.with_values(by_macro)
