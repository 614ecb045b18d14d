"""The comments of a reStructuredText article that can be markers.

Explicit markup (`.. `) that is no directive, target, footnote or substitution, with the lines that
are indented below it ("Comments", reStructuredText Markup Specification), without those in literal
and doctest blocks and in directives whose content is taken as it is. What would be a comment but
for its place, in a paragraph or in a cell of a table, is given too, as one in the wrong place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.comments import Comment
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["comments"]

_TAB = 8
# Directives whose content is no reStructuredText, of docutils, Sphinx and its usual extensions.
_VERBATIM = frozenset(
    "code code-block sourcecode highlight parsed-literal literalinclude math raw csv-table "
    "productionlist doctest testcode testoutput testsetup testcleanup prompt graphviz digraph "
    "graph mermaid uml plantuml ipython jupyter-execute code-cell prompt-toolkit image include "
    "bibliography toctree autosummary tabularcolumns meta replace unicode date highlights-code "
    "command-output program-output runblock exec asciinema blockdiag seqdiag actdiag nwdiag "
    "tikz altair-plot plot matplotlib c:alias grammar".split()
)
_EXPLICIT = re.compile(r"\.\.(?:[ \t]++(?P<text>.*+))?+", re.DOTALL)
_DIRECTIVE = re.compile(
    r"(?:\|[^|]++\|[ \t]++)?+(?P<name>[A-Za-z0-9]++(?:[-_.:+][A-Za-z0-9]++)*+)[ \t]?+::(?:[ \t]|\Z)"
)
_CONSTRUCT = re.compile(r"_(?![ \t]|\Z)|__(?:[ \t:]|\Z)|\[(?:\d+|\#[\w.:+-]*|\*|[\w.:+-]+)\]|\|\S")
_MARKS = re.compile(
    r"(?:(?:[-*+•‣⁃]|\(?(?:\d{1,9}|\#|[A-Za-z]|[ivxlcdmIVXLCDM]{1,9})[.)])[ \t]++)++"
)
_FIELD = re.compile(r":(?![: \t])(?:[^:\\]|\\.|:(?![ \t]|\Z))++:(?:[ \t]|\Z)", re.DOTALL)
_RULE = re.compile(r"([!-/:-@\[-`{-~])\1*[ \t]*")
_LITERAL = re.compile(r"(?:\\\\)*+(?<!\\)::[ \t]*\Z")
_IN_CELL = re.compile(r"[|][ \t]*(?P<sign>\.\.)[ \t]+(?P<text>northbib:[^|]*)")
_TABLE = re.compile(r"\+[-=+]{2,}\+[ \t]*")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


@dataclass(slots=True)
class _Line:
    """A line that is not blank.

    Attributes:
        number: Counted from 0.
        source: The line.
        content: Where its content begins, after its indentation and marks of lists.
        column: The column of the content, counted from 0.
        indent: The column of the first sign.
    """

    number: int
    source: str
    content: int
    column: int
    indent: int


@dataclass(slots=True)
class _Open:
    """A comment that has begun: its start, its body, its last line so far, its indentation."""

    start: int
    body: int
    last: int
    indent: str


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in literal blocks."""
    return list(_Reader(text).comments())


