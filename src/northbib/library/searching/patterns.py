"""Regular expressions of a query, which may take no longer than a moment."""

from __future__ import annotations

import time
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from northbib.errors import UsageError
from northbib.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["LONGEST", "checked", "lines_fitting", "searcher"]

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
    search = _Search(pattern)
    return lambda text: search(text, 0) is not None


def lines_fitting(pattern: str, text: str) -> Iterator[str]:
    """Give the lines of a text that a checked pattern fits, which must fit nothing beyond one.

    Raises:
        UsageError: It takes more than a few seconds.
    """
    search, end = _Search(pattern), 0
    while end < len(text) and (place := search(text, end)) is not None:
        start = text.rfind("\n", 0, place) + 1
        end = text.find("\n", place)
        end = len(text) if end < 0 else end
        yield text[start:end]
        end += 1


class _Search:
    """Searches until its time is over."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._search = _compiled(pattern).search
        self._left = _SECONDS

    def __call__(self, text: str, start: int) -> int | None:
        """Give the first place, from one on, that the pattern fits."""
        begun = time.perf_counter()
        try:
            if self._left > 0:
                found = self._search(text, start, timeout=self._left)
                return None if found is None else int(found.start())
        except TimeoutError:
            self._left = 0
        finally:
            self._left -= time.perf_counter() - begun
        raise UsageError(
            f"the pattern /{self._pattern}/ takes too long",
            hint="do not repeat what repeats itself, as in (a+)+, or search for words",
        )


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
