"""Citations in MDX: pandoc's, as Markdown has them, but none in its own comments and modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.citations import markdown
from northbib.embed.citations.model import Scan
from northbib.embed.citations.spans import Spans

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["scan", "verbatim"]

_COMMENT = re.compile(r"\{\s*+/\*.*?\*/\s*+\}", re.DOTALL)
_MODULE = re.compile(
    r"^(?:import|export)\b[^\r\n]*+(?:(?:\r\n?|\n)(?![ \t]*+[\r\n])[^\r\n]++)*+", re.MULTILINE
)


def verbatim(text: str) -> Iterator[tuple[int, int]]:
    """Give where code, comments and modules begin and end."""
    yield from markdown.verbatim(text)
    yield from _own(text)


def scan(text: str) -> Scan:
    """Find the citations of an article and its notes."""
    found = markdown.scan(text)
    spans = Spans(_own(text))
    clusters = [each for each in found.clusters if spans.holding(each.start) is None]
    return Scan(clusters, found.notes, found.references)


def _own(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    parts = [match.span() for pattern in (_COMMENT, _MODULE) for match in pattern.finditer(text)]
    for start, end in sorted(parts):
        if end > done:
            yield max(start, done), end
            done = end
