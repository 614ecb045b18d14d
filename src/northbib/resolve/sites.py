"""What is known of well-known sites: their name, and what kind of work stands under which path.

Facts of this table are those that a page does not state about itself, or states wrongly. Sources:
the sites themselves; GOV.UK content types, https://docs.publishing.service.gov.uk/document-types.html;
legislation.gov.uk, "URI structure", https://legislation.github.io/data-documentation/.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from northbib.records import Date, Day
from northbib.resolve.claims import Claim

__all__ = ["host_of", "site_claims"]


@dataclass(frozen=True, slots=True)
class _Site:
    """A site, or a part of one.

    Attributes:
        host: Its host name or the end of it.
        name: What it calls itself, "" if its pages say so.
        type: The CSL type of its works, "" if its pages say so.
        path: What the path must match for this to hold.
    """

    host: str
    name: str
    type: str = ""
    path: str = ""


_NEWS = "article-newspaper"
_SITES = (
    _Site("bbc.co.uk", "BBC News", _NEWS, r"/news"),
    _Site("bbc.com", "BBC News", _NEWS, r"/news"),
    _Site("belfastlive.co.uk", "Belfast Live", _NEWS),
    _Site("birminghammail.co.uk", "Birmingham Live", _NEWS),
    _Site("bloomberg.com", "Bloomberg", _NEWS, r"/news"),
    _Site("chroniclelive.co.uk", "Chronicle Live", _NEWS),
    _Site("cityam.com", "City AM", _NEWS),
    _Site("dailymail.co.uk", "Mail Online", _NEWS),
    _Site("dailyrecord.co.uk", "Daily Record", _NEWS),
    _Site("economist.com", "The Economist", _NEWS),
    _Site("euronews.com", "Euronews", _NEWS, r"/(?:[\w-]+/)?\d{4}/"),
    _Site("express.co.uk", "Express.co.uk", _NEWS),
    _Site("ft.com", "Financial Times", _NEWS, r"/content"),
    _Site("huffingtonpost.co.uk", "HuffPost UK", _NEWS),
    _Site("independent.co.uk", "The Independent", _NEWS),
    _Site("inews.co.uk", "The i Paper", _NEWS),
    _Site("liverpoolecho.co.uk", "Liverpool Echo", _NEWS),
    _Site("manchestereveningnews.co.uk", "Manchester Evening News", _NEWS),
    _Site("mirror.co.uk", "The Mirror", _NEWS),
    _Site("nationalgeographic.co.uk", "National Geographic", "article-magazine"),
    _Site("nationalgeographic.com", "National Geographic", "article-magazine"),
    _Site("newstatesman.com", "New Statesman", "article-magazine"),
    _Site("nytimes.com", "The New York Times", _NEWS, r"/\d{4}/"),
    _Site("politics.co.uk", "Politics.co.uk", _NEWS),
    _Site("prospectmagazine.co.uk", "Prospect", "article-magazine"),
    _Site("reuters.com", "Reuters", _NEWS),
    _Site("scotsman.com", "The Scotsman", _NEWS),
    _Site("spectator.co.uk", "The Spectator", "article-magazine"),
    _Site("standard.co.uk", "The Standard", _NEWS),
    _Site("telegraph.co.uk", "The Telegraph", _NEWS),
    _Site("theguardian.com", "The Guardian", _NEWS),
    _Site("thetimes.co.uk", "The Times", _NEWS),
    _Site("yorkshirepost.co.uk", "The Yorkshire Post", _NEWS),
    _Site("gov.uk", "GOV.UK", "speech", r"/government/speeches/"),
    _Site("gov.uk", "GOV.UK", "dataset", r"/government/statistical-data-sets/"),
    _Site(
        "gov.uk",
        "GOV.UK",
        "report",
        r"/government/(?:publications|consultations|statistics|calls-for-evidence|case-studies)/",
    ),
    _Site("www.gov.uk", "GOV.UK", "webpage"),
    _Site(
        "legislation.gov.uk", "legislation.gov.uk", "legislation", r"/\w+/(?:\d{4}|\w+/[\d-]+)/\d+"
    ),
    _Site("commonslibrary.parliament.uk", "House of Commons Library", "report"),
    _Site("lordslibrary.parliament.uk", "House of Lords Library", "report"),
    _Site("researchbriefings.parliament.uk", "UK Parliament", "report"),
    _Site("hansard.parliament.uk", "Hansard", "hearing", r"/(?:commons|lords)/\d{4}"),
    _Site("bills.parliament.uk", "UK Parliament", "bill", r"/bills/\d"),
    _Site("www.parliament.uk", "UK Parliament"),
    _Site("wikipedia.org", "Wikipedia", "entry-encyclopedia", r"/wiki/"),
    _Site("arxiv.org", "arXiv", "article", r"/abs/"),
    _Site("biorxiv.org", "bioRxiv", "article", r"/content/"),
    _Site("medrxiv.org", "medRxiv", "article", r"/content/"),
    _Site("ssrn.com", "SSRN", "article"),
    _Site("blogs.lse.ac.uk", "", "post-weblog"),
    _Site("blogspot.com", "", "post-weblog"),
    _Site("blogspot.co.uk", "", "post-weblog"),
    _Site("wordpress.com", "", "post-weblog", r"/\d{4}/"),
    _Site("substack.com", "", "post-weblog", r"/p/"),
    _Site("medium.com", "", "post-weblog"),
    _Site("tumblr.com", "", "post", r"/post/"),
)
_BLOG = re.compile(r"^blogs?\.|\.blogs?\.")
_BLOG_PATH = re.compile(r"/blogs?/.")
_DATED_PATH = re.compile(r"/((?:19|20)\d{2})/(\d{1,2}|[a-z]{3})/(?:(\d{1,2})/)?", re.IGNORECASE)
_MONTHS = ("jan feb mar apr may jun jul aug sep oct nov dec").split()

# Type of legislation in its address -> how the number of such a law is written.
_LAWS = {
    "ukpga": "{year} c. {number}",
    "asp": "{year} asp {number}",
    "anaw": "{year} anaw {number}",
    "asc": "{year} asc {number}",
    "nia": "{year} c. {number} (N.I.)",
    "uksi": "SI {year}/{number}",
    "ssi": "SSI {year}/{number}",
    "wsi": "WSI {year}/{number}",
    "nisr": "SR {year}/{number}",
}
_LAW = re.compile(r"/(?:id/)?(?P<type>[a-z]+)/(?P<year>\d{4})/(?P<number>\d+)(?:/|$)")


def host_of(url: str) -> str:
    """Give the host of an address without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def site_claims(url: str) -> list[Claim]:
    """Give what the address of a page says of it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    claims = [Claim("site", host_of(url), "page:host", "host")]
    for site in _SITES:
        if _is_at(host, site.host) and re.match(site.path, parts.path):
            source = f"site:{site.host}"
            claims += [Claim("site", site.name, source, "host")] if site.name else []
            claims += [Claim("type", site.type, source, "path")] if site.type else []
            break
    if _BLOG.search(host) or _BLOG_PATH.search(parts.path):
        claims.append(Claim("type", "post-weblog", "page:url", "path"))
    return claims + _law(host, parts.path) + _dated(parts.path)


def _is_at(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _law(host: str, path: str) -> list[Claim]:
    match = _LAW.match(path)
    if match is None or not _is_at(host, "legislation.gov.uk") or match["type"] not in _LAWS:
        return []
    number = _LAWS[match["type"]].format(year=match["year"], number=match["number"])
    year = Date(Day(int(match["year"])))
    return [
        Claim("number", number, "site:legislation.gov.uk", "path"),
        Claim("issued", year, "page:url", "path"),
    ]


def _dated(path: str) -> list[Claim]:
    match = _DATED_PATH.search(path)
    if match is None:
        return []
    year, month, day = match.groups()
    name = month.lower()
    number = int(month) if month.isdigit() else _MONTHS.index(name) + 1 if name in _MONTHS else 0
    try:
        date = Date(Day(int(year), number, int(day or 0) if number else 0))
    except ValueError:
        return []
    return [Claim("issued", date, "page:url", "path")] if number else []