class _Reader:
    """Reads reStructuredText line by line, and knows what the next line can be."""

    def __init__(self, text: str) -> None:
        self._lines = Lines(text)
        # Column of the paragraph that the last line belongs to, and whether it goes on at any
        # column to the right, as a field does.
        self._paragraph: int | None = None
        self._loose = False
        # Column of the paragraph whose last line ends in `::`, and the same after a blank line.
        self._announced: int | None = None
        self._literal: int | None = None
        # Column of what has verbatim text for all that is indented below it.
        self._verbatim: int | None = None
        # The sign before each line of a quoted literal block.
        self._quoted = ""
        self._doctest = False
        self._table = False
        self._comment: _Open | None = None

    def comments(self) -> Iterator[Comment]:
        for number, (source, _) in enumerate(self._lines.pairs()):
            if not source.strip():
                self._blank()
                continue
            line = _line(number, source)
            if self._goes_on(line):
                continue
            yield from self._ended()
            yield from self._read(line)
        yield from self._ended()

    def _blank(self) -> None:
        self._paragraph, self._doctest, self._table, self._quoted = None, False, False, ""
        if self._announced is not None:
            self._literal, self._announced = self._announced, None

    def _goes_on(self, line: _Line) -> bool:
        """Tell whether a line is part of what has verbatim text, and take it."""
        if self._verbatim is not None:
            if line.indent > self._verbatim:
                if self._comment is not None:
                    self._comment.last = line.number
                return True
            self._verbatim = None
        if self._literal is not None:
            announced, self._literal = self._literal, None
            if line.indent > announced:
                self._verbatim = announced
                return True
            first = line.source.lstrip()[0]
            if line.indent == announced and first in _PUNCTUATION:
                self._quoted = first
        return self._doctest or bool(self._quoted and line.source.lstrip().startswith(self._quoted))

    def _ended(self) -> Iterator[Comment]:
        """Give the comment that has ended."""
        if self._comment is None:
            return
        found, self._comment = self._comment, None
        last = self._lines.starts[found.last]
        end = last + len(self._lines.after(last).rstrip())
        text = self._lines.text[found.body : end]
        yield Comment(found.start, end, found.body, text, found.indent, nested=bool(found.indent))

    def _read(self, line: _Line) -> Iterator[Comment]:
        text = line.source[line.content :]
        explicit = _EXPLICIT.fullmatch(text)
        if self._in_paragraph(line):
            place = self._lines.starts[line.number] + line.content
            if explicit is not None and self._is_comment(explicit["text"] or ""):
                yield self._misplaced(place, text, "running text")
            self._continue(line)
        elif explicit is not None:
            self._explicit(line, explicit)
        elif self._table or _TABLE.fullmatch(text):
            self._table = True
            for match in _IN_CELL.finditer(line.source):
                place = self._lines.starts[line.number] + match.start("sign")
                yield self._misplaced(
                    place, match.group()[match.start("sign") - match.start() :], "a table"
                )
        else:
            self._begin(line, text)

    def _in_paragraph(self, line: _Line) -> bool:
        if self._paragraph is None:
            return False
        if self._loose:
            return line.indent > self._paragraph
        return line.indent == self._paragraph

    def _continue(self, line: _Line) -> None:
        """Take a line of a paragraph; one under a title ends it."""
        text = line.source.strip()
        if _RULE.fullmatch(text) and len(text) > 1:
            self._paragraph = self._announced = None
        elif _LITERAL.search(text):
            self._announced = self._paragraph
        else:
            self._announced = None

    def _begin(self, line: _Line, text: str) -> None:
        """Take the first line of a block that is no explicit markup."""
        self._announced = None
        if text.startswith(">>> "):
            self._doctest = True
        elif not (_RULE.fullmatch(text) and len(text.rstrip()) > 3):
            self._loose = _FIELD.match(text) is not None
            self._paragraph = line.column
            if _LITERAL.search(text):
                self._announced = line.column
        else:
            self._paragraph = None

    def _explicit(self, line: _Line, match: re.Match[str]) -> None:
        text = match["text"] or ""
        self._paragraph = self._announced = None
        directive = _DIRECTIVE.match(text)
        if directive is not None:
            if directive["name"].lower() in _VERBATIM:
                self._verbatim = line.column
            elif text[directive.end() :].strip():
                self._paragraph, self._loose = line.column, True
        elif self._is_comment(text):
            self._begin_comment(line)
        elif text.startswith(("[", "_")):
            self._paragraph, self._loose = line.column, True
            if text.startswith("[") and _LITERAL.search(text):
                self._announced = line.column

    @staticmethod
    def _is_comment(text: str) -> bool:
        return not (_DIRECTIVE.match(text) or _CONSTRUCT.match(text))

    def _begin_comment(self, line: _Line) -> None:
        place = self._lines.starts[line.number]
        body = place + line.content + 2
        bare = not line.source[line.content + 2 :].strip()
        following = self._lines.after(self._lines.start_of(line.number + 1)).strip()
        if bare and not following:
            return  # An empty comment takes nothing of what is indented below it.
        self._verbatim = line.column
        before = line.source[: line.content]
        indent = re.sub(r"[^ \t]", " ", before)
        self._comment = _Open(place + line.content, body, line.number, indent)

    def _misplaced(self, place: int, text: str, within: str) -> Comment:
        end = place + len(text.rstrip())
        return Comment(place, end, place + 2, text.rstrip()[2:], None, within=within)


def _line(number: int, source: str) -> _Line:
    bare = len(source) - len(source.lstrip(" \t"))
    marks = _MARKS.match(source, bare)
    content = marks.end() if marks else bare
    return _Line(number, source, content, _column(source, content), _column(source, bare))


def _column(source: str, place: int) -> int:
    return len(source[:place].expandtabs(_TAB))
