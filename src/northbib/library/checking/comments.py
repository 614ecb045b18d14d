"""Exceptions that stand in comments before an entry.

    % northbib: ignore all-caps-title, missing-field -- as on the title page
    @book{...

BibTeX, biber and JabRef take text between entries for a comment, and keep it where it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.library.checking.subject import Sheet

__all__ = ["MARK", "comments_before"]

MARK = "northbib:"
_LINES = re.compile(r"\r\n|\r|\n")
_IGNORE = re.compile(r"\s*%+\s*northbib:\s*ignore\s+(?P<codes>[\w-]+(?:[\s,]+(?!--)[\w-]+)*)")


def comments_before(sheet: Sheet) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Give the exceptions of a file.

    Returns:
        The line of an entry, the line of a comment that stands before it without anything between
        but other comments, and the codes that it excepts.
    """
    if MARK not in sheet.text:
        return
    lines = _LINES.split(sheet.text)
    for entry in sheet.document.entries:
        number = entry.line - 1
        while number > 0 and lines[number - 1].lstrip().startswith("%"):
            match = _IGNORE.match(lines[number - 1])
            if match is not None:
                codes = re.split(r"[\s,]+", match["codes"])
                yield entry.line, number, tuple(code for code in codes if code)
            number -= 1
