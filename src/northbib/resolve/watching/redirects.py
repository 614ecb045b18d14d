"""What redirects say: moved for good, sent to the front door, to an error, to a log-in.

Source: RFC 9110, 15.4. Only 301 and 308 say that an address is to be given up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from northbib.errors import UsageError
from northbib.resolve.addresses import clean_address

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.resolve.http.results import Response

__all__ = [
    "is_home",
    "leads_home",
    "leads_to_consent",
    "leads_to_error",
    "leads_to_log_in",
    "leads_up",
    "moved_to",
]

_PERMANENT = frozenset({301, 308})
_HOME = re.compile(
    r"/*(?:(?:index|default|home|homepage|main|welcome)(?:\.\w{2,5})?/?|[a-z]{2}(?:[-_][a-z]{2})?/?)?",
    re.IGNORECASE,
)
_ERROR = re.compile(
    r"/(?:errors?|40[34]|410|err40[34]|errors?[-_/]?40[34]|40[34][-_]?errors?|page[-_]?not[-_]?found"
    r"|not[-_]?found|file[-_]?not[-_]?found|missing|pagemissing|expired|removed|unavailable"
    r"|no[-_]longer[-_]available)(?:\.\w{2,5})?/?",
    re.IGNORECASE,
)
_ERROR_QUERY = re.compile(
    r"(?:^|&)(?:error|err|status)(?:code)?=40?4\b|aspxerrorpath=", re.IGNORECASE
)
_LOG_IN = re.compile(
    r"/(?:log[-_]?in|sign[-_]?in|sso|auth|authenticate|authori[sz]e|saml2?|shibboleth|wayf|cas"
    r"|session/new|register|subscribe|subscription|paywall)(?:[/.]|$)",
    re.IGNORECASE,
)
_LOG_IN_HOST = re.compile(
    r"(?:login|signin|sso|idp|auth|accounts?|wayf|shibboleth)\.", re.IGNORECASE
)
_CONSENT = re.compile(
    r"consent|cookie-?(?:wall|check|absent)|privacy-?(?:gate|wall)", re.IGNORECASE
)
_SESSION = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^?#/]*|(?<=[?&])(?:jsessionid|phpsessid|sid|sessionid)=[^&#]*&?",
    re.IGNORECASE,
)


def moved_to(asked: str, response: Response) -> str:
    """Give the address to which one has moved for good; "" if it has not.

    Redirects count up to the first that is not for good. An address of a session is given without
    the session.
    """
    target = ""
    for step in response.redirects:
        if step.status not in _PERMANENT:
            break
        target = step.url
    if not target:
        return ""
    try:
        tidy = urldefrag(clean_address(_SESSION.sub("", target).rstrip("?&")))[0]
    except UsageError:
        return ""
    return "" if tidy == urldefrag(asked)[0] else tidy


def leads_home(asked: str, response: Response) -> bool:
    """Whether a request for some page of a site ended at a front page."""
    return bool(response.redirects) and not is_home(asked) and is_home(response.url)


def leads_up(asked: str, response: Response) -> bool:
    """Whether a request for a page ended at one above it on the same host, such as a section."""
    before, after = urlsplit(asked), urlsplit(response.url)
    if not response.redirects or _site(before.hostname) != _site(after.hostname):
        return False
    folder = after.path.rstrip("/") + "/"
    below = before.path.removeprefix(folder)
    return below != before.path and not _HOME.fullmatch(below) and not after.query


def _site(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def leads_to_error(asked: str, response: Response) -> bool:
    """Whether a request was led to a page that serves for errors."""
    return _is_led(asked, response, _is_error)


def leads_to_log_in(asked: str, response: Response) -> bool:
    """Whether a request was led to where one logs in."""
    return _is_led(asked, response, _is_log_in)


def leads_to_consent(asked: str, response: Response) -> bool:
    """Whether a request was led to where one is asked for consent."""
    return _is_led(asked, response, lambda url: bool(_CONSENT.search(url)))


def _is_led(asked: str, response: Response, there: Callable[[str], bool]) -> bool:
    return bool(response.redirects) and there(response.url) and not there(asked)


def is_home(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    parts = urlsplit(url)
    return bool(_HOME.fullmatch(parts.path)) and not parts.query


def _is_error(url: str) -> bool:
    parts = urlsplit(url)
    last = "/" + parts.path.rstrip("/").rpartition("/")[2]
    return bool(_ERROR.fullmatch(last) or _ERROR.fullmatch(parts.path)) or bool(
        _ERROR_QUERY.search(parts.query)
    )


def _is_log_in(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LOG_IN.search(parts.path) or _LOG_IN_HOST.match(parts.hostname or ""))
