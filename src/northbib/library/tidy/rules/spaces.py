"""Values on one line, with single blanks, as BibTeX and biber read them anyway.

Texts of several lines stay as they are: abstracts, notes, what other programs keep. So does a value
with a paragraph in it, or with a `%`, behind which TeX takes the rest of a line for a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.tidy.form import inner, with_inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_RUN = re.compile(r"[ \t\r\n]+")
_PARAGRAPH = re.compile(r"(?>\r\n|\r|\n)[ \t]*(?>\r\n|\r|\n)")
_LONG_TEXTS = frozenset(
    """
    abstract addendum annotation annote annotes comment comments contents evidence excerpt file
    groups kommentar note notes owner pdf review reviews summary timestamp
    """.split()
)


def tidy(form: Form, _context: Context) -> Form:
    """Write each value on one line, with single blanks."""
    return form.with_values(_squeezed)


def _squeezed(name: str, value: str) -> str:
    text = inner(value)
    if text is None or name in _LONG_TEXTS or name.startswith("bdsk-"):
        return value
    if "%" in text or _PARAGRAPH.search(text):
        return value
    return with_inner(value, _RUN.sub(" ", text).strip(" "))
