"""Rich text carried through an engine that knows only strings.

Each style of the tree is a pair of noncharacters around its text. Unicode keeps these code points
for a program's own use (The Unicode Standard, 23.7) and they are taken out of all text that comes
in, so that none can be forged; no change of case and no strip of white space touches them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from citeproc.string import String

from northbib.markup.inline import merge, parse_inline
from northbib.markup.tree import Inline, Inlines, Kind, Styled, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MARK", "NO_CASE", "mark", "mark_field", "marked", "tidy", "unmark", "without_marks"]

_KINDS: tuple[Kind, ...] = (
    "emphasis",
    "strong",
    "small-caps",
    "superscript",
    "subscript",
    "underline",
    "no-case",
)
_FIRST_OPEN, _FIRST_CLOSE = 0xFDD0, 0xFDE0
_OPEN = {kind: chr(_FIRST_OPEN + index) for index, kind in enumerate(_KINDS)}
_CLOSE = {kind: chr(_FIRST_CLOSE + index) for index, kind in enumerate(_KINDS)}
_OPENED = {mark: kind for kind, mark in _OPEN.items()}
_CLOSED = {mark: kind for kind, mark in _CLOSE.items()}

MARK = "[\ufdd0-\ufdef]"
"""A pattern for one mark."""

NO_CASE = (_OPEN["no-case"], _CLOSE["no-case"])
"""The marks around text whose case may not change."""

_MARKS = re.compile(MARK)
_TOKEN = re.compile(f"({MARK})")
_DOUBLE_SPACE = re.compile(f" ((?:{MARK})*) +")
# Only where a mark stands between, so at the seam of two pieces: "Potential.</i>." but never "...".
_DOUBLE_STOP = re.compile(rf"([.,;:])((?:{MARK})+)\1(?!\1)|(?<=[?!])((?:{MARK})+)\.(?!\.)")


def mark(text: object, kind: Kind) -> String:
    """Put a style around text, which may be one of citeproc-py's own strings."""
    inner = str(text)
    return String(f"{_OPEN[kind]}{inner}{_CLOSE[kind]}" if inner else "")


def mark_field(text: str) -> String:
    """Make a rich text of a record into marked text."""
    return marked(parse_inline(without_marks(text)))


def marked(content: Inlines) -> String:
    """Make a tree into marked text; links give way to their children."""
    return String("".join(_marked(content)))


def without_marks(text: str) -> str:
    """Take all code points out of a text that could pass for marks."""
    return _MARKS.sub("", text)


def tidy(text: str) -> str:
    """Mend what joining pieces leaves behind at their seams: double spaces and double stops."""
    text = _DOUBLE_STOP.sub(lambda match: f"{match[1] or ''}{match[2] or match[3]}", text)
    return _DOUBLE_SPACE.sub(r" \1", text)


def unmark(text: str) -> Inlines:
    """Read marked text into the tree.

    A mark that does not pair up is left out; a style inside the same style is not nested.
    """
    stack: list[tuple[Kind | None, list[Inline]]] = [(None, [])]
    for token in _TOKEN.split(text):
        kinds = [kind for kind, _ in stack]
        if token in _OPENED:
            stack.append((_OPENED[token], []))
        elif token not in _CLOSED:
            stack[-1][1].append(Text(without_marks(token)))
        elif _CLOSED[token] in kinds:
            while stack[-1][0] != _CLOSED[token]:
                _close(stack)
            _close(stack)
    while len(stack) > 1:
        _close(stack)
    return merge(stack[0][1])


def _close(stack: list[tuple[Kind | None, list[Inline]]]) -> None:
    kind, children = stack.pop()
    if kind in (None, "no-case") or any(kind == outer for outer, _ in stack):
        stack[-1][1].extend(children)
    else:
        stack[-1][1].append(Styled(kind, tuple(children)))


def _marked(content: Iterable[Inline]) -> Iterable[str]:
    for node in content:
        if isinstance(node, Text):
            yield node.text
        elif isinstance(node, Styled):
            yield _OPEN[node.kind]
            yield from _marked(node.children)
            yield _CLOSE[node.kind]
        else:
            yield from _marked(node.children)
