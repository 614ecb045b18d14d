"""DOIs without resolver or prefix: `10.1080/…`, as biblatex wants them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.tidy.form import inner, with_inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_PREFIX = re.compile(
    r"(?:\\url\{)?(?:https?://(?:(?:dx|www)\.)?doi\.org/|doi\s*:\s*)(?P<doi>10\.\d{4,9}/[^{}]+?)\}?",
    re.IGNORECASE,
)


def tidy(form: Form, _context: Context) -> Form:
    """Take the resolver or the prefix of a DOI away."""
    return form.with_values(_bare)


def _bare(name: str, value: str) -> str:
    text = inner(value) if name == "doi" else None
    match = _PREFIX.fullmatch(text.strip()) if text else None
    if match is None or text is None or ("{" in text) != text.lstrip().startswith("\\url{"):
        return value
    return with_inner(value, match["doi"])
