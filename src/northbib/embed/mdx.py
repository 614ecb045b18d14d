"""The comments of an MDX article that can be markers.

An expression that is nothing but a comment, `{/* … */}`. MDX has neither HTML comments nor indented
code (https://mdxjs.com/docs/what-is-mdx/); markdown-it-py says where code fences and paragraphs
are, and in the paragraphs code spans, tags, `import` and `export` and other expressions are passed
over.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from northbib.embed.code_spans import CodeSpans
from northbib.embed.comments import Comment
from northbib.embed.front_matter import after_front_matter
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

__all__ = ["comments"]

_TOKEN = re.compile(
    r"""
    \\[!-/:-@\[-`{-~]
    | (?P<ticks>`++)
    | (?P<comment>\{\s*+/\*(?P<text>(?:(?!\*/).)*+)(?P<close>\*/\s*+\})?+)
    | (?P<expression>\{)
    | (?P<tag><(?=[A-Za-z_$/>]))
    | (?P<module>(?<![^\r\n])(?:import|export)[ \t{])
    """,
    re.VERBOSE | re.DOTALL,
)
_SCRIPT = re.compile(
    r"""
    //[^\r\n]*+
    | /\*(?:(?!\*/).)*+(?:\*/)?+
    | '(?:[^'\\\r\n]|\\.)*+'?+ | "(?:[^"\\\r\n]|\\.)*+"?+ | `(?:[^`\\]|\\.)*+`?+
    | (?P<brace>[{}]) | (?P<blank>(?:\r\n?+|\n)[ \t]*+(?=[\r\n]|\Z))
    """,
    re.VERBOSE | re.DOTALL,
)
_IN_TAG = re.compile(r"""'[^']*+'?+|"[^"]*+"?+|(?P<brace>\{)|(?P<end>>)""")
_NOT_LINE_END = re.compile(r"[^\r\n]")
_NOT_KEPT = re.compile(r"[^\s>]")


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in code and expressions."""
    lines = Lines(text)
    blocks = _paragraphs(text)
    spans = [_span(lines, token) for token, _ in blocks]
    prose = _prose(text, spans)
    firsts: dict[int, str] = {}
    for token, is_paragraph in blocks:
        if is_paragraph:
            firsts |= enumerate(token.content.split("\n"), (token.map or [0])[0])
    return list(_comments(lines, prose, firsts))


def _paragraphs(text: str) -> list[tuple[Token, bool]]:
    """Give what has running text, and whether it is a paragraph and no heading."""
    start = after_front_matter(text)
    blank = "\n" * (len(Lines(text[:start]).starts) - 1)
    reader = MarkdownIt("commonmark").disable(["inline", "code", "html_block", "reference"])
    tokens = reader.parse(blank + text[start:])
    return [
        (token, before.type == "paragraph_open")
        for before, token in pairwise(tokens)
        if token.type == "inline" and token.map is not None
    ]


def _span(lines: Lines, token: Token) -> tuple[int, int]:
    first, last = token.map or (0, 0)
    return lines.start_of(first), lines.start_of(last)


def _prose(text: str, spans: list[tuple[int, int]]) -> str:
    """Give a text with all but its running text as spaces; its lines are the same."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [_NOT_LINE_END.sub(" ", text[done:start]), text[start:end]]
        done = end
    return "".join((*pieces, _NOT_LINE_END.sub(" ", text[done:])))


def _comments(lines: Lines, prose: str, firsts: dict[int, str]) -> Iterator[Comment]:
    spans, place = CodeSpans(prose), 0
    while match := _TOKEN.search(prose, place):
        place = match.end()
        if match["ticks"]:
            place = spans.end_of(match.start(), len(match["ticks"])) or place
        elif match["comment"] and match["close"]:
            yield _comment(lines, match, firsts)
        elif match["comment"] and prose.startswith("*/", match.end("text")):
            place = _after_script(prose, match.start() + 1)
        elif match["comment"]:
            yield _comment(lines, match, firsts)
        elif match["expression"]:
            place = _after_script(prose, place)
        elif match["tag"]:
            place = _after_tag(prose, place)
        elif match["module"]:
            place = _after_module(prose, match.start())


def _comment(lines: Lines, match: re.Match[str], firsts: dict[int, str]) -> Comment:
    closed = match["close"] is not None
    start, end = match.span()
    first = firsts.get(lines.position(start)[0] - 1, "").strip()
    indent = None
    if first and lines.after(start).startswith(first):
        indent = _NOT_KEPT.sub(" ", lines.before(start))
    return Comment(
        start, end, match.start("text"), match["text"], indent, closed=closed, closing="*/}"
    )


def _after_script(text: str, place: int) -> int:
    """Give the end of an expression from within; of the text if the braces do not match."""
    depth = 1
    for match in _SCRIPT.finditer(text, place):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
            if not depth:
                return match.end()
    return len(text)


def _after_module(text: str, place: int) -> int:
    """Give the end of an import or export: the first blank line outside of braces."""
    depth = 0
    for match in _SCRIPT.finditer(text, place):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
        elif match["blank"] is not None and depth <= 0:
            return match.end()
    return len(text)


def _after_tag(text: str, place: int) -> int:
    while match := _IN_TAG.search(text, place):
        place = match.end()
        if match["brace"]:
            place = _after_script(text, place)
        elif match["end"]:
            return place
    return len(text)
