"""Which fields a style sets as text, and which parts of them are text."""

from __future__ import annotations

import re

__all__ = ["NAMES", "PRINTED", "TITLES", "masked"]

NAMES = frozenset(
    """
    author editor editora editorb editorc translator annotator commentator introduction foreword
    afterword bookauthor holder shortauthor shorteditor sortname namea nameb namec
    """.split()
)
"""Fields that hold names of people and bodies, parted by `and`."""

TITLES = frozenset(
    "title subtitle shorttitle booktitle booksubtitle maintitle mainsubtitle".split()
)
"""Titles of works, whose capitals a style may change."""

PRINTED = (
    NAMES
    | TITLES
    | frozenset(
        """
        addendum address booktitleaddon chapter edition eventtitle eventtitleaddon howpublished
        institution issue issuesubtitle issuetitle journal journalsubtitle journaltitle location
        maintitleaddon nameaddon note number organization origlocation origpublisher origtitle
        pages part publisher reprinttitle school series shorthand shortjournal shortseries
        titleaddon type venue version volume year
        """.split()
    )
)
"""Fields that a style sets as text, in which LaTeX reads its own signs."""

_GROUP = r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*+\})*+\}"
_NO_TEXT = re.compile(
    r"\\(?:url|path|nolinkurl|href|cite[a-z]*|[a-z]*ref|label|input|verb|textcolor|color"
    rf"|bibinfo|bibfield|html[a-z]*|includegraphics|hspace|vspace)\*?\s*(?:\[[^\]]*\])?\s*{_GROUP}"
    rf"|\\ensuremath\s*{_GROUP}"
    r"|(?<!\\)\$\$?(?:[^$\\]|\\.)*+\$\$?"
    r"|\\\((?:[^\\]|\\[^)])*+\\\)",
    re.DOTALL,
)


def masked(source: str) -> str:
    """Give a value with blanks in the place of what is no text: mathematics and addresses."""
    if "$" not in source and "\\" not in source:
        return source
    return _NO_TEXT.sub(lambda match: " " * len(match[0]), source)
