"""From a flattened stream to the rich-text tree that all markups are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.tokens import BLOCK, CLOSE, REFERENCE, referred_to
from northbib.markup.inline import merge
from northbib.markup.tree import Inline, Inlines, Kind, Reference, Styled, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.csl.native.tokens import Tokens

__all__ = ["tree"]

_KINDS: Final[dict[tuple[str, str], Kind]] = {
    ("font-style", "italic"): "emphasis",
    ("font-style", "oblique"): "emphasis",
    ("font-weight", "bold"): "strong",
    ("font-variant", "small-caps"): "small-caps",
    ("text-decoration", "underline"): "underline",
    ("vertical-align", "sup"): "superscript",
    ("vertical-align", "sub"): "subscript",
}

_Style = Kind | tuple[str, str]
"""A kind of setting text, or the key and the anchor of a reference."""
Run = tuple[str, tuple[_Style, ...]]


def tree(tokens: Tokens) -> Inlines:
    """Make the tree of a stream; display blocks become words apart."""
    simple = _simple(tokens)
    return merge(_nested(_runs(tokens), 0)) if simple is None else simple


def _simple(tokens: Tokens) -> Inlines | None:
    """Make the tree of a stream whose formats neither undo, repeat nor meet each other, else None.

    Nearly all are such, and it takes a third of the time.
    """
    nodes: list[Inline] = []
    outer: list[tuple[list[Inline], list[str], tuple[str, str] | None]] = []
    words: list[str] = []
    last = " "
    blocks = False
    for token in tokens:
        if isinstance(token, str):
            words.append(token)
            last = token
        elif token is CLOSE:
            around, before, pair = outer.pop()
            if pair is None:
                last = _apart(words, last)
                continue
            inner = _with_words(nodes, words)
            nodes, words = around, before
            if inner:
                nodes = _with_words(nodes, words)
                words = []
                node = _node(_style(*pair), inner)
                if nodes and isinstance(node, Styled) and _kind(nodes[-1]) == node.kind:
                    return None
                nodes.append(node)
        elif token.kind == BLOCK:
            blocks = True
            last = _apart(words, last)
            outer.append((nodes, words, None))
        else:
            pair = (token.attribute, token.value)
            if _style(*pair) is None or any(o and pair[0] == o[0] for _, _, o in outer):
                return None
            outer.append((nodes, words, pair))
            nodes, words = [], []
    if outer or (blocks and not _ends_in_words(words)):
        return None
    return tuple(_with_words(nodes, words))


def _apart(words: list[str], last: str) -> str:
    """Write a space where a block begins or ends, unless one stands there; give what is last."""
    if last.endswith(" "):
        return last
    words.append(" ")
    return " "


def _ends_in_words(words: list[str]) -> bool:
    """Take the spaces off the end; tell whether there is something else before them."""
    while words and not words[-1].strip():
        words.pop()
    return bool(words)


def _with_words(nodes: list[Inline], words: list[str]) -> list[Inline]:
    text = "".join(words)
    if text:
        nodes.append(Text(text))
    return nodes


def _runs(tokens: Tokens) -> list[Run]:
    """Give the pieces of text with the styles that each is set in, from the outside in."""
    runs: list[Run] = []
    opened: list[tuple[str, str]] = []
    for token in tokens:
        if isinstance(token, str):
            runs.append((token, _styles(opened)))
        elif token is CLOSE:
            if opened.pop()[0] == "display" and runs and not runs[-1][0].endswith(" "):
                runs.append((" ", _styles(opened)))
        elif token.kind == BLOCK:
            if runs and not runs[-1][0].endswith(" "):
                runs.append((" ", _styles(opened)))
            opened.append(("display", ""))
        elif token.attribute:
            opened.append((token.attribute, token.value))
    while runs and not runs[-1][0].strip():
        runs.pop()
    return runs


def _style(attribute: str, value: str) -> _Style | None:
    if attribute == REFERENCE:
        return referred_to(value)
    return _KINDS.get((attribute, value))


def _node(style: _Style | None, children: Sequence[Inline]) -> Inline:
    if isinstance(style, tuple):
        return Reference(style[0], tuple(children), style[1])
    return Styled(style or "no-case", tuple(children))


def _kind(node: Inline) -> Kind | None:
    return node.kind if isinstance(node, Styled) else None


def _styles(opened: Sequence[tuple[str, str]]) -> tuple[_Style, ...]:
    """Give the styles in force: upright within italics is no style."""
    if not opened:
        return ()
    last = dict(opened)
    styles = (_style(*pair) for pair in last.items())
    return tuple(style for style in styles if style is not None)


def _nested(runs: Sequence[Run], depth: int) -> list[Inline]:
    nodes: list[Inline] = []
    start = 0
    while start < len(runs):
        text, kinds = runs[start]
        if len(kinds) <= depth:
            nodes.append(Text(text))
            start += 1
            continue
        kind = kinds[depth]
        end = start + 1
        while end < len(runs) and len(runs[end][1]) > depth and runs[end][1][depth] == kind:
            end += 1
        nodes.append(_node(kind, _nested(runs[start:end], depth + 1)))
        start = end
    return nodes
