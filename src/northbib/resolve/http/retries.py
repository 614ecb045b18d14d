"""When to try again, and after how long."""

from __future__ import annotations

import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.http.results import Result

__all__ = ["backoff", "passes", "retry_after"]

_MAY_PASS = frozenset({429, 500, 502, 503, 504})
_WAITS = frozenset({429, 503})
_LONGEST = 86_400.0


def passes(result: Result) -> bool:
    """Whether what went wrong may have passed by when one tries again."""
    if result.outcome in ("blocked", "stopped", "found"):
        return False
    if result.outcome == "rate_limited" or result.kind in ("broken", "connect"):
        return True
    return result.response is not None and result.response.status in _MAY_PASS


def retry_after(status: int, headers: Mapping[str, str], wall: float) -> float | None:
    """Give the seconds that a host asks to wait (RFC 9110, 10.2.3), None if it does not.

    Only an answer that says "too many" or "not now" is believed: there are hosts that send the
    header with every answer.

    Args:
        status: The HTTP status.
        headers: The headers, names in lower case.
        wall: The time now, in seconds since 1970.
    """
    text = headers.get("retry-after", "").strip()
    if status not in _WAITS or not text:
        return None
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), _LONGEST)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=datetime.UTC)
    return min(max(0.0, date.timestamp() - wall), _LONGEST)


def backoff(attempt: int, first: float, longest: float, chance: float) -> float:
    """Give the seconds to wait before the next try, where the host does not say.

    Args:
        attempt: The number of tries so far, from 1.
        first: Seconds after the first try, which double with each further one.
        longest: The most seconds.
        chance: A number from 0 up to 1; it takes up to half of the time away, lest all who were
            turned away together come back together.
    """
    return float(min(longest, first * 2 ** (attempt - 1)) * (1 - chance / 2))
