r"""Web addresses as they are, without `\url` around them and backslashes in them.

biblatex sets them verbatim, so that an escaped `\_` or `\%` would lead nowhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.values import is_balanced
from northbib.library.tidy.form import inner, with_inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_WRAPPED = re.compile(r"\\url\s*\{(?P<url>[^{}]*)\}|<(?P<angle>[^<>]*)>")
_ESCAPED = re.compile(r"\\([&%#_~])")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+", re.IGNORECASE)


def tidy(form: Form, _context: Context) -> Form:
    """Write addresses without LaTeX."""
    return form.with_values(_plain)


def _plain(name: str, value: str) -> str:
    text = inner(value) if name in ("url", "archiveurl") else None
    if text is None:
        return value
    wrapped = _WRAPPED.fullmatch(text.strip())
    address = (wrapped["url"] or wrapped["angle"] or "").strip() if wrapped else text.strip()
    address = _ESCAPED.sub(r"\1", address)
    is_address = _ADDRESS.fullmatch(address) is not None and is_balanced(address)
    return with_inner(value, address) if is_address else value
