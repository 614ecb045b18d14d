"""What an answer means: found, not there, blocked, too many requests, or an error."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.resolve.challenges import is_challenge
from northbib.resolve.http.results import Response, Result
from northbib.resolve.http.retries import retry_after

if TYPE_CHECKING:
    from northbib.resolve.http.results import Fault, FaultKind, Outcome

__all__ = ["of_fault", "of_response"]

_BY_HAND = "open it in a browser, save the page, and read that file instead"
_LOOK = "open it in a browser to see what it says"


class _Meaning(NamedTuple):
    outcome: Outcome
    reason: str = ""
    hint: str = ""
    kind: FaultKind = ""


def of_response(response: Response, wall: float, busy: frozenset[int]) -> Result:
    """Say what an answer means.

    Args:
        response: The answer.
        wall: When it came, in seconds since 1970.
        busy: Statuses besides 429 by which its service says that it has had too many requests.
    """
    wait = retry_after(response.status, response.headers, wall)
    meaning = _meaning(response, wait, busy)
    return Result(
        outcome=meaning.outcome,
        url=response.url,
        reason=meaning.reason,
        hint=meaning.hint,
        kind=meaning.kind,
        response=response,
        retry_after=wait,
        fetched=wall,
    )


def of_fault(url: str, fault: Fault) -> Result:
    """Say that no answer came."""
    is_limit = fault.retry_after is not None
    return Result(
        outcome="rate_limited" if is_limit else "error",
        url=url,
        reason=fault.reason,
        hint=fault.hint,
        kind="" if is_limit else fault.kind,
        retry_after=fault.retry_after,
    )


def _meaning(response: Response, wait: float | None, busy: frozenset[int]) -> _Meaning:
    status = response.status
    if is_challenge(response.body, response.headers):
        reason = "the host wants to see a person, and sent a challenge in place of the page"
        return _Meaning("blocked", reason, _BY_HAND)
    if 200 <= status < 300:
        return _Meaning("found")
    said = f"the host answered with HTTP status {status}"
    if status in busy:
        return _Meaning("rate_limited", said, _too_many(wait))
    known = {
        401: _Meaning("error", said, "the page is for members only", "status"),
        403: _Meaning("blocked", said, _BY_HAND),
        404: _Meaning("not_found", "there is no such page"),
        410: _Meaning("gone", "the page is gone"),
        429: _Meaning("rate_limited", said, _too_many(wait)),
    }
    hint = "try again later" if status >= 500 else _LOOK
    return known.get(status) or _Meaning("error", said, hint, "status")


def _too_many(wait: float | None) -> str:
    when = "later" if wait is None else f"in {wait:.0f} seconds"
    return f"it has had too many requests; try again {when}"
