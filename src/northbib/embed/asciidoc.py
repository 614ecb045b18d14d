"""The comments of an AsciiDoc article that can be markers.

Lines that begin with `//` and nothing before it, without those that Asciidoctor takes for text: in
listing, literal, passthrough and comment blocks, in paragraphs of such a style, in front matter.
As in Asciidoctor, a block ends at its own delimiter, whatever is open inside of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.comments import Comment
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["comments"]

_DELIMITER = re.compile(
    r"(?P<verbatim>-{4,}|\.{4,}|\+{4,}|/{4,}|(?P<fence>```)[^\s`]*)|(?P<open>--)"
    r"|(?P<compound>={4,}|_{4,}|\*{4,})|(?P<table>[|,:!]={3,})"
)
_STYLE = re.compile(r"\[(?P<style>[\w-]*)(?:[^\[\]]++|\[[^\]]*+\])*+\]")
_TITLE = re.compile(r"\.[^\s.].*", re.DOTALL)
# Styles that make any block, and the paragraph without one, text to be taken as it is.
_VERBATIM = frozenset(
    "source listing literal verse pass stem latexmath asciimath comment plantuml mermaid ditaa "
    "graphviz".split()
)
_LIST_ITEM = re.compile(
    r"[ \t]+(?:-|\*{1,5}|\.{1,5}|•|\d+\.|[A-Za-z]\.|[IVXivx]+\)|<(?:\d+|\.)>)[ \t]+\S"
    r"|[ \t]+\S.*?(?:::{1,3}|;;)(?:[ \t]|\Z)",
    re.DOTALL,
)
_ITEM = re.compile(
    r"(?:-|\*{1,5}|\.{1,5}|•|\d+\.|[A-Za-z]\.|[IVXivx]+\)|<(?:\d+|\.)>)[ \t]+\S"
    r"|(?!//)\S.*?(?:::{1,3}|;;)(?:[ \t]|\Z)",
    re.DOTALL,
)
_FRONT_MATTER = "---"


class _Blocks:
    """What is open: delimited blocks from the outside in, a paragraph, and what it is."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._verbatim = ""
        self._style = ""
        self._paragraph = ""
        self.tables = 0
        self.attached = False

    @property
    def verbatim(self) -> bool:
        """Whether a comment would be text here."""
        return bool(self._verbatim) or self._paragraph == "verbatim"

    @property
    def nested(self) -> bool:
        """Whether a section cannot begin here."""
        return bool(self._open)

    @property
    def within(self) -> str:
        """What there is that a list cannot stand in; "" for nothing."""
        if self.tables:
            return "a table"
        return "a list item" if self.attached or self._paragraph == "item" else ""

    def read(self, line: str) -> None:
        """Take a line that is no comment."""
        delimiter = _DELIMITER.fullmatch(line)
        if delimiter is not None and self._delimited(delimiter):
            self._paragraph, self.attached = "", False
        elif not self._verbatim:
            self._text(line)

    def _delimited(self, match: re.Match[str]) -> bool:
        line = match.group()
        if line in self._open:
            self._close(line)
            return True
        if self._verbatim:
            return False
        line = match["fence"] or line
        self._open.append(line)
        self.tables += match["table"] is not None
        if match["verbatim"] or self._style in _VERBATIM:
            self._verbatim = line
        self._style = ""
        return True

    def _close(self, line: str) -> None:
        at = self._open.index(line)
        self.tables -= sum(one[0] in "|,:!" for one in self._open[at:])
        if self._verbatim in self._open[at:]:
            self._verbatim = ""
        del self._open[at:]

    def _text(self, line: str) -> None:
        if not line:
            self._paragraph = ""
            return
        if self._paragraph:
            self.attached = line == "+"
            self._paragraph = "" if self.attached else self._paragraph
            return
        style = _STYLE.fullmatch(line)
        if style is not None:
            named = "source" if line.startswith("[,") else style["style"]
            self._style = named or self._style
        elif line != "+" and not _TITLE.fullmatch(line):
            self._paragraph = self._kind(line)
            self._style = ""
        self.attached = line == "+"

    def _kind(self, line: str) -> str:
        if self._style in _VERBATIM:
            return "verbatim"
        if line[0] in " \t":
            return "item" if _LIST_ITEM.match(line) else "verbatim"
        return "item" if self.attached or _ITEM.match(line) else "text"


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in verbatim blocks."""
    return list(_comments(Lines(text)))


def _comments(lines: Lines) -> Iterator[Comment]:
    blocks = _Blocks()
    pairs = [line.rstrip() for line, _ in lines.pairs()]
    for number in range(_after_front_matter(pairs), len(pairs)):
        line = pairs[number]
        if not line.startswith("//") or line.startswith("///") or blocks.verbatim:
            blocks.read(line)
            continue
        start = lines.starts[number]
        within = blocks.within
        yield Comment(
            start,
            start + len(line),
            start + 2,
            line[2:],
            None if within else "",
            within=within or "running text",
            nested=blocks.nested,
        )


def _after_front_matter(pairs: list[str]) -> int:
    """Give the line after what Jekyll, Hugo and Antora's tools take for front matter."""
    if pairs[0] != _FRONT_MATTER:
        return 0
    ends = (at for at in range(1, len(pairs)) if pairs[at] == _FRONT_MATTER)
    return next(ends, -1) + 1
