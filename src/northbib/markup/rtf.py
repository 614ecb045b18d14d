r"""Rich Text Format 1.9, which word processors open and take from the clipboard.

All but ASCII is written as `\u` with the number of a UTF-16 unit, and after it, for readers that
know no Unicode, the sign in Windows-1252 or a question mark.
"""

from __future__ import annotations

import re
import string
import struct
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.markup.tree import (
    Block,
    Heading,
    Inline,
    Inlines,
    ItemList,
    Kind,
    Link,
    Styled,
    Text,
    text_of,
)
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["write_blocks", "write_inline"]

_WORDS: dict[Kind, str] = {
    "emphasis": r"\i",
    "strong": r"\b",
    "small-caps": r"\scaps",
    "superscript": r"\super",
    "subscript": r"\sub",
    "underline": r"\ul",
}
_HEADER = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}}\uc1"

_SPECIAL = re.compile(r"[\\{}]")
# pandoc reads `\'e9'41` as two signs in hexadecimal, so apostrophes there are written as such too.
_NOT_ASCII = re.compile(r"[^\x00-\x7f]|(?<=[^\x00-\x7f])'+")


def write_inline(content: Iterable[Inline]) -> str:
    r"""Write inline nodes as a fragment for the middle of an RTF document, without its header.

    A fragment that holds more than ASCII is a group, in which one sign stands in for each `\u`
    (`\uc1`) whatever the document around it says.

    >>> write_inline((Text("A {draft} of née"),))
    "{\\uc1 A \\{draft\\} of n\\u233\\'e9e}"
    """
    seen = visible(content)
    source = _inline(seen)
    return source if text_of(seen).isascii() else rf"{{\uc1 {source}}}"


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write a complete document, one paragraph a line.

    Headings are bold and have their outline level; entries are paragraphs with a hanging indent
    that begin with a bullet or their number. Blocks without content are left out, and nothing at
    all is written for no blocks.
    """
    lines = [line for block in blocks for line in _lines(block)]
    return "\n".join((_HEADER, *lines, "}\n")) if lines else ""


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, ItemList):
        for number, item in enumerate(block.items, 1):
            mark = f"{number}." if block.ordered else r"\bullet"
            yield rf"\pard\fi-360\li360\sa60 {mark}\tab {_entry(item.content)}\par"
            below = (_entry(paragraph.content) for paragraph in item.annotation)
            yield from (rf"\pard\li360\sa60 {text}\par" for text in below if text)
        return
    text = _entry(block.content)
    if not text:
        return
    if isinstance(block, Heading):
        yield rf"\pard\keepn\sb240\sa120\outlinelevel{block.level - 1} {{\b {text}}}\par"
    else:
        yield rf"\pard\sa120 {text}\par"


def _entry(content: Inlines) -> str:
    return _inline(visible(content)).strip(" ")


def _inline(content: Inlines) -> str:
    return "".join(map(_node, content))


def _node(node: Inline) -> str:
    if isinstance(node, Text):
        return _escape(node.text)
    inside = _inline(node.children)
    if isinstance(node, Link):
        field = rf'{{\*\fldinst{{HYPERLINK "{_address(node.url)}"}}}}'
        return rf"{{\field{field}{{\fldrslt{{\ul {inside}}}}}}}"
    return f"{{{_WORDS[node.kind]} {inside}}}" if isinstance(node, Styled) else inside


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    return escaped if escaped.isascii() else _NOT_ASCII.sub(_unicode, escaped)


def _unicode(match: re.Match[str]) -> str:
    sign = match[0]
    if sign.isascii():
        return r"\'27" * len(sign)
    fallback = rf"\'{sign.encode('cp1252', 'replace')[0]:02x}"
    units = struct.iter_unpack("<h", sign.encode("utf-16-le"))
    return "".join(rf"\u{unit}{fallback}" for (unit,) in units)


def _address(url: str) -> str:
    """Write an address in ASCII (RFC 3987, 3.1), since a field has no other letters."""
    return quote(url, safe=string.punctuation)
