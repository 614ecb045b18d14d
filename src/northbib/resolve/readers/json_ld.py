"""The JSON-LD of a page -> its nodes, mended where it is broken.

Sources: JSON-LD 1.1, 3.3 (`@id`), 6.1 (`@graph`); HTML Living Standard, 4.12.1 (data blocks).
"""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

from northbib.resolve.readers.schema_org import Node, read_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.resolve.claims import Claim
    from northbib.resolve.readers.parts import Page

__all__ = ["SOURCE", "read_json_ld"]

SOURCE = "page:jsonld"

_LARGEST = 1_500_000
_DEEPEST, _MOST, _WRAPPING = 8, 300, 60
_CONTROL = re.compile(r"[\x00-\x1f]+")
_COMMENT = r"(?:/[/*]\s*)?"
_OPENING = re.compile(rf"\s*{_COMMENT}(?:<!\[CDATA\[|<!--)(?:\s*\*/)?")
_CLOSING = re.compile(rf"{_COMMENT}(?:\]\]>|-->)(?:\s*\*/)?\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_CONTAINERS = ("@graph", "mainEntity", "mainEntityOfPage")


def read_json_ld(page: Page) -> list[Claim]:
    """Give the claims of the node that describes the work, and of the website around it."""
    blocks = [text for kind, text in page.scripts if kind == "application/ld+json"]
    nodes = [
        node
        for text in blocks
        if len(text) <= _LARGEST
        for value in _values(text)
        for node in _walk(value, 0)
    ]
    return read_nodes(nodes[: _MOST * 10], SOURCE, page)


def _values(text: str) -> Iterator[object]:
    """Read a block: as it is, then with one repair more each time."""
    decoder = json.JSONDecoder(strict=False)
    for candidate in _repaired(text):
        try:
            value, end = decoder.raw_decode(candidate)
        except (ValueError, RecursionError):
            continue
        yield value
        # Some pages set several objects side by side in one block.
        rest = candidate[end:].strip(" \t\r\n,;")
        if rest[:1] in ("{", "["):
            try:
                yield decoder.raw_decode(rest)[0]
            except (ValueError, RecursionError):
                return
        return


def _repaired(text: str) -> Iterator[str]:
    text = text.strip().lstrip("\ufeff")
    yield text
    text = _unwrapped(_unwrapped(text))
    yield text
    text = _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", text))
    yield text
    yield _BAD_ESCAPE.sub(r"\\\\", text)
    if "&quot;" in text or "&#34;" in text:
        yield html.unescape(text)


def _unwrapped(text: str) -> str:
    """Take a comment or CDATA off that hides a script from browsers of old."""
    opening = _OPENING.match(text[:_WRAPPING])
    text = text[opening.end() :] if opening else text
    closing = _CLOSING.search(text[-_WRAPPING:])
    return text[: len(text) - len(closing[0])].strip() if closing else text.strip()


def _walk(value: object, depth: int) -> Iterator[Node]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for member in value[:_MOST]:
            yield from _walk(member, depth + 1)
    elif isinstance(value, dict):
        node: dict[str, Any] = value
        yield node
        for container in _CONTAINERS:
            yield from _walk(node.get(container), depth + 1)
