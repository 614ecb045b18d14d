"""One rich-text tree, one writer for each markup.

A markup is a module of this package with the two functions of `Writer`, and its name in `MARKUPS`.
A format that no text can hold is a module with the function of `DocumentWriter`, and its name in
`BINARY`; `write_document` writes files of both.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.markup.tree import Block, Inline

__all__ = ["BINARY", "MARKUPS", "DocumentWriter", "Writer", "write_document", "writer"]

MARKUPS: tuple[str, ...] = (
    "html",
    "markdown",
    "text",
    "latex",
    "rst",
    "asciidoc",
    "typst",
    "rtf",
    "mdx",
    "org",
)
BINARY: tuple[str, ...] = ("docx",)


class Writer(Protocol):
    """What a module of a markup offers."""

    def write_inline(self, content: Iterable[Inline]) -> str:
        """Write inline nodes as one line without a line end, such as a citation in a sentence."""
        ...

    def write_blocks(self, blocks: Iterable[Block]) -> str:
        """Write blocks with LF line ends and one at the end; nothing at all for no blocks."""
        ...


class DocumentWriter(Protocol):
    """What a module of a binary format offers."""

    def write_document(self, blocks: Iterable[Block]) -> bytes:
        """Write blocks as a file, the same bytes for the same blocks."""
        ...


def writer(markup: str) -> Writer:
    """Give the writer of a markup.

    Args:
        markup: One of `MARKUPS`.

    Raises:
        UsageError: There is no such markup.
    """
    if markup not in MARKUPS:
        raise UsageError(f"unknown markup {markup!r}", hint=f"known are {', '.join(MARKUPS)}")
    return cast("Writer", import_module(f"northbib.markup.{markup}"))


def write_document(markup: str, blocks: Iterable[Block]) -> bytes:
    """Write blocks as the bytes of a file: UTF-8 in a markup, else what the format is.

    Args:
        markup: One of `MARKUPS` or `BINARY`.
        blocks: What to write.

    Raises:
        UsageError: There is no such markup or format, or the package that writes it is not there.
    """
    if markup in MARKUPS:
        return writer(markup).write_blocks(blocks).encode()
    if markup not in BINARY:
        known = ", ".join((*MARKUPS, *BINARY))
        raise UsageError(f"unknown markup {markup!r}", hint=f"known are {known}")
    try:
        module = import_module(f"northbib.markup.{markup}")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{markup} needs the package {error.name}", hint=f"install northbib[{markup}]"
        ) from error
    return cast("DocumentWriter", module).write_document(blocks)
