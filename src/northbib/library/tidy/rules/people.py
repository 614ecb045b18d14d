"""Name lists with single blanks around each `and`, which is written small."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.names import split_list
from northbib.bibtex.values import is_balanced
from northbib.library.tidy.form import inner, with_inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["PEOPLE", "tidy"]

_RUN = re.compile(r"[ \t\r\n]+")
PEOPLE = frozenset(
    """
    afterword annotator author bookauthor commentator editor editora editorb editorc foreword
    holder introduction shortauthor shorteditor translator
    """.split()
)
"""Fields that hold lists of names."""


def tidy(form: Form, _context: Context) -> Form:
    """Write the names of each list with `and` between them."""
    return form.with_values(_listed)


def _listed(name: str, value: str) -> str:
    text = inner(value) if name in PEOPLE else None
    if text is None or not is_balanced(text):
        return value
    names = [_RUN.sub(" ", each).strip(" ") for each in split_list(f" {text} ")]
    # An empty name is a slip that somebody has to look at.
    return with_inner(value, " and ".join(names)) if all(names) else value
