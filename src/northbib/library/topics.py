"""The topics of an entry: its `keywords`, a list with commas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex import field_source
from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Add topics to an entry and take others away, whatever their case; the rest stays in order.

    An entry whose topics do not change is not touched; without topics it has no such field.
    """
    before = [topic for topic in (t.strip() for t in entry.get(_FIELD, "").split(",")) if topic]
    added = [field_source(_FIELD, topic) for topic in add]
    removed = {field_source(_FIELD, topic).casefold() for topic in remove}
    wanted: dict[str, str] = {}
    for topic in (*before, *added):
        if topic.casefold() not in removed:
            wanted.setdefault(topic.casefold(), topic)
    after = list(wanted.values())
    if after == before:
        return
    if after:
        entry[_FIELD] = ", ".join(after)
    elif _FIELD in entry:
        del entry[_FIELD]
