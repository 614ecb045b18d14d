"""The inline markup of CSL-JSON read into the rich-text tree.

CSL-JSON knows `<i>`, `<b>`, `<sub>`, `<sup>`, `<sc>`, `<span class="nocase">` and
`<span style="font-variant:small-caps;">` (CSL data schema, "rich text"); a bare `<`, `>` or `&`
stands for itself and there are no character references.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from northbib.markup.tree import Inline, Inlines, Kind, Styled, Text, with_children
from northbib.records.text import INLINE_TAG

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["merge", "parse_inline"]

_KINDS: dict[str, Kind] = {
    "<i>": "emphasis",
    "<b>": "strong",
    "<sub>": "subscript",
    "<sup>": "superscript",
    "<sc>": "small-caps",
    '<span class="nocase">': "no-case",
}

# Nobody nests styles deeper on purpose; the limit keeps every walk over a tree within the stack.
_DEEPEST = 32


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end, and what it has enclosed so far."""

    tag: str
    children: list[Inline] = field(default_factory=list)


def parse_inline(text: str) -> Inlines:
    """Read a text variable of CSL-JSON.

    Never raises: a tag that is not closed, not opened, crosses another or is nested more than 32
    deep is read as the text that it is written with.

    >>> parse_inline("A <i>very</i> x < y")
    (Text(text='A '), Styled(kind='emphasis', children=(Text(text='very'),)), Text(text=' x < y'))
    """
    if "<" not in text:
        return (Text(text),) if text else ()
    stack = [_Open("")]
    position = 0
    for match in INLINE_TAG.finditer(text):
        stack[-1].children.append(Text(text[position : match.start()]))
        _take_tag(match.group(), stack)
        position = match.end()
    stack[-1].children.append(Text(text[position:]))
    while len(stack) > 1:
        _take_as_text(stack)
    return merge(stack[0].children)


def merge(content: Iterable[Inline]) -> Inlines:
    """Join adjacent texts and drop empty nodes, at every depth."""
    merged: list[Inline] = []
    run: list[Text] = []
    for node in content:
        if isinstance(node, Text):
            if node.text:
                run.append(node)
            continue
        children = merge(node.children)
        if not children:
            continue
        _end_run(run, merged)
        merged.append(node if children == node.children else with_children(node, children))
    _end_run(run, merged)
    return tuple(merged)


def _end_run(run: list[Text], merged: list[Inline]) -> None:
    if len(run) == 1:
        merged.append(run[0])
    elif run:
        merged.append(Text("".join(text.text for text in run)))
    run.clear()


def _take_tag(tag: str, stack: list[_Open]) -> None:
    if not tag.startswith("</"):
        if len(stack) > _DEEPEST:
            stack[-1].children.append(Text(tag))
        else:
            stack.append(_Open(tag))
        return
    name = tag[2:-1]
    if not any(_name(opened.tag) == name for opened in stack):
        stack[-1].children.append(Text(tag))
        return
    while _name(stack[-1].tag) != name:
        _take_as_text(stack)
    closed = stack.pop()
    kind = _KINDS.get(closed.tag, "small-caps")
    stack[-1].children.append(Styled(kind, tuple(closed.children)))


def _take_as_text(stack: list[_Open]) -> None:
    unclosed = stack.pop()
    stack[-1].children += [Text(unclosed.tag), *unclosed.children]


def _name(tag: str) -> str:
    """Give the element of an opening tag: `<span class="nocase">` is a `span`."""
    return tag[1:-1].partition(" ")[0]
