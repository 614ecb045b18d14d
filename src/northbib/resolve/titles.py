"""Titles without the name of their site; and the name of a site that stands in a title."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from northbib.records import fold, plain
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line
from northbib.resolve.people import same_body
from northbib.resolve.sites import host_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["site_in_title", "titles_agree", "without_site"]

_SEPARATOR = re.compile(r"\s+[|\-–—·•:»«/]+\s+|\s*\|\s*|:\s+")
_NUMBERED = re.compile(r"(?<=\w)[/#]\s?[\d./]+$")
_LONGEST, _MOST = 1000, 40


def without_site(claims: Sequence[Claim], headings: Sequence[str], url: str) -> list[Claim]:
    """Take the names of the site off all titles that are claimed; empty claims go."""
    names = _site_names(claims, url)
    headings = [h for h in headings if len(h) > 10 and not _is_site(h, names)]
    cleaned = []
    for claim in claims:
        if claim.field == "title" and isinstance(claim.value, str):
            cleaned.append(replace(claim, value=_title_alone(claim.value, names, headings)))
        else:
            cleaned.append(claim)
    return [claim for claim in cleaned if claim.value]


def site_in_title(title: str, claims: Sequence[Claim]) -> list[Claim]:
    """Give the site's name where the title element is the title and that name."""
    whole = line(title)
    known = {line(str(c.value)) for c in claims if c.field == "title" and c.source != "page:title"}
    for alone in sorted(known, key=lambda text: (-len(text), text)):
        before, found, after = whole.partition(alone)
        if not found or not alone or (before and after):
            continue
        cuts = [c for c in _SEPARATOR.finditer(whole) if c.end() == len(before)] if before else []
        match = _SEPARATOR.match(whole, len(alone)) if after else None
        name = whole[: cuts[0].start()] if cuts else whole[match.end() :] if match else ""
        is_name = 2 < len(name) < 60 and not name.startswith("by ")
        if is_name and not _SEPARATOR.search(name):
            return [Claim("site", name, "page:title", "title")]
    return []


def titles_agree(one: str, other: str) -> bool:
    """Whether two titles share four fifths of the words of the shorter one."""
    words = [_words(one), _words(other)]
    shorter = min(words, key=len)
    return bool(shorter) and len(words[0] & words[1]) >= 0.8 * len(shorter)


def _words(title: str) -> set[str]:
    return set("".join(c if c.isalnum() else " " for c in fold(plain(title))).split())


def _site_names(claims: Iterable[Claim], url: str) -> list[str]:
    fields = {"site", "site-publisher", "publisher", "container-title"}
    names = [str(claim.value) for claim in claims if claim.field in fields]
    host = host_of(url)
    return [*list(dict.fromkeys(names))[:_MOST], host, *host.split(".")[:-1]]


def _title_alone(title: str, names: Sequence[str], headings: Sequence[str]) -> str:
    """Take the site's name off a title: known names at either end, and what follows a heading."""
    plain_title = line(title)
    if len(plain_title) > _LONGEST:
        return ""
    for heading in headings:
        if plain_title.startswith(heading) and _SEPARATOR.match(plain_title, len(heading)):
            return heading
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if cuts and _is_site(title[cuts[-1].end() :], names):
            title = title[: cuts[-1].start()]
        elif cuts and _is_site(title[: cuts[0].start()], names):
            title = title[cuts[0].end() :]
        else:
            return title.strip()


def _is_site(text: str, names: Sequence[str]) -> bool:
    # "lingbuzz/006747": a site and the number that the work has there.
    text = _NUMBERED.sub("", text)
    return any(same_body(text, name) for name in names)
