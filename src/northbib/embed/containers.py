"""Blocks of Markdown dialects that have Markdown inside, as rules for markdown-it-py.

Directives of MyST (fences of backticks, tildes or colons with a name in braces), and admonitions,
details and tabs of Python-Markdown and MkDocs (`!!!`, `???`, `===`, with the content indented by
four). To CommonMark all of these are code or running text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

__all__ = ["containers"]

_DIRECTIVE = re.compile(r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[A-Za-z][\w:-]*)\}[^`\r\n]*")
# Content of all others in backticks or tildes is code.
_OF_MARKDOWN = frozenset(
    "admonition attention caution danger error hint important note seealso tip warning todo "
    "deprecated versionadded versionchanged versionremoved dropdown details card cards card-item "
    "grid grid-item grid-item-card tab-set tab-item tabs tab margin sidebar aside topic container "
    "div only epigraph pull-quote highlights compound exercise solution proof theorem lemma "
    "definition example remark corollary proposition".split()
)
# Content of these is code even between colons.
_OF_CODE = frozenset(
    "code code-block code-cell sourcecode literalinclude math raw mermaid eval-rst include "
    "parsed-literal csv-table prompt graphviz bibliography toctree".split()
)
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?|===[+!]?)[ \t]+\S.*")
_INDENT = 4


def containers(reader: MarkdownIt) -> None:
    """Let a reader know the blocks; used as a plugin of markdown-it-py."""
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    reader.block.ruler.before("fence", "directive", _directive, {"alt": interrupts})
    reader.block.ruler.before("code", "admonition", _admonition)


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    match = _DIRECTIVE.fullmatch(_line(state, start))
    if match is None:
        return False
    is_code = match["name"] in _OF_CODE
    if not is_code and match["name"] not in _OF_MARKDOWN and match["fence"][0] != ":":
        return False
    if silent:
        return True
    last, after = _end(state, start, end, match["fence"])
    if not is_code:
        _read(state, start + 1, last, state.blkIndent)
    state.line = after
    return True


def _end(state: StateBlock, start: int, end: int, fence: str) -> tuple[int, int]:
    """Give the line after the content of a directive, and the line after all of it."""
    closing = re.compile(rf"{re.escape(fence[0])}{{{len(fence)},}}[ \t]*")
    for number in range(start + 1, end):
        if state.sCount[number] < state.blkIndent and not state.isEmpty(number):
            return number, number
        if closing.fullmatch(_line(state, number)):
            return number, number + 1
    return end, end


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not _ADMONITION.fullmatch(_line(state, start)):
        return False
    indent = state.blkIndent + _INDENT
    after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
    if all(state.isEmpty(number) for number in range(start + 1, after)):
        return False
    if not silent:
        _read(state, start + 1, after, indent)
        state.line = after
    return True


def _read(state: StateBlock, start: int, end: int, indent: int) -> None:
    """Read lines as Markdown that is indented by so many columns."""
    before, last = state.blkIndent, state.lineMax
    state.blkIndent, state.lineMax, state.level = indent, end, state.level + 1
    state.md.block.tokenize(state, start, end)
    state.blkIndent, state.lineMax, state.level = before, last, state.level - 1


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]
