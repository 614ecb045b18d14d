"""What a page claims where readers see it: title, headings, bylines and times; and its links.

Sources: HTML Living Standard (`title`, `time`, `rel`), HTML Microdata (`itemprop`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from northbib.errors import UsageError
from northbib.records.identifiers import doi
from northbib.resolve.claims import Claim
from northbib.resolve.clean import line, rich
from northbib.resolve.days import find_day, read_date
from northbib.resolve.html import text_of
from northbib.resolve.people import read_byline
from northbib.resolve.recognition import clean_address
from northbib.resolve.sites import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from northbib.records import Date, Name

__all__ = ["headings_of", "read_visible", "title_of"]

MICRODATA, BYLINE, TIME = "page:microdata", "page:byline", "page:time"

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")
_BYLINE = re.compile(r"(?:^|[\s_-])by-?(?:line|author)(?:$|[\s_-])", re.IGNORECASE)
_BYLINE_PART = re.compile(
    r"bio|avatar|image|img|photo|more|related|follow|social|box|share|card", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:(?:first\s+)?published|posted|date|issued|last updated)\b(?:\s+on)?[\s:]*", re.IGNORECASE
)
_DATE_CLASS = re.compile(
    r"publi|posted|entry-date|dateline|timestamp|article.?date|date.?header", re.IGNORECASE
)

_LONGEST = 2000
_TIME = ".//time[@pubdate or contains(@class,'publish') or contains(@class,'entry-date')]"


def title_of(tree: HtmlElement) -> str:
    """Give the text of the title element, "" if there is none."""
    for element in tree.iter("title"):
        if element.getparent() is None or element.getparent().tag != "svg":
            return rich(text_of(element, _LONGEST))
    return ""


def headings_of(tree: HtmlElement) -> list[str]:
    """List the distinct headings of the first level, without those that are the site's logo."""
    headings = (
        line(text_of(element, _LONGEST)) for element in tree.iter("h1") if not _leads_home(element)
    )
    return [heading for heading in dict.fromkeys(headings) if len(heading) > 3]


def _leads_home(heading: HtmlElement) -> bool:
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(re.fullmatch(r"(?:https?://[^/?#]+)?/?", link.get("href") or "-") for link in links)


def read_visible(tree: HtmlElement, url: str) -> list[Claim]:
    """Give the claims of a page's links, microdata, bylines, headings and times."""
    claims = [Claim("language", _language(tree), "page:html", "lang")]
    claims += _links(tree, url)
    claims += _microdata(tree)
    claims.append(Claim("author", _byline(tree), BYLINE, "byline"))
    claims += [Claim("issued", date, TIME, "time") for date in _times(tree)]
    headings = headings_of(tree)
    if len(headings) == 1:
        claims.append(Claim("title", headings[0], "page:h1", "h1"))
    claims.append(Claim("title", title_of(tree), "page:title", "title"))
    return [claim for claim in claims if claim.value]


def _language(tree: HtmlElement) -> str:
    code = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return code.strip().replace("_", "-") if _LANGUAGE.fullmatch(code.strip()) else ""


def _links(tree: HtmlElement, url: str) -> Iterator[Claim]:
    for link in tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        href = (link.get("href") or "").strip()
        if "cite-as" in relations and (found := doi(href)):
            yield Claim("DOI", found, "page:link", "cite-as")
        if "canonical" in relations and href:
            address = _address(urljoin(url, href)) if len(href) < 2000 else ""
            # A canonical address at another host is a syndicated page, or a mistake.
            if address and _domain(address) == _domain(url):
                yield Claim("URL", address, "page:link", "canonical")
            if re.match(r"https?://(?:dx\.)?doi\.org/10\.", href) and (found := doi(href)):
                yield Claim("DOI", found, "page:link", "canonical")


def _address(text: str) -> str:
    try:
        return clean_address(text)
    except UsageError:
        return ""


def _domain(url: str) -> str:
    # Three labels under a country's second level (co.uk), two elsewhere; enough to compare hosts.
    labels = host_of(url).split(".")
    is_second_level = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if is_second_level else labels[-2:])


def _microdata(tree: HtmlElement) -> Iterator[Claim]:
    headline = _first(tree, ".//*[@itemprop='headline']")
    if headline is not None:
        yield Claim(
            "title",
            rich(headline.get("content") or text_of(headline, _LONGEST)),
            MICRODATA,
            "headline",
        )
    published = _first(tree, ".//*[@itemprop='datePublished']")
    if published is not None:
        text = published.get("content") or published.get("datetime") or text_of(published, _LONGEST)
        if date := read_date(text):
            yield Claim("issued", date, MICRODATA, "datePublished")
    names: list[Name] = []
    for element in tree.xpath(".//*[@itemprop='author' or @itemprop='creator']")[:50]:
        inner = element.xpath(".//*[@itemprop='name']")
        shown = inner[0] if inner else element
        names += read_byline(shown.get("content") or text_of(shown, _LONGEST), is_person=True)
    for element in tree.xpath(".//a[@rel='author']")[:20] if not names else ():
        names += read_byline(text_of(element, _LONGEST), is_person=True)
    yield Claim("author", tuple(dict.fromkeys(names)), MICRODATA, "author")


def _byline(tree: HtmlElement) -> tuple[Name, ...]:
    for element in tree.xpath(".//*[@class][self::p or self::span or self::div or self::a]"):
        kind = element.get("class") or ""
        if _BYLINE.search(kind) and not _BYLINE_PART.search(kind):
            text = text_of(element, _LONGEST)
            if len(text) < 150 and (names := read_byline(text)):
                return names
    return ()


def _times(tree: HtmlElement) -> Iterator[Date]:
    for element in tree.xpath(_TIME) or tree.xpath(".//article//time | .//main//time"):
        if date := read_date(element.get("datetime") or text_of(element, _LONGEST)):
            yield date
            return
    for element in tree.xpath(".//*[@class][self::p or self::span or self::div or self::h2]"):
        if _DATE_CLASS.search(element.get("class") or ""):
            text = text_of(element, _LONGEST)
            if len(text) < 100 and (date := read_date(_PUBLISHED.sub("", text)) or find_day(text)):
                yield date
                return


def _first(tree: HtmlElement, path: str) -> HtmlElement | None:
    found = tree.xpath(path)
    return found[0] if found else None
