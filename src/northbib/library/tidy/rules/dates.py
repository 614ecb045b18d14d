"""Year, month and day in one date: `year = 2014, month = oct` is written `date = {2014-10}`.

biblatex and northbib read both; BibTeX reads the year and the month only, so that this rule is
followed only where it is asked for.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.library.tidy.form import inner
from northbib.library.tidy.rules.months import MONTH_MACROS, MONTH_NUMBERS

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_PARTS = ("year", "month", "day")


def tidy(form: Form, context: Context) -> Form:
    """Put year, month and day into a date, where all of them are plain."""
    names = [field.name.lower() for field in form.fields]
    if "date" in names or "year" not in names or any(names.count(name) > 1 for name in _PARTS):
        return form
    found = {field.name.lower(): field for field in form.fields if field.name.lower() in _PARTS}
    texts = {name: _text(field.value, context) for name, field in found.items()}
    date = _date(texts)
    if date is None:
        return form
    written = replace(found["year"], name="date", value=f"{{{date}}}")
    kept = (
        written if field is found["year"] else field
        for field in form.fields
        if field is found["year"] or field.name.lower() not in _PARTS
    )
    return replace(form, fields=tuple(kept))


def _text(value: str, context: Context) -> str:
    """Give what a value reads as, "" if it is a macro that is no month."""
    text = inner(value)
    if text is not None or value.isdecimal():
        return (text if text is not None else value).strip().lower().removesuffix(".")
    name = value.lower()
    return name if name in MONTH_MACROS and name not in context.macros else ""


def _date(texts: dict[str, str]) -> str | None:
    if not re.fullmatch(r"\d{4}", texts["year"]):
        return None
    parts = [texts["year"]]
    if "month" in texts:
        number = MONTH_NUMBERS.get(texts["month"])
        if number is None:
            return None
        parts.append(f"{number:02d}")
    if "day" in texts:
        if len(parts) < 2 or not re.fullmatch(r"[0-2]?[1-9]|[123]0|31", texts["day"]):
            return None
        parts.append(f"{int(texts['day']):02d}")
    return "-".join(parts)
