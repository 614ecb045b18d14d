"""Domains that are for sale, or show nothing but advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from northbib.records import fold

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.watching.seen import Seen

__all__ = ["parked_by"]

# Where domains are sold, and who serves the pages of those that are not in use.
_SELLERS = frozenset(
    """
    sedo.com sedoparking.com parkingcrew.net parklogic.com bodis.com hugedomains.com dan.com
    afternic.com above.com uniregistry.com domainmarket.com buydomains.com sav.com undeveloped.com
    domainnamesales.com namedrive.com fabulous.com skenzo.com smartname.com voodoo.com trafficz.com
    parked.com parkingpage.namecheap.com cashparking.com dynadot.com epik.com brandbucket.com
    squadhelp.com atom.com perfectdomain.com domain.io expireddomains.com dropcatch.com
    """.split()
)
_WORDS = re.compile(
    r"(?:this |the )?(?:web ?site |premium )?domain(?: name)?\W{0,3}(?:[\w.-]+\W{1,3})?"
    r"(?:is|may be|could be|might be) (?:now )?(?:for sale|available for purchase|parked|expired)"
    r"|(?:buy|purchase|acquire) (?:this|the) domain|make an offer on this domain"
    r"|this domain(?: name)? (?:has expired|was recently registered|is registered at|is pending)"
    r"|domain (?:parking|is parked|parked by)|parked (?:free|domain|by)|parking page"
    r"|[\w-]+(?:\.[\w-]+)+ is for sale"
)
_CODE = re.compile(
    r"adsense/domains/caf\.js|sedoparking\.com|parkingcrew\.net|bodis\.com/|parklogic\.com"
    r"|d38psrni17bvxu\.cloudfront\.net|img1\.wsimg\.com/parking-lander|cdn\.dan\.com"
    r"|window\.park\s*=|/_fd\?|data-adblockkey=",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"ww\d{1,3}\.")
_LITTLE_TEXT = 3000


def parked_by(asked: str, response: Response, seen: Seen | None) -> str:
    """Say by what a domain is seen to be parked, "" if it is not.

    Args:
        asked: The address that was asked for.
        response: The answer.
        seen: The page; None if there is none.
    """
    before, after = (urlsplit(url).hostname or "" for url in (asked, response.url))
    hosts = [after, *(urlsplit(step.url).hostname or "" for step in response.redirects)]
    for host in hosts:
        if host != before and _seller(host):
            return f"it leads to {host}, where domains are sold"
    if seen is None or _seller(before):
        return ""
    is_little = len(seen.text) < _LITTLE_TEXT
    if is_little and _NUMBERED.match(after) and not _NUMBERED.match(before):
        return f"it leads to {after}, which is how parked domains do it"
    return _said(seen)


def _said(seen: Seen) -> str:
    for text in (seen.title, *seen.headings):
        if _WORDS.search(fold(text)):
            return f"its page says {text[:80]!r}"
    if len(seen.text) >= _LITTLE_TEXT:
        return ""
    if _CODE.search(seen.source):
        return "its page has nothing on it but a seller's advertisements"
    words = _WORDS.search(fold(seen.text))
    return f"its page says {words[0]!r}" if words else ""


def _seller(host: str) -> bool:
    labels = host.split(".")
    return any(".".join(labels[i:]) in _SELLERS for i in range(len(labels)))
