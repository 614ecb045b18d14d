"""MDX: Markdown without links in angle brackets, and with tags that are JSX.

Source: https://mdxjs.com/docs/what-is-mdx/. A `<` and a `{` are escaped in Markdown as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.markup.html import TAGS
from northbib.markup.markdown import Dialect, blocks_in, inline_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.markup.tree import Block, Inline

__all__ = ["write_blocks", "write_inline"]

_MDX = Dialect(
    autolinks=False,
    modules=True,
    class_attribute="className",
    tags={**TAGS, "small-caps": ('<span className="small-caps">', "</span>")},
)


def write_inline(content: Iterable[Inline]) -> str:
    """Write inline nodes as one line, safe at the start of a line and in the middle of one."""
    return inline_in(content, _MDX)


def write_blocks(blocks: Iterable[Block]) -> str:
    """Write blocks as the writer of Markdown does."""
    return blocks_in(blocks, _MDX)
