"""ISBNs without hyphens and blanks, ISSNs with their hyphen: `9780521822610`, `0034-3404`.

Only what has a right check digit is touched; the rest is for somebody to look at. An ISBN of ten
digits stays one: it is what is printed in the book.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.tidy.form import inner, with_inner
from northbib.records.identifiers import isbn

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_LABEL = re.compile(r"(?:urn:)?(?:isbn|issn)(?:-1[03])?\s*:?\s*", re.IGNORECASE)
_ISSN = re.compile(r"(\d{4})[\s-]*(\d{3}[\dX])")


def tidy(form: Form, _context: Context) -> Form:
    """Write ISBNs and ISSNs in one way."""
    return form.with_values(_written)


def _written(name: str, value: str) -> str:
    text = inner(value) if name in ("isbn", "issn") else None
    if text is None:
        return value
    number = _LABEL.sub("", text.strip(), count=1)
    if name == "isbn" and isbn(number):
        return with_inner(value, re.sub(r"[^\dXx]", "", number).upper())
    match = _ISSN.fullmatch(number.upper()) if name == "issn" else None
    if match is not None and _checks(match[1] + match[2]):
        return with_inner(value, f"{match[1]}-{match[2]}")
    return value


def _checks(digits: str) -> bool:
    """Tell whether the check digit of an ISSN is right (ISO 3297)."""
    weights = range(8, 0, -1)
    total = sum(w * (10 if c == "X" else int(c)) for w, c in zip(weights, digits, strict=True))
    return total % 11 == 0
