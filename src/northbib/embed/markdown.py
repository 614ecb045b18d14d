"""The comments of a Markdown article that can be markers.

markdown-it-py says which lines are blocks of HTML and which are running text (CommonMark 0.31);
everything else, such as fenced and indented code, is left alone, and so are front matter, inline
code, and what Jekyll or Hugo does not hand on to Markdown (`{% raw %}`, `{{< highlight >}}`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from northbib.embed.code_spans import CodeSpans
from northbib.embed.containers import containers
from northbib.embed.front_matter import after_front_matter
from northbib.embed.html import CommentScanner
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from northbib.embed.comments import Comment

__all__ = ["comments"]

_LIQUID = re.compile(
    r"""
    \{%-?\s*+(?P<end>end)?+(?P<name>raw|highlight|comment|verbatim)\b[^%]*+%\}
    | \{\{[<%]\s*+(?P<close>/)?+\s*+
      (?P<shortcode>highlight|code|codeblock|raw|verbatim|mermaid|katex)(?![\w-])[^}]*+\}\}
    """,
    re.VERBOSE,
)
_RUNNING = re.compile(
    r"""
    \\[!-/:-@\[-`{-~]                                       # an escaped character
    | (?P<ticks>`++)                                        # what may open a code span
    | <!--(?:-?+>)?+
    | </[A-Za-z][A-Za-z0-9-]*+\s*+>
    | <[A-Za-z][A-Za-z0-9-]*+
      (?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?+)*+
      \s*+/?+>
    """,
    re.VERBOSE,
)
_TAB = _CODE_INDENT = 4
_MARK = re.compile(r"[^\s>]")


@dataclass(frozen=True, slots=True)
class _Region:
    """A block of HTML, or running text, with all but its HTML, or all but its code."""

    start: int
    end: int
    html: str
    prose: str
    content: tuple[str, ...] | None = None

    @property
    def running(self) -> bool:
        """Whether it is running text; a block of HTML has its lines without its containers."""
        return self.content is None


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in code."""
    lines = Lines(text)
    tokens = _parse(text, after_front_matter(text))
    regions = list(_regions(lines, tokens))
    html = _blank(text, ((region.start, region.html) for region in regions))
    if "{%" in text or "{{" in text:
        prose = _blank(text, ((region.start, region.prose) for region in regions))
        html = _without(html, _liquid(prose))
    return list(_comments(lines, regions, html))


def _parse(text: str, start: int) -> list[Token]:
    """Parse blocks; front matter is handed in as blank lines, so that line numbers hold."""
    blank = "\n" * (len(Lines(text[:start]).starts) - 1)
    reader = MarkdownIt("commonmark").disable("inline").use(containers)
    return reader.parse(blank + text[start:])


def _regions(lines: Lines, tokens: list[Token]) -> Iterator[_Region]:
    for token in tokens:
        if token.map is None or token.type not in ("html_block", "inline"):
            continue
        start, end = (lines.start_of(line) for line in token.map)
        part = lines.text[start:end]
        if token.type == "html_block":
            content = tuple(token.content.split("\n"))
            yield _Region(start, end, _without_containers(part, content), part, content)
        else:
            code, html = _running_text(part)
            yield _Region(start, end, _blank(part, html), _without(part, code))


def _blank(text: str, kept: Iterable[tuple[int, str]]) -> str:
    """Give spaces of the length of a text, with some pieces of it at their places."""
    pieces: list[str] = []
    done = 0
    for start, piece in kept:
        pieces += [" " * (start - done), piece]
        done = start + len(piece)
    return "".join(pieces) + " " * (len(text) - done)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Give a text with some parts of it as spaces."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += [text[done:start], " " * (end - start)]
        done = end
    return "".join(pieces) + text[done:]


def _running_text(part: str) -> tuple[list[tuple[int, int]], list[tuple[int, str]]]:
    """Find the code spans of running text, and its tags and comments."""
    spans, last_close = CodeSpans(part), part.rfind("-->")
    code: list[tuple[int, int]] = []
    html: list[tuple[int, str]] = []
    place = 0
    while match := _RUNNING.search(part, place):
        place = match.end()
        if match["ticks"]:
            place = spans.end_of(match.start(), len(match["ticks"])) or place
            code.append((match.start(), place))
        elif match[0] == "<!--" and place <= last_close:
            place = part.index("-->", place) + len("-->")
            html.append((match.start(), part[match.start() : place]))
        elif match[0] == "<!--":
            continue  # It has no end, and is text.
        elif match[0][0] == "<":
            html.append((match.start(), match[0]))
    return code, html


def _without_containers(part: str, content: tuple[str, ...]) -> str:
    """Blank out what a block's containers put before each line: `>` is not of the HTML."""
    pieces = []
    for (line, end), inside in zip(Lines(part).pairs(), content, strict=False):
        containers = len(line) - len(inside.lstrip(" \t"))
        pieces.append(" " * containers + line[containers:] + end)
    text = "".join(pieces)
    return text + " " * (len(part) - len(text))


def _liquid(prose: str) -> Iterator[tuple[int, int]]:
    """Give the parts that Jekyll or Hugo takes as they are; those without an end are text."""
    opening: re.Match[str] | None = None
    for match in _LIQUID.finditer(prose):
        closes = bool(match["end"] or match["close"])
        if opening is None and not closes:
            opening = match
        elif opening is not None and closes and _names(match) == _names(opening):
            yield opening.start(), match.end()
            opening = None


def _names(match: re.Match[str]) -> tuple[str | None, str | None]:
    return match["name"], match["shortcode"]


def _comments(lines: Lines, regions: list[_Region], html: str) -> Iterator[Comment]:
    scanner = CommentScanner()
    found = []
    for region in regions:
        found.append((region, scanner.scan(html, region.start, region.end)))
        if region.running:
            scanner.end_paragraph()
    for region, ones in found:
        for one in ones:
            indent = None if one.within else _indent(lines, region, one.start)
            yield one.as_comment(html, indent)


def _indent(lines: Lines, region: _Region, start: int) -> str | None:
    """Give what stands before the lines of a block in the place of a comment.

    None where the comment is not the first on its line. The comment's own indentation is kept
    unless it makes code of the block.
    """
    if region.content is None:
        return None
    line = lines.position(start)[0] - lines.position(region.start)[0]
    inside = region.content[line]
    own = inside[: len(inside) - len(inside.lstrip(" \t"))]
    if not lines.after(start).startswith(inside[len(own) :]):
        return None
    before = lines.before(start)
    containers = _before_own(before, own)
    width = len(before.expandtabs(_TAB)) - len(containers.expandtabs(_TAB))
    return _MARK.sub(" ", before if width < _CODE_INDENT else containers)


def _before_own(before: str, own: str) -> str:
    """Give what containers put before a line, without the line's own indentation."""
    if before.endswith(own):
        return before[: len(before) - len(own)]
    # A container ends inside of a tab, the rest of which has become spaces (CommonMark, 2.2).
    columns = before.expandtabs(_TAB)
    ends = (place for place in range(len(columns)) if _column(place, own) == len(columns))
    return columns[: next(ends, 0)]


def _column(start: int, own: str) -> int:
    return len((" " * start + own).expandtabs(_TAB))
