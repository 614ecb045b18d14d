"""The parts of a text that a query asks for, shown in the text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.cli.session import styled
from northbib.library.searching.fields import field
from northbib.library.searching.query import Term, leaves, parse_query
from northbib.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["marker"]

_COLUMNS = {
    "anywhere": frozenset({"people", "title", "type", "topics"}),
    "names": frozenset({"people"}),
    "text": frozenset({"title"}),
    "topic": frozenset({"topics"}),
}
"""How a field compares -> the columns of a table in which its words are highlighted."""

_BLANK = str.maketrans("-\n", "  ")


def marker(query: str) -> Callable[[str, str], str]:
    """Give what highlights in the text of a column the words that a query looks for there.

    Regular expressions are left out: on a text that is cut they may match something else.

    Args:
        query: A query that can be read.
    """
    wanted = [leaf for leaf in leaves(parse_query(query), wanted=True) if isinstance(leaf, Term)]
    patterns = {
        name: [_pattern(term) for term in wanted if name in _columns(term)]
        for name in _COLUMNS["anywhere"]
    }
    return lambda text, column: _marked(text, patterns.get(column, []))


def _columns(term: Term) -> frozenset[str]:
    known = field(term.field)
    is_shown = known is not None and term.form != "pattern"
    return _COLUMNS.get(known.kind, frozenset()) if known and is_shown else frozenset()


def _pattern(term: Term) -> re.Pattern[str]:
    known = field(term.field)
    begins = term.form == "beginning" or (known is not None and known.kind == "names")
    start = r"(?<!\w)" if begins else ""
    return re.compile(start + re.escape(term.text.translate(_BLANK)))


def _marked(text: str, patterns: list[re.Pattern[str]]) -> str:
    if not patterns:
        return text
    folded = [fold(sign).translate(_BLANK) for sign in text]
    places = [place for place, form in enumerate(folded) for _ in form]
    found = {
        place
        for pattern in patterns
        for match in pattern.finditer("".join(folded))
        for place in places[match.start() : match.end()]
    }
    return "".join(
        styled(part, fg="red", bold=True) if is_found else part
        for part, is_found in _runs(text, found)
    )


def _runs(text: str, found: set[int]) -> Iterator[tuple[str, bool]]:
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (place in found) != (start in found):
            yield text[start:place], start in found
            start = place
