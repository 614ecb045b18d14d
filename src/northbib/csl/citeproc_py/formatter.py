"""The formatter that citeproc-py is given: it writes marks where others write tags."""

from __future__ import annotations

from functools import partial

from citeproc.string import String

from northbib.csl.citeproc_py.marks import mark, without_marks

__all__ = [
    "Bold",
    "Italic",
    "Light",
    "Oblique",
    "SmallCaps",
    "Subscript",
    "Superscript",
    "Underline",
    "preformat",
]

Italic = Oblique = partial(mark, kind="emphasis")
Bold = partial(mark, kind="strong")
Underline = partial(mark, kind="underline")
Superscript = partial(mark, kind="superscript")
Subscript = partial(mark, kind="subscript")
SmallCaps = partial(mark, kind="small-caps")


def Light(text: object) -> String:  # noqa: N802 - the name that citeproc-py looks for
    """Leave text as it is: the tree has no lighter weight."""
    return String(text)


def preformat(text: object) -> String:
    """Take a term or a text of the style, which has no markup and needs no escaping here."""
    return String(without_marks(str(text)))
