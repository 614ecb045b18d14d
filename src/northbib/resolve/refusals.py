"""Answers that look like pages and are none: challenges, log-ins, errors with status 200."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["refuse"]


def _any_of(phrases: str) -> re.Pattern[str]:
    # A title that is one of these phrases, or begins with one and goes on after a dash (a site).
    words = "|".join(phrase.strip() for phrase in phrases.strip().splitlines())
    return re.compile(rf"^\W*(?:{words})(?:\W*$|\W*\s[-–—|:·].*$)", re.IGNORECASE)


_CHALLENGE = _any_of(
    r"""
    just a moment
    attention required
    (?:checking|verifying) your browser
    one (?:more )?(?:moment|step)
    please wait
    are you (?:a )?(?:human|robot)
    (?:security|bot|human|browser|robot)[\s-]+(?:check|verification)
    verify(?:ing)? (?:that )?you are (?:a )?human
    pardon (?:our|the) interruption
    request (?:unsuccessful|rejected)
    access (?:to this page has been )?(?:denied|restricted|blocked)
    captcha
    ddos.guard
    validate user
    cookies? (?:required|absent|disabled)
    enable (?:cookies|javascript)
    client challenge
    redirecting
    """
)
_ERROR = _any_of(
    r"""
    (?:error\W*)?(?:40[0-35-9]|429|50[0-9])(?:\W+(?:bad|error|forbid|gate|server|too|una).*)?
    error
    forbidden
    unauthori[sz]ed
    (?:internal )?server error
    bad (?:request|gateway)
    service (?:temporarily )?unavailable
    gateway time-?out
    an error (?:has )?occurred
    site (?:is )?(?:down|unavailable)
    (?:down for|under) maintenance
    something went wrong
    """
)
_LOG_IN = _any_of(
    r"""
    (?:please )?(?:log|sign)[\s-]?in
    login
    (?:single )?sign[\s-]?on
    subscribe to (?:read|continue)
    register to (?:read|continue)
    authentication required
    shibboleth
    """
)
_MISSING = _any_of(
    r"""
    (?:error\W*)?4(?:04|10)(?:\W+(?:error|gone|(?:page )?not found).*)?
    (?:(?:page|article|document|content|file|url|doi)\s+)?(?:is\s+|was\s+)?not found
    (?:sorry\W*)?(?:we )?(?:can.?t|cannot|couldn.?t) find (?:that|this|the) page
    (?:this |the )?page (?:you requested )?(?:does(?:n.t| not) exist|is(?:n.t| not) available)
    (?:this |the )?(?:page|content|article)(?: is)? (?:no longer available|gone)
    oops
    """
)
_CHALLENGE_CODE = re.compile(
    r"_cf_chl_opt|cf-browser-verification|challenge-platform/h/|px-captcha|_Incapsula_Resource"
    r"|geo\.captcha-delivery\.com|awswafintegration|/_fs-ch-|sec-if-cpt",
    re.IGNORECASE,
)
_LITTLE_TEXT = 1200


def refuse(titles: Iterable[str], code: str, text: str, url: str, *, described: bool) -> None:
    """Raise if a page is not the work that was asked for.

    Args:
        titles: What the page calls itself: its title element, heading and claims.
        code: Its source.
        text: Its visible text.
        url: Its address.
        described: Whether it describes a work in machine-readable form (Highwire, JSON-LD). Such a
            page is believed whatever it is called: works are called "Loading" and "404", too.

    Raises:
        NotFoundError: It says that there is no such page.
        InputError: It is a challenge, a log-in or an error message; or it has no title at all.
    """
    titles = [title for title in titles if title]
    if described:
        return
    _check_titles(titles, url)
    if _CHALLENGE_CODE.search(code) and len(text) < _LITTLE_TEXT:
        raise _challenged(url)
    if not titles:
        raise InputError("the page has no title", where=url, hint="is it the address of a work?")


def _check_titles(titles: list[str], url: str) -> None:
    for title in titles:
        if _MISSING.match(title):
            raise NotFoundError(f"the page says {_shown(title)!r}", where=url)
        if _CHALLENGE.match(title):
            raise _challenged(url)
        if _ERROR.match(title):
            raise InputError(f"the page is an error message, {_shown(title)!r}", where=url)
        if _LOG_IN.match(title):
            raise InputError(
                f"the page is for members only, it says {_shown(title)!r}",
                where=url,
                hint="log in with a browser, save the page, and read that file instead",
            )


def _challenged(url: str) -> InputError:
    return InputError(
        "the host wants to see a person, and sent a challenge in place of the page",
        where=url,
        hint="open it in a browser, save the page, and read that file instead",
    )


def _shown(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"
