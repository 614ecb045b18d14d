"""Asking the Wayback Machine to take a copy of a page.

Source: Save Page Now 2, https://archive.org/help/wayback_api.php and the notes for its users: a
request gives a job, whose state is asked for until it is done.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from northbib.errors import InputError
from northbib.resolve.http.results import Request
from northbib.resolve.sources.payload import json_object, text_in
from northbib.resolve.watching.copies import Copy, Sought

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.http.results import Response

__all__ = ["save_copy"]

_FORM = "application/x-www-form-urlencoded"
_JSON = "application/json"
_LOOKS, _BETWEEN = 30, 4.0
_NO_KEY = 401


def save_copy(address: str, fetcher: Fetcher, pause: Callable[[float], None]) -> Sought:
    """Have a copy of a page taken, and wait until it is there.

    A page of which there is a copy of the last thirty days is not taken again.

    Args:
        address: The address of the page.
        fetcher: Asks; it sends the user's key along.
        pause: Waits so many seconds.
    """
    base = fetcher.settings.url("web_archive")
    if not base:
        return Sought(failure="the Wayback Machine is turned off in the settings")
    form = urlencode({"url": address, "if_not_archived_within": "30d"})
    begun = _asked(
        fetcher, Request(f"{base}save", _JSON, "never", body=form.encode(), body_type=_FORM)
    )
    if isinstance(begun, str):
        return Sought(failure=begun)
    job = text_in(begun, "job_id")
    if not job:
        return Sought(failure=text_in(begun, "message") or "the Wayback Machine began no job")
    state = Request(f"{base}save/status/{quote(job, safe='')}", _JSON, "never")
    for look in range(_LOOKS):
        if look:
            pause(_BETWEEN)
        answer = _asked(fetcher, state)
        if isinstance(answer, str):
            return Sought(failure=answer)
        if text_in(answer, "status") != "pending":
            return _done(answer, base, address)
    return Sought(failure="the Wayback Machine is still at it; look again later")


def _asked(fetcher: Fetcher, request: Request) -> dict[str, object] | str:
    """Give an answer in JSON, or why there is none."""
    result = fetcher.get(request)
    response: Response | None = result.response
    if response is not None and response.status == _NO_KEY:
        return "the Wayback Machine wants a key: set NORTHBIB_WEB_ARCHIVE_KEY to ACCESS:SECRET"
    if result.outcome != "found" or response is None:
        return result.reason
    try:
        return json_object(response.body, response.url, "The Wayback Machine")
    except InputError as error:
        return error.message


def _done(answer: dict[str, object], base: str, address: str) -> Sought:
    stamp = text_in(answer, "timestamp")
    if text_in(answer, "status") != "success" or len(stamp) != len("20161223120000"):
        said = text_in(answer, "message") or text_in(answer, "status_ext") or "no reason given"
        return Sought(failure=f"the Wayback Machine could not take a copy: {said}")
    try:
        day = datetime.datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=datetime.UTC)
    except ValueError:
        return Sought(failure="the Wayback Machine did not say when it took the copy")
    return Sought(Copy(f"{base}web/{stamp}/{address}", day.date().isoformat()))
