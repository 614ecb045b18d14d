"""Arguments in brackets and braces, found without reading the text twice."""

from __future__ import annotations

import re

__all__ = ["Argument", "Brackets", "parts"]

_CLOSING = {"[": "]", "{": "}", "(": ")"}

Argument = tuple[int, int]
"""Where the text of an argument begins and ends, without its brackets."""


class Brackets:
    """The brackets of a text and where each of them closes; those of one kind nest.

    A kind is read once, when it is first asked for.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends: dict[str, dict[int, int]] = {}

    def argument(self, place: int) -> Argument | None:
        """Give the argument whose bracket opens at a place; None where it is not closed."""
        opening = self.text[place]
        if opening not in self._ends:
            self._ends[opening] = self._pairs(opening)
        end = self._ends[opening].get(place)
        return None if end is None else (place + 1, end)

    def _pairs(self, opening: str) -> dict[int, int]:
        signs = re.compile(rf"\\.|[{re.escape(opening + _CLOSING[opening])}]", re.DOTALL)
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for match in signs.finditer(self.text):
            if match[0] == opening:
                opened.append(match.start())
            elif opened and match[0] == _CLOSING[opening]:
                pairs[opened.pop()] = match.start()
        return pairs


def parts(text: str, start: int, end: int, separators: str) -> list[Argument]:
    """Cut a text at separators that stand in no bracket and no string.

    Args:
        text: The article.
        start: Where the part of it to cut begins.
        end: Where it ends.
        separators: Signs to cut at.
    """
    cuts = [start - 1]
    depth = 0
    quoted = False
    for at in range(start, end):
        sign = text[at]
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "[{(":
            depth += 1
        elif sign in "]})":
            depth = max(0, depth - 1)
        elif sign in separators and not depth:
            cuts.append(at)
    return [(cut + 1, stop) for cut, stop in zip(cuts, [*cuts[1:], end], strict=True)]
