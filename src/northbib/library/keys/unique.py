"""A key that no other record has: the pattern's own, or followed by what tells it from others."""

from __future__ import annotations

import itertools
from functools import cache
from typing import TYPE_CHECKING

from northbib.library.keys.pattern import DEFAULT, Pattern
from northbib.library.keys.suffix import suffixed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from northbib.records import Record

__all__ = ["belongs_to", "free_key", "new_key"]

_MOST = 1000
"""Suffixes that are looked through to see whether a key is one that the pattern made."""


def new_key(record: Record, taken: Iterable[str] = (), pattern: str = DEFAULT) -> str:
    """Make a citation key for a record.

    Args:
        record: The record; its own key does not count.
        taken: Keys that may not be used again, whatever their case.
        pattern: What the key is made of; see `northbib.library.keys.pattern`.

    Returns:
        A key of ASCII that is not taken: where it would be, a letter follows.

    Raises:
        UsageError: The pattern is none.
    """
    used = {key.lower() for key in taken}
    return free_key(record, _read(pattern), used.__contains__)


_read = cache(Pattern.parse)


def free_key(record: Record, pattern: Pattern, is_taken: Callable[[str], bool]) -> str:
    """Make a citation key for a record, where `is_taken` says of a key in lower case if it is."""
    base = pattern.base(record)
    candidates = itertools.chain([base], suffixed(base, record, pattern.suffix))
    return next(key for key in candidates if not is_taken(key.lower()))


def belongs_to(key: str, record: Record, pattern: Pattern) -> bool:
    """Tell whether a key is one that the pattern gives a record, with or without a suffix."""
    base = pattern.base(record)
    if key == base or not key.startswith(base):
        return key == base
    return key in itertools.islice(suffixed(base, record, pattern.suffix), _MOST)
