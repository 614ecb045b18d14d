"""What the address of legislation.gov.uk says of a law: its number and its year.

Source: "URI structure", https://legislation.github.io/data-documentation/.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from northbib.records import Date, Day
from northbib.resolve.citations_of_law import LAWS, law_number
from northbib.resolve.claims import Claim
from northbib.resolve.sites import host_of

__all__ = ["read_legislation"]

SOURCE = "site:legislation.gov.uk"

_LAW = re.compile(r"/(?:id/)?(?P<type>[a-z]+)/(?P<year>\d{4})/(?P<number>\d+)(?:/|$)")
_REGNAL = re.compile(r"/(?:id/)?(?:ukpga|ukla)/(?:[A-Z][\w.&-]*)/[\w.-]+/(?P<number>\d+)(?:/|$)")


def read_legislation(url: str) -> list[Claim]:
    """Give the claims of an address of legislation.gov.uk; none for any other."""
    if host_of(url) != "legislation.gov.uk":
        return []
    path = urlsplit(url).path
    match = _LAW.match(path)
    if match is None or match["type"] not in LAWS:
        regnal = _REGNAL.match(path)
        return [Claim("number", f"c. {regnal['number']}", SOURCE, "path")] if regnal else []
    number = law_number(match["type"], match["year"], match["number"])
    year = Date(Day(int(match["year"])))
    return [
        Claim("number", number, SOURCE, "path"),
        Claim("issued", year, "page:url", "path"),
    ]
