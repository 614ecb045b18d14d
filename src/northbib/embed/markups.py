"""The markups that an article can be in."""

from __future__ import annotations

import importlib
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.embed.comments import Comment

__all__ = ["EXTENSIONS", "Markup", "as_comment", "comments_of", "markup_of"]

Markup = Literal["markdown", "mdx", "html", "rst", "asciidoc", "latex", "typst", "org"]

EXTENSIONS: dict[str, Markup] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".mkd": "markdown",
    ".qmd": "markdown",
    ".rmd": "markdown",
    ".mdx": "mdx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".asc": "asciidoc",
    ".tex": "latex",
    ".ltx": "latex",
    ".typ": "typst",
    ".org": "org",
}
"""Ending of a file's name -> its markup."""

_SIGNS: dict[Markup, tuple[str, str]] = {
    "markdown": ("<!-- ", " -->"),
    "mdx": ("{/* ", " */}"),
    "html": ("<!-- ", " -->"),
    "rst": (".. ", ""),
    "asciidoc": ("// ", ""),
    "latex": ("% ", ""),
    "typst": ("// ", ""),
    "org": ("# ", ""),
}
"""What a comment of one line begins and ends with."""


def markup_of(path: PurePath | str) -> Markup:
    """Give the markup of an article by its name.

    Raises:
        UsageError: The name says nothing, or a markup that cannot be written yet.
    """
    try:
        return EXTENSIONS[PurePath(path).suffix.lower()]
    except KeyError:
        raise UsageError(
            "the name's ending names no markup that can carry a section",
            where=str(path),
            hint=f"an article's name ends in {', '.join(EXTENSIONS)}",
        ) from None


def comments_of(text: str, markup: Markup) -> list[Comment]:
    """Give the comments of a text that can be markers, with the module of its markup."""
    reader = importlib.import_module(f"northbib.embed.{markup}")
    comments: Callable[[str], list[Comment]] = reader.comments
    return comments(text)


def as_comment(text: str, markup: Markup) -> str:
    """Write a line of text as a comment.

    >>> as_comment("northbib:end", "rst")
    '.. northbib:end'
    """
    opening, closing = _SIGNS[markup]
    return f"{opening}{text}{closing}"
