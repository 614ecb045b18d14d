r"""Typst from 0.12 on.

Styles are function calls, `#emph[…]` and not `_…_`, since calls work inside a word too. Quotes,
hyphens and dots that Typst would print as other signs are escaped. White space is what Typst makes
of it: a run of spaces prints as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.markup.anchors import backlinks, entry_anchor, plain, plain_anchor
from northbib.markup.tree import (
    Block,
    Heading,
    Inline,
    Inlines,
    Item,
    ItemList,
    Kind,
    Link,
    Paragraph,
    Reference,
    Styled,
    Text,
)
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["write_blocks", "write_inline"]

_FUNCTIONS: dict[Kind, str] = {
    "emphasis": "#emph",
    "strong": "#strong",
    "small-caps": "#smallcaps",
    "superscript": "#super",
    "subscript": "#sub",
    "underline": "#underline",
}

# After the signs that always mean something: `//` begins a comment, alone or in an address that
# would become a link; `...`, `--`, `-?` and a hyphen before a number are shorthands for other
# signs. A hyphen inside a word is none.
_SPECIAL = re.compile(
    r"[\\#$*_`<@\[\]~'\"]|/(?=/)|\.(?=\.\.)|-(?=[-?])|(?<![^\W_])-(?=[^\W_])", re.ASCII
)
# Headings, lists and terms begin at the start of a line, and of an argument in brackets too.
_BLOCK_START = re.compile(r"^\s*(?:(?=[=+/-])|[0-9]+(?=\.(?:\s|$)))")
# What would go on with a call that ended right before it; to pandoc, white space makes no end.
_GOES_ON = re.compile(r"^(?:(?=[(;]|\.(?!\s|$))|\s+(?=[;.]))")
# Typst stops at longer addresses.
_LONGEST_ADDRESS = 8000


def write_inline(content: Iterable[Inline]) -> str:
    r"""Write inline nodes as one line, safe at the start of a line and in the middle of one.

    A call at the end is closed by a semicolon, which does not print, so that text that goes on with
    a bracket or a full stop may follow.

    >>> write_inline((Text("1. R#D"), Link("https://www.gov.uk/", (Text("GOV.UK"),))))
    '1\\. R\\#D#link("https://www.gov.uk/")[GOV.UK];'
    """
    seen = visible(content, keeping=("reference",))
    source = _inline(seen)
    ends_in_call = source.endswith("]") and not isinstance(seen[-1], Text)
    return f"{source};" if ends_in_call else source


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headings, paragraphs and lists, `-` or `+`, with a blank line between blocks.

    An annotation stands below its entry. A list right after one of its kind is written as a call,
    which makes it a list of its own. Blocks without content are left out.
    """
    written: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if isinstance(block, ItemList):
            beside = isinstance(previous, ItemList) and previous.ordered == block.ordered
            text = _list_call(block) if beside else _list(block)
        else:
            text = _line(block)
        if text:
            written.append(text)
            previous = block
    return "\n\n".join(written) + "\n" if written else ""


def _line(block: Heading | Paragraph) -> str:
    source = _entry(block.content)
    return f"{'=' * block.level} {source}" if isinstance(block, Heading) and source else source


def _list(block: ItemList) -> str:
    mark = "+" if block.ordered else "-"
    loose = any(item.annotation for item in block.items)
    items = (f"{mark} {_item(item, block)}".rstrip() for item in block.items)
    return ("\n\n" if loose else "\n").join(items)


def _list_call(block: ItemList) -> str:
    if not block.items:
        return ""
    items = (f"  [{_item(item, block)}]," for item in block.items)
    return "\n".join(("#enum(" if block.ordered else "#list(", *items, ")"))


def _item(item: Item, block: ItemList) -> str:
    """Write an entry, with its annotation indented below it, its anchor and the ways back."""
    back = (f" #link(<{plain(name)}>)[{sign}]" for name, sign in backlinks(item))
    text = "".join((_anchor(entry_anchor(item, block.prefix)), _entry(item.content), *back))
    below = (_entry(paragraph.content) for paragraph in item.annotation)
    return "\n\n  ".join((text, *filter(None, below)))


def _anchor(name: str) -> str:
    """Write an anchor: a label needs something that it belongs to and that does not show."""
    return f"#metadata(none)<{plain(name)}>" if name else ""


def _entry(content: Inlines) -> str:
    return _inline(visible(content, keeping=("reference",))).strip()


def _inline(content: Inlines) -> str:
    """Write the content of a line or of an argument in brackets."""
    pieces: list[str] = []
    begun = after_call = False
    for node in content:
        if isinstance(node, Text):
            piece = _SPECIAL.sub(r"\\\g<0>", node.text)
            if not begun:
                piece = _BLOCK_START.sub(r"\g<0>\\", piece, count=1)
            elif after_call:
                piece = _GOES_ON.sub(r"\g<0>\\", piece, count=1)
            after_call = False
        else:
            piece = _call(node)
            after_call = True
        begun = begun or not piece.isspace()
        pieces.append(piece)
    return "".join(pieces)


def _call(node: Styled | Link | Reference) -> str:
    """Write a call with the spaces at its edges outside, since Typst's HTML has none inside."""
    source = _inline(node.children)
    inside = source.strip(" ")
    anchor = _anchor(node.id) if isinstance(node, Reference) else ""
    if not inside:
        return source
    at = source.index(inside)
    return f"{source[:at]}{anchor}{_function(node)}[{inside}]{source[at + len(inside) :]}"


def _function(node: Styled | Link | Reference) -> str:
    if isinstance(node, Styled):
        return _FUNCTIONS[node.kind]
    if isinstance(node, Reference):
        return f"#link(<{plain_anchor(node.key, node.prefix)}>)"
    return f'#link("{node.url}")' if len(node.url.encode()) <= _LONGEST_ADDRESS else "#"
