"""What kind of page it is, by the software that serves it and by what newspapers add to theirs.

The vocabularies of the web call nearly everything an article; what else a page says of itself must
tell news stories, posts and other pages from each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim
from northbib.resolve.kinds import GENERIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.resolve.readers.parts import Page

__all__ = ["HINT", "PLATFORM", "read_hints", "read_platform"]

PLATFORM, HINT = "page:platform", "page:hint"

# Software that serves nothing but weblogs: how its pages call it, or where their scripts come from.
_GENERATORS = re.compile(
    r"^(?:blogger|ghost|typepad|movable type|substack|medium|livejournal|bear)"
)
_SCRIPTS = (
    "substackcdn.com",
    "cdn-client.medium.com",
    "www.blogger.com/static",
    "static.ghost.org",
    "assets.tumblr.com",
)

# What only publishers of news put into their pages.
_NEWS_METAS = frozenset(
    """
    news_keywords article:content_tier article:opinion parsely-page parsely-pub-date parsely-title
    sailthru.date sailthru.tags cxenseparse:recs:publishtime brightspot.contentid mrf:tags
    """.split()
)
_NEWS_CODE = (
    "googletag.cmd",
    "securepubads.g.doubleclick.net",
    "static.chartbeat.com",
    "newsroom.bi",
    "cdn.parsely.com",
    "cdn.taboola.com",
    "widgets.outbrain.com",
)
_PAPER = (
    "advertiser argus beacon bulletin chronicle citizen courier dispatch echo enquirer examiner"
    " gazette globe guardian herald independent journal mail mercury mirror news newsletter"
    " observer post press record recorder reporter sentinel standard star sun telegraph times"
    " tribune voice"
)
_PAPER_NAME = re.compile(
    rf"\b(?:{'|'.join(_PAPER.split())})\b|\b(?:daily|evening|weekly|magazine|today)\b",
    re.IGNORECASE,
)
_PAPER_HOST = re.compile(rf"(?:{'|'.join(_PAPER.split())}|today|live|daily|magazine)(?:online)?$")
_NOT_A_PAPER = re.compile(
    r"council|university|institut|foundation|society|trust|government|ministry|department|charity"
    r"|school|college|union|association|blog",
    re.IGNORECASE,
)
_BLOG_NAME = re.compile(r"\b(?:we)?blogs?\b", re.IGNORECASE)
_COMMENTS = ('id="commentform"', 'id="respond"', "disqus_thread", 'class="comment-form')
_ORGANISATION_HOST = re.compile(r"\.(?:gov|edu|ac|parliament|mil|int|nhs|police)(?:\.[a-z]{2})?$")
_FOR_RELEASE = re.compile(r">\s*for immediate release\b", re.IGNORECASE)
_STATING = frozenset({"page:dc", "page:highwire", "page:prism", "page:meta", "page:link"})
_WITHIN = 400_000


def read_platform(page: Page) -> list[Claim]:
    """Say that a page is a post if the software that serves it serves nothing else."""
    generator = page.meta("generator").lower()
    head = page.source[:_WITHIN]
    is_medium = page.meta("al:android:package").lower() == "com.medium.reader"
    if _GENERATORS.match(generator) or is_medium or any(script in head for script in _SCRIPTS):
        return [Claim("type", "post-weblog", PLATFORM, "generator")]
    return []


def read_hints(page: Page, claims: Sequence[Claim]) -> list[Claim]:
    """Say what an article is of which nobody says more than that it is one.

    Args:
        page: The page.
        claims: What is claimed already.
    """
    kinds = {claim.value for claim in claims if claim.field == "type"} - {GENERIC, "webpage"}
    if kinds:
        return []
    return [Claim("type", kind, HINT, why) for kind, why in _hints(page, claims)][:1]


def _hints(page: Page, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    names = [str(claim.value) for claim in claims if claim.field in ("site", "site-publisher")]
    is_article = any(claim.field == "type" and claim.value == GENERIC for claim in claims)
    is_dated = any(claim.field == "issued" for claim in claims)
    if is_article and any(map(_BLOG_NAME.search, names)):
        yield "post-weblog", "name"
    if any(claim.field == "DOI" and claim.source in _STATING for claim in claims):
        yield "article-journal", "DOI"
    if _FOR_RELEASE.search(page.source):
        yield "article", "for immediate release"
    if not is_dated or _ORGANISATION_HOST.search(page.host):
        return
    if any(claim.field == "news-publisher" for claim in claims):
        yield "article-newspaper", "publisher"
    if any(name in _NEWS_METAS for name, _ in page.metas):
        yield "article-newspaper", "meta"
    if _is_paper(page.host, names):
        yield "article-newspaper", "name"
    if not is_article:
        return
    if any(code in page.source for code in _NEWS_CODE):
        yield "article-newspaper", "advertising"
    if _is_personal(claims, names) or any(form in page.source for form in _COMMENTS):
        yield "post-weblog", "comments"


def _is_paper(host: str, names: Iterable[str]) -> bool:
    label = host.split(".")[-3 if host.endswith((".co.uk", ".com.au", ".org.uk")) else -2 :][:1]
    names = [name for name in names if name != host]
    if any(_NOT_A_PAPER.search(name) for name in names):
        return False
    is_named = any(_PAPER_NAME.search(name) and len(name) < 40 for name in names)
    return is_named or any(_PAPER_HOST.search(part) for part in label)


def _is_personal(claims: Iterable[Claim], names: Iterable[str]) -> bool:
    """Whether a site is called after the person who wrote the page."""
    folded = [name.lower() for name in names]
    families = {
        name.family.lower()
        for claim in claims
        if claim.field == "author" and isinstance(claim.value, tuple)
        for name in claim.value
        if len(name.family) > 3
    }
    return any(family in name for family in families for name in folded)
