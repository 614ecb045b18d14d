"""Where in its file a field of an entry stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["offset_of", "place_in"]

_BREAK = re.compile(r"\r\n|\r|\n")


def offset_of(raw: str, sources: Sequence[tuple[str, str]], name: str, repeat: int = 0) -> int:
    """Give where in the text of its entry a field begins, in characters; 0 if it is not there.

    Args:
        raw: The text of the entry.
        sources: Its fields as they are written, in order.
        name: The field, in lower case.
        repeat: Which one of several fields of that name, counted from 0.
    """
    position = 0
    for field, source in sources:
        found = re.compile(rf"(?<![^\s,{{(]){re.escape(field)}\s*=\s*", re.IGNORECASE)
        match = found.search(raw, position)
        while match is not None and not raw.startswith(source, match.end()):
            match = found.search(raw, match.end())
        if match is None:
            return 0
        if field == name and repeat == 0:
            return match.start()
        repeat -= field == name
        position = match.end() + len(source)
    return 0


def place_in(text: str, offset: int) -> tuple[int, int]:
    """Give line and column of an offset in a text, both counted from 1, in characters."""
    line, start = 1, 0
    for found in _BREAK.finditer(text, 0, offset):
        line, start = line + 1, found.end()
    return line, offset - start + 1
