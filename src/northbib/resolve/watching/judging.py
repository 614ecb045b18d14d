"""What an answer says of a link.

A status or an outcome that is not in the tables here leaves the link unchecked: only what is known
to be fine is fine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.challenges import is_challenge
from northbib.resolve.http.results import Response
from northbib.resolve.refusals import ERROR_TITLE
from northbib.resolve.watching.closed import STATUSES, closed_by
from northbib.resolve.watching.missing import is_alike, is_bare, is_denial, says_missing
from northbib.resolve.watching.parking import parked_by
from northbib.resolve.watching.redirects import (
    leads_home,
    leads_to_consent,
    leads_to_error,
    leads_to_log_in,
    leads_up,
    moved_to,
)
from northbib.resolve.watching.seen import see
from northbib.resolve.watching.verdicts import FINE, Verdict, unchecked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.resolve.http.results import Result
    from northbib.resolve.watching.seen import Seen

__all__ = ["judge", "needs_sibling"]

# RFC 9110, 15.3: 203 is 200 as a proxy passed it on.
_WHOLE = frozenset({200, 203})
_GONE = {404: "the host answers 404, not found", 410: "the host answers 410, gone"}
_FORBIDDEN = 403
_SAFE = "no safe connection: "


def judge(
    asked: str,
    result: Result,
    titles: Sequence[str],
    *,
    stays: bool,
    sibling: Result | None = None,
) -> Verdict:
    """Say what came of a link.

    Args:
        asked: The address that was asked for.
        result: What came.
        titles: The titles of the works that have the link.
        stays: Whether the address is right though it leads on to another.
        sibling: What came of a made-up address beside it, if that was asked for.
    """
    response = result.response
    if result.stale:
        why = f" ({result.reason})" if result.reason else ""
        return unchecked(f"the host was not asked now{why}, and what is kept of it is old")
    if response is None:
        return _of_fault(asked, result)
    return _of_status(asked, result, response) or _of_answer(
        asked, response, titles, stays=stays, sibling=sibling
    )


def needs_sibling(asked: str, result: Result, titles: Sequence[str]) -> bool:
    """Whether a made-up address has to be asked for, to know what an answer is worth."""
    response = result.response
    if result.outcome != "found" or result.stale or response is None:
        return False
    if response.status not in _WHOLE:
        return False
    seen = see(response)
    return (
        seen is not None
        and not _shows(seen, titles)
        and not says_missing(seen)
        and not parked_by(asked, response, seen)
        and not leads_home(asked, response)
    )


def _of_fault(asked: str, result: Result) -> Verdict:
    if parked := parked_by(asked, Response(result.url, 0), None):
        return Verdict("parked-domain", parked)
    if result.kind == "dns":
        return Verdict("dead-link", result.reason, needs_network=True)
    if result.kind == "tls":
        return Verdict("unsafe-link", result.reason.removeprefix(_SAFE))
    return unchecked(result.reason or "nothing came")


def _of_status(asked: str, result: Result, response: Response) -> Verdict | None:
    """Judge by the status of an answer; None for one that has to be looked at."""
    status = response.status
    if result.outcome == "found" and status in _WHOLE:
        return None
    if result.outcome in ("not_found", "gone") and status in _GONE:
        return Verdict("dead-link", _GONE[status] + _via(asked, response))
    if result.outcome == "error" and status in STATUSES:
        return Verdict("closed-link", f"{STATUSES[status]} (status {status})")
    if status == _FORBIDDEN and not is_challenge(response.body, response.headers):
        seen = see(response)
        if seen is not None and (why := closed_by(seen)):
            return Verdict("closed-link", f"{why} (status {status})")
    why = result.reason or f"the host answered with HTTP status {status}"
    return unchecked(why + _via(asked, response))


def _of_answer(
    asked: str,
    response: Response,
    titles: Sequence[str],
    *,
    stays: bool,
    sibling: Result | None,
) -> Verdict:
    seen = see(response)
    if seen is None or not _shows(seen, titles):
        if parked := parked_by(asked, response, seen):
            return Verdict("parked-domain", parked)
        led = _of_way(asked, response) or _of_page(response, seen, sibling)
        if led is not None:
            return led
    if seen is not None and (closed := closed_by(seen)):
        return Verdict("closed-link", closed)
    target = "" if stays else moved_to(asked, response)
    return Verdict("moved-link", f"it is now at {target}", target) if target else FINE


def _shows(seen: Seen, titles: Sequence[str]) -> bool:
    """Whether a page is that of a work; the name of its site may be much like the work's."""
    is_denied = is_denial(seen.title) and not any(map(is_denial, titles))
    return not is_denied and any(seen.shows(title) for title in titles)


def _of_way(asked: str, response: Response) -> Verdict | None:
    """Judge by where redirects led."""
    if leads_to_error(asked, response):
        return Verdict("soft-404", f"it leads to {response.url}, which serves for errors")
    if leads_to_log_in(asked, response):
        return Verdict("closed-link", f"it leads to {response.url}, to log in")
    if leads_to_consent(asked, response):
        return unchecked(f"it leads to {response.url}, which wants a person's consent")
    if leads_home(asked, response):
        return Verdict("soft-404", f"it leads to the front page, {response.url}")
    if leads_up(asked, response):
        return Verdict("soft-404", f"it leads to a page above it, {response.url}")
    return None


def _of_page(response: Response, seen: Seen | None, sibling: Result | None) -> Verdict | None:
    """Judge by what the page says, where it does not show the work."""
    if not response.body.strip():
        return unchecked("the host answered with nothing")
    if seen is None:
        return None
    if said := says_missing(seen):
        return Verdict("soft-404", f"the page says {said[:80]!r}")
    if ERROR_TITLE.match(seen.title):
        return unchecked(f"the page is an error message, {seen.title[:80]!r}")
    if seen.refreshes and is_bare(seen):
        return unchecked(f"the page leads on by itself, to {seen.refreshes[:200]!r}")
    return _of_sibling(response, seen, sibling)


def _of_sibling(response: Response, seen: Seen, sibling: Result | None) -> Verdict | None:
    """Judge by what the host says of an address that cannot be."""
    other = sibling.response if sibling is not None and sibling.outcome == "found" else None
    if other is None or other.status not in _WHOLE:
        return None
    if other.redirects and other.url == response.url:
        return Verdict("soft-404", "the host leads there from an address that cannot be, too")
    made_up = see(other)
    if made_up is None or not is_alike(seen, made_up):
        return None
    if is_bare(seen):
        return unchecked(
            "what the page says is put in by a script, and is the same for any address"
        )
    return Verdict("soft-404", "the host says the same at an address that cannot be")


def _via(asked: str, response: Response) -> str:
    return f", at {response.url}" if response.redirects and response.url != asked else ""
