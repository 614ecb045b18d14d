"""What pages of GOV.UK show beside the title: who they are from, and when they came out.

The pages name departments and dates in a list of terms ("From:", "Published", "Last updated") and
in a history of changes, and not in any metadata. Source: the pages' markup from 2012 on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.records import Date, Name
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line
from northbib.resolve.days import read_date
from northbib.resolve.html import text_of
from northbib.resolve.people import person_or_body
from northbib.resolve.sites import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

__all__ = ["read_govuk"]

SOURCE = "site:gov.uk"
_PUBLISHED = re.compile(r"(?:first )?published", re.IGNORECASE)
_TITLE_SUFFIX = re.compile(r" - [A-Z][A-Za-z ]+ - GOV\.UK$")


def read_govuk(tree: HtmlElement, url: str) -> list[Claim]:
    """Give the claims of a page of www.gov.uk; none for any other page."""
    if host_of(url) != "gov.uk":
        return []
    claims = [
        Claim("author", _authors(tree), SOURCE, "From"),
        Claim("title", _title(tree), SOURCE, "title"),
    ]
    if days := sorted(_days(tree), key=lambda day: day.sort_key):
        claims.append(Claim("issued", days[0], SOURCE, "Published"))
    return [claim for claim in claims if claim.value]


def _title(tree: HtmlElement) -> str:
    # Titles once named the kind of page as well: "… - Publications - GOV.UK".
    title = next((line(text_of(element)) for element in tree.iter("title")), "")
    return _TITLE_SUFFIX.sub("", title).removesuffix(" - GOV.UK")


def _authors(tree: HtmlElement) -> tuple[Name, ...]:
    """Give the speaker if there is one, else the bodies that a page is from."""
    people, bodies = [], []
    for link in _terms(tree, "from"):
        address = link.get("href") or ""
        if "/government/organisations/" in address:
            bodies.append(Name(literal=line(text_of(link))))
        elif "/government/people/" in address:
            people.append(person_or_body(text_of(link), is_person=True))
    speakers = [person for person in people if person is not None]
    return tuple(dict.fromkeys(speakers or bodies))


def _terms(tree: HtmlElement, term: str) -> Iterator[HtmlElement]:
    for element in tree.iter("dt"):
        if text_of(element).lower().rstrip(": ") != term:
            continue
        follower = element.getnext()
        while follower is not None and follower.tag == "dd":
            yield from follower.iter("a")
            follower = follower.getnext()


def _days(tree: HtmlElement) -> Iterator[Date]:
    for element in tree.xpath(".//*[contains(@class,'published-at')]"):
        if day := read_date(element.get("title") or text_of(element)):
            yield day
    for element in tree.iter("dt"):
        follower = element.getnext()
        if follower is not None and _PUBLISHED.fullmatch(text_of(element).rstrip(": ")):
            marked = follower.xpath(".//@title | .//@datetime")
            if day := read_date(str(marked[0]) if marked else text_of(follower)):
                yield day
