"""Challenges: what a host sends in place of a page to see whether a person asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CHALLENGE_CODE", "CHALLENGE_TITLE", "any_of", "is_challenge"]

_LARGEST = 100_000
_LITTLE_TEXT = 1200
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SAYS_SO = (("cf-mitigated", "challenge"), ("x-amzn-waf-action", "challenge"))
_DESCRIBES = ("citation_title", "application/ld+json")


def any_of(phrases: str) -> re.Pattern[str]:
    """Match a title that is one of these phrases, or goes on after one with a dash (a site)."""
    words = "|".join(phrase.strip() for phrase in phrases.strip().splitlines())
    return re.compile(rf"^\W*(?:{words})(?:\W*$|\W*\s[-–—|:·].*$)", re.IGNORECASE)


CHALLENGE_TITLE = any_of(
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
CHALLENGE_CODE = re.compile(
    r"_cf_chl_opt|cf-browser-verification|challenge-platform/h/|px-captcha|_Incapsula_Resource"
    r"|geo\.captcha-delivery\.com|awswafintegration|/_fs-ch-|sec-if-cpt",
    re.IGNORECASE,
)


def is_challenge(body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether an answer is a challenge, as far as that can be seen without parsing it.

    Args:
        body: Its body, decompressed.
        headers: Its headers, names in lower case.
    """
    if any(headers.get(name, "").strip().lower() == value for name, value in _SAYS_SO):
        return True
    if len(body) > _LARGEST or "html" not in headers.get("content-type", "html").lower():
        return False
    code = body.decode("latin-1")
    if any(sign in code for sign in _DESCRIBES):
        return False
    title = _TITLE.search(code)
    if title is not None and CHALLENGE_TITLE.match(title[1].strip()):
        return True
    return CHALLENGE_CODE.search(code) is not None and len(_text(code)) < _LITTLE_TEXT


def _text(code: str) -> str:
    for name in ("script", "style"):
        first, *rest = re.split(f"<{name}", code, flags=re.IGNORECASE)
        code = first + "".join(piece.partition(f"</{name}")[2] for piece in rest)
    return " ".join(_TAG.sub(" ", code).split())
