"""Plain text: the words, nothing that a mail or a terminal would show as markup.

A heading is underlined, `=` for levels 1 and 2 and `-` below, entries begin with `- ` or their
number, an annotation stands below its entry as far in as the text there, and no line is wrapped.
A link in a sentence is its text; in a block the addresses that the text does not show follow at
its end in angle brackets (RFC 3986, appendix C), since a reader of plain text can follow no other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.markup.tree import Block, Heading, Inline, Inlines, ItemList, Link, Text, text_of
from northbib.markup.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["write_blocks", "write_inline"]


def write_inline(content: Iterable[Inline]) -> str:
    """Write the text of inline nodes on one line."""
    return text_of(visible(content))


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write headings, paragraphs and lists with a blank line between them."""
    written = ("\n".join(_lines(block)) for block in blocks)
    text = "\n\n".join(filter(None, written))
    return f"{text}\n" if text else ""


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        text = _with_addresses(block.content)
        yield text
        yield ("=" if block.level < 3 else "-") * len(text)
    elif isinstance(block, ItemList):
        for number, item in enumerate(block.items, 1):
            mark = f"{number}." if block.ordered else "-"
            yield f"{mark} {_with_addresses(item.content)}".rstrip()
            below = (_with_addresses(paragraph.content) for paragraph in item.annotation)
            yield from (f"{' ' * len(mark)} {text}" for text in below if text)
    else:
        yield _with_addresses(block.content)


def _with_addresses(content: Inlines) -> str:
    seen = visible(content)
    text = text_of(seen).strip()
    hidden = [url for url in _addresses(seen) if _name(url) not in text]
    return " ".join((text, *(f"<{url}>" for url in dict.fromkeys(hidden)))).strip()


def _addresses(content: Inlines) -> Iterator[str]:
    for node in content:
        if isinstance(node, Link):
            yield node.url
        elif not isinstance(node, Text):
            yield from _addresses(node.children)


def _name(url: str) -> str:
    """Give what a reader needs of an address: a DOI or mailbox that the text shows is enough."""
    return url.removeprefix("https://doi.org/").removeprefix("mailto:")
