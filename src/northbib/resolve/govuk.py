"""What pages of GOV.UK show beside the title: who they are from, when they came out, what they are.

The pages name departments and dates in a list of terms ("From:", "Published", "Last updated") and
in a history of changes; newer ones in meta elements of their own. Sources: the pages' markup from
2012 on; "Document types", https://docs.publishing.service.gov.uk/document-types.html.
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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from northbib.resolve.readers.parts import Page

__all__ = ["read_govuk"]

SOURCE = "site:gov.uk"
_PUBLISHED = re.compile(r"(?:first )?published", re.IGNORECASE)
_TITLE_SUFFIX = re.compile(r" - [A-Z][A-Za-z ]+ - GOV\.UK$")

# What a page calls itself above its title or in `govuk:format` -> CSL type and genre.
_FORMATS = {
    "authored article": ("article-newspaper", ""),
    "case study": ("report", "Case study"),
    "closed consultation": ("report", "Consultation"),
    "consultation outcome": ("report", "Consultation"),
    "corporate report": ("report", "Corporate report"),
    "foi release": ("report", "FOI release"),
    "government response": ("article", "Government response"),
    "guidance": ("report", "Guidance"),
    "impact assessment": ("report", "Impact assessment"),
    "independent report": ("report", "Independent report"),
    "international treaty": ("report", "International treaty"),
    "national statistics": ("report", "National statistics"),
    "news story": ("article", "News story"),
    "official statistics": ("report", "Official statistics"),
    "open consultation": ("report", "Consultation"),
    "oral statement to parliament": ("speech", "Oral statement to Parliament"),
    "policy paper": ("report", "Policy paper"),
    "press release": ("article", "Press release"),
    "research and analysis": ("report", "Research"),
    "speech": ("speech", ""),
    "statutory guidance": ("report", "Statutory guidance"),
    "transparency data": ("report", "Transparency data"),
    "world news story": ("article", "News story"),
    "written statement to parliament": ("speech", "Written statement to Parliament"),
}


def read_govuk(page: Page) -> list[Claim]:
    """Give the claims of a page of www.gov.uk; none for any other page."""
    if page.host != "gov.uk":
        return []
    claims = [
        Claim("author", _authors(page), SOURCE, "From"),
        Claim("title", _title(page), SOURCE, "title"),
        *_format(page),
    ]
    if first := read_date(page.meta("govuk:first-published-at")):
        claims.append(Claim("issued", first, SOURCE, "govuk:first-published-at"))
    if days := sorted(_days(page.tree), key=lambda day: day.sort_key):
        claims.append(Claim("issued", days[0], SOURCE, "Published"))
    return [claim for claim in claims if claim.value]


def _title(page: Page) -> str:
    # Titles once named the kind of page as well: "… - Publications - GOV.UK".
    return _TITLE_SUFFIX.sub("", line(page.title)).removesuffix(" - GOV.UK")


def _format(page: Page) -> Iterator[Claim]:
    names = [page.meta("govuk:format").replace("_", " ")]
    names += [
        text_of(element)
        for element in page.tree.xpath(
            ".//p[contains(@class,'type')] | .//*[contains(@class,'title__context')]"
            " | .//span[contains(@class,'govuk-caption')]"
        )[:5]
    ]
    for name in names:
        if found := _FORMATS.get(name.strip().lower()):
            yield Claim("type", found[0], SOURCE, "format")
            yield Claim("genre", found[1], SOURCE, "format")
            return


def _authors(page: Page) -> tuple[Name, ...]:
    """Give the speaker if there is one, else the bodies that a page is from."""
    people, bodies = [], []
    for link in _terms(page.tree, ("from", "delivered by", "organisation", "organisations")):
        address = link.get("href") or ""
        if "/government/organisations/" in address:
            bodies.append(Name(literal=line(text_of(link))))
        elif "/government/people/" in address:
            people.append(person_or_body(text_of(link), is_person=True))
    is_spoken = "/government/speeches/" in page.url
    speakers = [person for person in people if person is not None and is_spoken]
    return tuple(dict.fromkeys(speakers or bodies))


def _terms(tree: HtmlElement, terms: tuple[str, ...]) -> Iterator[HtmlElement]:
    for element in tree.iter("dt"):
        if text_of(element).lower().rstrip(": ") not in terms:
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
