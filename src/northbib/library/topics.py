"""The topics of an entry: its `keywords`, a list with commas."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from northbib.bibtex import field_source
from northbib.bibtex.values import split_at_commas, split_value
from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from northbib.bibtex import Entry

__all__ = ["change_topics", "checked_topics"]

_FIELD = "keywords"
_FORBIDDEN = re.compile(r"[,{}\\\x00-\x1f]")


def checked_topics(typed: Iterable[str]) -> tuple[str, ...]:
    """Give topics as they are stored, without blanks round them, each once.

    Raises:
        UsageError: One is empty, or has a comma, brace or backslash in it.
    """
    topics = tuple(dict.fromkeys(" ".join(topic.split()) for topic in typed))
    for topic in topics:
        if not topic or _FORBIDDEN.search(topic):
            hint = "a topic is one or more words without commas, braces and backslashes"
            raise UsageError(f"{topic!r} cannot be a topic", hint=hint)
    return topics


def change_topics(entry: Entry, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
    """Add topics to an entry and take others away, whatever their case.

    What stays is left as it is written, line breaks and all, and what is new is set off as its
    neighbours are. An entry whose topics do not change is not touched; without topics it has no
    such field.
    """
    before = split_at_commas(_source(entry))
    removed = {_folded(field_source(_FIELD, topic)) for topic in remove}
    after = _without(before, removed)
    there = {_folded(piece) for piece in before} | removed
    for topic in (field_source(_FIELD, topic) for topic in add):
        if _folded(topic) not in there:
            there.add(_folded(topic))
            after = _with(after, topic)
    if after == before:
        return
    if any(piece.strip() for piece in after):
        entry[_FIELD] = ",".join(after)
    else:
        del entry[_FIELD]


def _source(entry: Entry) -> str:
    """Give the topics as they are written; with the meaning of macros, where there are any."""
    written = dict(reversed(entry.sources)).get(_FIELD, "")
    parts, end = split_value(written)
    is_one = len(parts) == 1 and end == len(written) and written[0] in '{"'
    return written[1:-1] if is_one else entry.get(_FIELD, "")


def _without(pieces: list[str], removed: Collection[str]) -> list[str]:
    """Take pieces out, each with one comma; the blanks at both ends of the list stay."""
    left = [piece for piece in pieces if not piece.strip() or _folded(piece) not in removed]
    if len(left) == len(pieces) or not left:
        return left
    if left[0] != pieces[0]:
        left[0] = _blanks(pieces[0])[0] + left[0].lstrip()
    if left[-1] != pieces[-1]:
        left[-1] = left[-1].rstrip() + _blanks(pieces[-1])[1]
    return left


def _with(pieces: list[str], topic: str) -> list[str]:
    """Put a topic behind the last one, with the blanks that most commas have around them."""
    last = max((place for place, piece in enumerate(pieces) if piece.strip()), default=-1)
    if last < 0:
        return [topic]
    gaps = Counter(
        (_blanks(piece)[1], _blanks(following)[0])
        for piece, following in pairwise(pieces[: last + 1])
    )
    before, after = max(gaps, key=gaps.__getitem__, default=("", " "))
    end = _blanks(pieces[last])[1]
    neighbours = [pieces[last].rstrip() + before, f"{after}{topic}{end}"]
    return [*pieces[:last], *neighbours, *pieces[last + 1 :]]


def _blanks(piece: str) -> tuple[str, str]:
    """Give the blanks before and behind a topic."""
    return piece[: len(piece) - len(piece.lstrip())], piece[len(piece.rstrip()) :]


def _folded(topic: str) -> str:
    return " ".join(topic.split()).casefold()
