"""What pages of the UK Parliament say in their address and state wrongly in their metadata.

Sources: the addresses of hansard.parliament.uk (house, day, title) and of Historic Hansard; pages
of the House of Commons Library, whose `citation_online_date` is the day of the last edit.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from northbib.records import Date, Day
from northbib.resolve.claims import Claim
from northbib.resolve.months import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["corrected", "read_parliament"]

SOURCE = "site:parliament.uk"
_HANSARD = re.compile(
    r"/(?P<house>commons|lords)/(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:/\w+/[\w-]+/(?P<slug>[^/?#]+))?",
    re.IGNORECASE,
)
_HISTORIC = re.compile(
    r"/historic-hansard/(?P<house>commons|lords)/(?P<year>\d{4})/(?P<month>[a-z]{3})/(?P<day>\d\d?)",
    re.IGNORECASE,
)


def read_parliament(url: str) -> list[Claim]:
    """Give the claims of an address of the UK Parliament's debates; none for any other."""
    host, path = urlsplit(url).hostname or "", unquote(urlsplit(url).path)
    form = {"hansard.parliament.uk": _HANSARD, "api.parliament.uk": _HISTORIC}.get(host)
    match = form.match(path) if form else None
    if match is None:
        return []
    parts = match.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else MONTHS.get(month.lower(), 0)
    claims = [Claim("authority", f"House of {parts['house'].title()}", SOURCE, "path")]
    try:
        date = Date(Day(int(parts["year"]), number, int(parts["day"])))
    except ValueError:
        return claims
    return [*claims, Claim("issued", date, SOURCE, "path")]


def corrected(claims: Iterable[Claim], host: str) -> list[Claim]:
    """Give the claims of a page with those of the last edit called so."""
    if not host.endswith("parliament.uk"):
        return list(claims)
    return [
        replace(claim, field="modified") if claim.source == "page:online" else claim
        for claim in claims
    ]
