"""HTML, in fragments that fit any page.

Italics, bold and underlining are `<i>`, `<b>` and `<u>`, not `<em>` and `<strong>`: a citation
style asks for a look, and a screen reader should not stress every title. Small caps are
`<span class="small-caps">`, since HTML has no element for them and a style attribute would be
refused by strict content policies.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.markup.tree import Block, Heading, Inline, Inlines, ItemList, Kind, Link, Styled, Text
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["TAGS", "anchor", "write_blocks", "write_inline"]

TAGS: dict[Kind, tuple[str, str]] = {
    "emphasis": ("<i>", "</i>"),
    "strong": ("<b>", "</b>"),
    "small-caps": ('<span class="small-caps">', "</span>"),
    "superscript": ("<sup>", "</sup>"),
    "subscript": ("<sub>", "</sub>"),
    "underline": ("<u>", "</u>"),
}

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
_NOT_IN_ANCHOR = re.compile(r"[^\w.:-]")


def write_inline(content: Iterable[Inline]) -> str:
    """Write inline nodes as HTML phrasing content.

    >>> write_inline((Link("https://www.gov.uk/", (Text("<A & B>"),)),))
    '<a href="https://www.gov.uk/">&lt;A &amp; B&gt;</a>'
    """
    return _inline(visible(content))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headings, paragraphs and lists, one element a line, indented by two spaces.

    A list is `<ul class="northbib">` or `<ol class="northbib">`; an entry is `<li>` with the
    `anchor` of its key as id, or without an id where the key is empty or has been there before.
    """
    seen: set[str] = set()
    return "".join(f"{line}\n" for block in blocks for line in _lines(block, seen))


def anchor(key: str) -> str:
    """Give the id of an entry, the same for a key wherever it stands and another for every key.

    It is `ref-` and the key, in which all but letters, digits and `_`, `-`, `.`, `:` is written as
    the bytes of its UTF-8, each as `=` and two hexadecimal digits.

    >>> anchor("lee2017"), anchor("a b/c")
    ('ref-lee2017', 'ref-a=20b=2Fc')
    """
    return "ref-" + _NOT_IN_ANCHOR.sub(_encoded, key)


def _encoded(match: re.Match[str]) -> str:
    return "".join(f"={byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


def _inline(content: Inlines) -> str:
    return "".join(_node(node) for node in content)


def _node(node: Inline) -> str:
    if isinstance(node, Text):
        return node.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if isinstance(node, Link):
        return f'<a href="{node.url.translate(_ESCAPES)}">{_inline(node.children)}</a>'
    opening, closing = TAGS[node.kind] if isinstance(node, Styled) else ("", "")
    return f"{opening}{_inline(node.children)}{closing}"


def _lines(block: Block, seen: set[str]) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"<h{block.level}>{write_inline(block.content)}</h{block.level}>"
    elif isinstance(block, ItemList):
        name = "ol" if block.ordered else "ul"
        yield f'<{name} class="northbib">'
        for item in block.items:
            yield f"  <li{_id(item.key, seen)}>{write_inline(item.content)}</li>"
        yield f"</{name}>"
    else:
        yield f"<p>{write_inline(block.content)}</p>"


def _id(key: str, seen: set[str]) -> str:
    if not key or key in seen:
        return ""
    seen.add(key)
    return f' id="{anchor(key)}"'
