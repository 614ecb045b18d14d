"""Anchors in markups that are no HTML: where they stand, and what they are called.

An entry has one where citations lead to it, and only there: a plain list stays plain.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.markup.html import anchor
from northbib.markup.tree import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.markup.tree import Item

__all__ = ["backlinks", "entry_anchor", "plain", "plain_anchor"]

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_.-]")


def entry_anchor(item: Item, prefix: str = PREFIX) -> str:
    """Give the anchor of an entry to which citations lead; "" for one that nothing leads to."""
    return anchor(item.key, prefix) if item.key and item.cited_at else ""


def plain_anchor(key: str, prefix: str = PREFIX) -> str:
    """Give the anchor of a key as `plain` has it."""
    return plain(anchor(key, prefix))


def plain(name: str) -> str:
    """Give an anchor with nothing in it but ASCII letters, digits and `_`, `.`, `-`.

    Typst, AsciiDoc and pdfTeX take no others, or not everywhere; to Org a colon ends a scheme.

    >>> plain("ref-a=20b"), plain("cite-é")
    ('ref-a-x20b', 'cite--xe9')
    """
    return _NOT_PLAIN.sub(_encoded, name)


def backlinks(item: Item) -> Iterator[tuple[str, str]]:
    """Give the anchors of the citations of an entry, and the text of the link to each of them."""
    anchors = [name for name in item.cited_at if name]
    for number, name in enumerate(anchors, 1):
        yield name, "↩" if len(anchors) == 1 else f"↩{number}"


def _encoded(match: re.Match[str]) -> str:
    return "-x" if match.group() == "=" else f"-x{ord(match.group()):x}"
