"""The sum of a section: by it we know our own text again, and a text that somebody edited.

It stands in the last comment before the end marker, `northbib:sum HEX`, and has two halves. The
first is of the text as formatters leave it alone: without white space, and with one sign for all
list marks and for all emphasis. If it does not fit, the section was edited by hand. The second is
of the exact text that was written: if that is what would be written now, a section that a
formatter has laid out anew is left as the formatter has it, and the two do not fight.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.lines import EOL

if TYPE_CHECKING:
    from northbib.embed.comments import Comment
    from northbib.embed.markups import Markup

__all__ = ["Sum", "comment_like", "sum_of"]

_BYTES = 4
_HEX = re.compile(r"([0-9a-f]{8})([0-9a-f]{8})")
# What people put around text that a formatter or a linter is to leave alone.
_IGNORED = re.compile(r"<!--\s*(?:prettier-ignore|markdownlint-)[\w-]*\s.*?-->", re.DOTALL)
_MARK = re.compile(r"(?:(?P<bullet>[-*+])|\d+[.)])(?=\s|\Z)")
_EMPHASIS = str.maketrans({"_": "*", "\\": None})


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a section.

    Attributes:
        content: Of what the text says, however it is laid out.
        exact: Of the text to the last space.
    """

    content: str
    exact: str

    def __str__(self) -> str:
        return self.content + self.exact

    @classmethod
    def read(cls, word: str) -> Sum | None:
        """Read the word of a marker; None if it is no sum."""
        match = _HEX.fullmatch(word)
        return None if match is None else cls(match[1], match[2])


def sum_of(text: str, markup: Markup) -> Sum:
    """Give the sum of the text between two markers, without the comment that has the sum."""
    return Sum(_hash(_content(text, markup)), _hash(text))


def comment_like(article: str, comment: Comment, text: str) -> str:
    """Give a comment with another text, opened and closed as one of the article is."""
    opening = article[comment.start : comment.body]
    closing = article[comment.body + len(comment.text) : comment.end].rstrip("\r\n")
    return f"{opening} {text} {closing}".rstrip()


def _content(text: str, markup: Markup) -> str:
    """Give what is left of a text whatever a formatter does to it."""
    kept = _IGNORED.sub("", text)
    lines = (line.lstrip(" \t>") for line in EOL.split(kept))
    bare = "".join("".join(_with_one_mark(line).split()) for line in lines)
    return bare.translate(_EMPHASIS) if markup in ("markdown", "mdx") else bare


def _with_one_mark(line: str) -> str:
    match = _MARK.match(line)
    if match is None:
        return line
    return ("-" if match["bullet"] else "1.") + line[match.end() :]


def _hash(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=_BYTES).hexdigest()
