"""What the address of a page says of it: whose site it is, and what stands under such a path."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from northbib.records import Date, Day
from northbib.resolve.claims import Claim
from northbib.resolve.months import MONTHS
from northbib.resolve.recognition import doi_in_address
from northbib.resolve.site_table import SITES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from northbib.resolve.site_table import Site

__all__ = ["doi_at", "domain_of", "host_of", "site_at", "site_claims"]

_BLOG_HOST = re.compile(r"^(?:\w+-)?blogs?\.|\.blogs?\.|\bblogs?\.[a-z]+$")
_BLOG_PATH = re.compile(r"/(?:[\w-]+/){0,3}?(?:(?:[\w-]+-)?blogs?|weblog|posts?)/.", re.IGNORECASE)
_PRESS_PATH = re.compile(
    r"/(?:[\w-]+/)*(?:(?:press|media|news)[-_]?releases?(?:-\w+)?"
    r"|(?:the-)?press-?(?:office|room))/.",
    re.IGNORECASE,
)
_REPORT_PATH = re.compile(
    r"/(?:[\w-]+/)*(?:reports|working-papers?|briefings?|research-reports|policy-papers?)/[\w-]+",
    re.IGNORECASE,
)
_SPEECH_PATH = re.compile(r"/(?:[\w-]+/)*speeches/[\w-]+", re.IGNORECASE)
_DATASET_PATH = re.compile(r"/(?:[\w-]+/)*datasets?/[\w-]+", re.IGNORECASE)
_DATED_PATH = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3,9})(?:[/-](\d{1,2}))?(?=[/-]|$)", re.IGNORECASE
)
_VERSION = re.compile(r"v\d+$")
_PATH_TYPES = (
    (_BLOG_PATH, "post-weblog", ""),
    (_PRESS_PATH, "article", "Press release"),
    (_SPEECH_PATH, "speech", ""),
    (_REPORT_PATH, "report", ""),
    (_DATASET_PATH, "dataset", ""),
)


def host_of(url: str) -> str:
    """Give the host of an address without `www.`."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def domain_of(url: str) -> str:
    """Give the end of a host that someone registered, near enough to compare two hosts."""
    # Three labels under a country's second level (co.uk), two elsewhere.
    labels = host_of(url).split(".")
    is_second_level = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if is_second_level else labels[-2:])


def doi_at(url: str) -> str | None:
    """Give the DOI that a publisher's address spells out, None if none."""
    try:
        found = doi_in_address(url) if url.startswith("http") else None
    except ValueError:
        return None
    # bioRxiv and medRxiv add the version to the name of a preprint.
    return _VERSION.sub("", found) if found and found.startswith("10.1101/") else found


def site_at(url: str) -> Site | None:
    """Give the line of the table that an address belongs to."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    for first in range(len(labels)):
        for site, path in _by_host().get(".".join(labels[first:]), ()):
            if path.match(parts.path):
                return site
    return None


def site_claims(url: str) -> list[Claim]:
    """Give what the address of a page says of it."""
    parts = urlsplit(url)
    claims = [Claim("site", host_of(url), "page:host", "host")]
    if site := site_at(url):
        source = f"site:{site.host}"
        claims += [Claim("site", site.name, source, "host")] if site.name else []
        claims += [Claim("type", site.type, source, "path")] if site.type else []
        claims += [Claim("genre", site.genre, source, "path")] if site.genre else []
    claims += _path_type(parts.hostname or "", parts.path)
    claims += [Claim("issued", date, "page:url", "path") for date in _dated(parts.path)]
    if found := doi_at(url):
        claims.append(Claim("DOI", found, "page:url", "path"))
    return claims


@cache
def _by_host() -> Mapping[str, list[tuple[Site, re.Pattern[str]]]]:
    table: dict[str, list[tuple[Site, re.Pattern[str]]]] = {}
    for site in SITES:
        table.setdefault(site.host, []).append((site, re.compile(site.path, re.IGNORECASE)))
    return table


def _path_type(host: str, path: str) -> Iterator[Claim]:
    if _BLOG_HOST.search(host):
        yield Claim("type", "post-weblog", "page:url", "host")
    for pattern, kind, genre in _PATH_TYPES:
        if pattern.match(path):
            yield Claim("type", kind, "page:url", "path")
            if genre:
                yield Claim("genre", genre, "page:url", "path")
            return


def _dated(path: str) -> Iterator[Date]:
    if len(path) > 1000 or (match := _DATED_PATH.search(path)) is None:
        return
    year, month, day = match.groups()
    number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
    try:
        date = Date(Day(int(year), number, int(day or 0) if number else 0))
    except ValueError:
        return
    if number:
        yield date
