"""Answers that look like pages and are none: challenges, log-ins, errors with status 200."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError
from northbib.resolve.challenges import CHALLENGE_CODE, CHALLENGE_TITLE, any_of
from northbib.resolve.html import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.resolve.readers.parts import Page

__all__ = ["ERROR_TITLE", "refuse"]


ERROR_TITLE = any_of(
    r"""
    (?:error\W*)?(?:40[0-35-9]|429|50[0-9])(?:\W+(?:bad|error|forbid|gate|serv|too|una).*)?
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
_LOG_IN = any_of(
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
_MISSING = any_of(
    r"""
    (?:error\W*)?4(?:04|10)(?:\W+(?:error|gone|(?:page )?not found).*)?
    (?:(?:page|article|document|content|file|url|doi)\s+)?(?:is\s+|was\s+)?not found
    (?:sorry\W*)?(?:we )?(?:can.?t|cannot|couldn.?t) find (?:that|this|the) page
    (?:this |the )?page (?:you requested )?(?:does(?:n.t| not) exist|is(?:n.t| not) available)
    (?:this |the )?(?:page|content|article)(?: is)? (?:no longer available|gone)
    oops
    """
)
_LITTLE_TEXT, _CODE_WITHIN = 1200, 300_000


def refuse(page: Page, titles: Iterable[str], *, described: bool) -> None:
    """Raise if a page is not the work that was asked for.

    Args:
        page: The page.
        titles: What it calls itself: its title element, heading and claims.
        described: Whether it describes a work in machine-readable form (Highwire, JSON-LD). Such a
            page is believed whatever it is called: works are called "Loading" and "404", too.

    Raises:
        NotFoundError: It says that there is no such page.
        InputError: It is a challenge, a log-in or an error message; or it has no title at all.
    """
    titles = [title for title in titles if title]
    if described:
        return
    _check_titles(titles, page.url)
    if _has_little_text(page) and CHALLENGE_CODE.search(page.source, 0, _CODE_WITHIN):
        raise _challenged(page.url)
    if not titles:
        raise InputError(
            "the page has no title", where=page.url, hint="is it the address of a work?"
        )


def _has_little_text(page: Page) -> bool:
    return len(page.source) < _LITTLE_TEXT or len(text_of(page.tree, _LITTLE_TEXT)) > 0


def _check_titles(titles: list[str], url: str) -> None:
    for title in titles:
        if _MISSING.match(title):
            raise NotFoundError(f"the page says {_shown(title)!r}", where=url)
        if CHALLENGE_TITLE.match(title):
            raise _challenged(url)
        if ERROR_TITLE.match(title):
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
