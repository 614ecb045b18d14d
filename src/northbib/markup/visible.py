"""What a reader can see and follow: the one step that every writer starts with.

Whatever the output, text stays on one line and holds only characters that a file may hold, styles
that change nothing are gone, and a link leads to the web or to a mailbox and nowhere else. So a
writer has only its own syntax to care for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.markup.inline import merge
from northbib.markup.tree import (
    Inline,
    Inlines,
    Link,
    Reference,
    Styled,
    Text,
    with_children,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

__all__ = ["address", "one_line", "visible"]

# Set twice, these look as if set once; a superscript of a superscript stands higher.
_IDEMPOTENT = frozenset({"emphasis", "strong", "small-caps", "underline", "work-title"})

_LINE_BREAK = re.compile(r"\r\n|[\t-\r\x85\u2028\u2029]")
_UNWRITABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ufeff\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_FOLLOWED = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# RFC 3986, 2: none of these may stand in an address. Letters beyond ASCII may (RFC 3987, 2.2).
_NOT_IN_ADDRESS = re.compile(r"[^\w\x21-\x7e]|[\"<>\\^`{|}]")


def visible(content: Iterable[Inline], keeping: Collection[str] = ()) -> Inlines:
    """Give the tree as a writer needs it.

    Texts are `one_line`, addresses are `address`; styles inside the same style, links inside links
    and links to an address that may not be written give way to their children; adjacent texts are
    joined and nothing in it is empty.

    Args:
        content: Inline nodes.
        keeping: Those of `work-title` and `reference` that the markup can say; nodes of the others
            give way to their children, as `no-case` ones do.
    """
    dropped = frozenset(("no-case", "work-title", "reference")).difference(keeping)
    return merge(_visible(content, dropped, []))


def one_line(text: str) -> str:
    r"""Make text that stands on one line and can be written to any file.

    Line breaks and tabs become one space each (CR LF counts as one); control characters, byte order
    marks, lone surrogates and noncharacters, which neither HTML nor XML can hold, are dropped.

    >>> one_line("Northern\r\nFutures\x00")
    'Northern Futures'
    """
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", _LINE_BREAK.sub(" ", text))


def address(url: str) -> str | None:
    r"""Give the address of a link as it may be written, None if nobody should follow it.

    Only http, https and mailto pass, so that `javascript:` and its like never reach an article.
    What may not stand in an address (white space, quotes, `<`, `>`, `\`, `^`, backtick, braces and
    `|`) is percent-encoded.
    """
    line = one_line(url).strip()
    if not _FOLLOWED.match(line):
        return None
    return _NOT_IN_ADDRESS.sub(lambda match: quote(match.group()), line)


def _visible(
    content: Iterable[Inline], around: frozenset[str], found: list[Inline]
) -> list[Inline]:
    """Add nodes to those found; a kind that is around, or is not wanted at all, is left out."""
    for node in content:
        if isinstance(node, Text):
            found.append(node if node.text.isprintable() else Text(one_line(node.text)))
        elif isinstance(node, Link):
            url = None if "link" in around else address(node.url)
            if url is None:
                _visible(node.children, around, found)
            else:
                inside = _visible(node.children, around | {"link", "reference"}, [])
                found.append(Link(url, tuple(inside)))
        elif isinstance(node, Reference):
            if "reference" in around:
                _visible(node.children, around, found)
            else:
                inside = _visible(node.children, around | {"link", "reference"}, [])
                found.append(with_children(node, tuple(inside)))
        elif node.kind in around:
            _visible(node.children, around, found)
        else:
            styles = around | {node.kind} if node.kind in _IDEMPOTENT else around
            found.append(Styled(node.kind, tuple(_visible(node.children, styles, []))))
    return found
