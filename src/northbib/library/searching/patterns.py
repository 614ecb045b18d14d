"""Regular expressions of a query, which may take no longer than a moment."""

from __future__ import annotations

import time
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from northbib.errors import UsageError
from northbib.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["LONGEST", "checked", "searcher"]

LONGEST = 200
"""How many characters a pattern may have."""

_SECONDS = 5.0


def checked(pattern: str) -> str:
    """Give a pattern as it is compared with folded text: its accented letters folded as well.

    Raises:
        UsageError: It is no regular expression, or too long.
    """
    if not pattern:
        raise UsageError("the pattern is empty", hint="write something between the slashes")
    if len(pattern) > LONGEST:
        raise UsageError(
            f"the pattern has more than {LONGEST} characters", hint="search for less at a time"
        )
    folded = "".join(character if character.isascii() else fold(character) for character in pattern)
    _compiled(folded)
    return folded


def searcher(pattern: str) -> Callable[[str], bool]:
    """Give the test whether a folded text has a place that a checked pattern fits.

    All calls together may take a few seconds: there are patterns that would go on for years.

    Raises:
        UsageError: On a call, when that time is over.
    """
    search = _compiled(pattern).search
    left = _SECONDS

    def fits(text: str) -> bool:
        nonlocal left
        start = time.perf_counter()
        try:
            if left > 0:
                return search(text, timeout=left) is not None
        except TimeoutError:
            left = 0
        finally:
            left -= time.perf_counter() - start
        raise UsageError(
            f"the pattern /{pattern}/ takes too long",
            hint="do not repeat what repeats itself, as in (a+)+, or search for words",
        )

    return fits


@lru_cache(maxsize=32)
def _compiled(pattern: str) -> Any:
    # Python's own `re` cannot be stopped.
    regex = import_module("regex")
    try:
        return regex.compile(pattern, regex.IGNORECASE | regex.MULTILINE)
    except regex.error as error:
        place = "" if error.pos is None else f" at its character {error.pos + 1}"
        raise UsageError(
            f"/{pattern}/ is no regular expression: {error.msg}{place}",
            hint="put a \\ before a sign that stands for itself, or quotes round plain text",
        ) from None
