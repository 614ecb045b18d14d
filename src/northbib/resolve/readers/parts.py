"""A page taken apart once: what every reader of it looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from northbib.records import fold
from northbib.resolve.charsets import decode
from northbib.resolve.clean import line, rich
from northbib.resolve.html import parse, text_of
from northbib.resolve.sites import host_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.html import HtmlElement

__all__ = ["Heading", "Link", "Page", "take_apart"]

_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}")
_HOME = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+|home)?/?", re.IGNORECASE)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HEADER_LINK = re.compile(r"<([^<>]*)>([^<,]*(?:,(?!\s*<)[^<,]*)*)")
_RELATION = re.compile(r";\s*rel\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_TYPE = re.compile(r";\s*type\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_SHORTEST_HEADING, _MOST_HEADINGS, _LONGEST_URL = 4, 50, 2000


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page's head, or of its HTTP header.

    Attributes:
        relations: What it leads to, in lower case (HTML `rel`).
        url: Its whole address.
        type: The media type there, "" if not stated.
        title: Its label.
    """

    relations: tuple[str, ...]
    url: str
    type: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the first level that is not the site's logo."""

    text: str
    element: HtmlElement


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        url: Its address.
        host: The host of that address, without `www.`.
        source: Its source, for a quick look at whether a reader has anything to read.
        tree: Its tree.
        title: The text of its title element, with inline markup.
        language: Of its html element, "" if that states none.
        metas: Name in lower case and content of each meta element, in order.
        links: Of head and HTTP header.
        scripts: Type in lower case and text of each script that has text and is no program.
        headings: The headings of the first level that differ.
        times: The time elements.
    """

    url: str
    host: str
    source: str
    tree: HtmlElement
    title: str
    language: str
    metas: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    scripts: tuple[tuple[str, str], ...]
    headings: tuple[Heading, ...]
    times: tuple[HtmlElement, ...]

    def meta(self, *names: str) -> str:
        """Give the content of the first meta element of one of these names, "" if none."""
        return next((content for name, content in self.metas if name in names), "")

    def shows(self, title: str) -> bool:
        """Whether the title element or a heading shows this title."""
        wanted = fold(title)
        shown = (self.title, *(heading.text for heading in self.headings))
        return bool(wanted) and any(wanted in fold(line(text)) for text in shown)


def take_apart(data: bytes, headers: Mapping[str, str], url: str) -> Page:
    """Parse a page and list its parts.

    Raises:
        InputError: There is no HTML in it.
    """
    source = decode(data, headers)
    tree = parse(source, url)
    found: dict[str, list[HtmlElement]] = {}
    for element in tree.iter("meta", "link", "title", "h1", "time", "script"):
        found.setdefault(element.tag, []).append(element)
    return Page(
        url=url,
        host=host_of(url),
        source=source,
        tree=tree,
        title=_title(found.get("title", [])),
        language=_language(tree),
        metas=tuple(_metas(found.get("meta", []))),
        links=(*_header_links(headers, url), *_links(found.get("link", []), url)),
        scripts=tuple(_scripts(found.get("script", []))),
        headings=tuple(_headings(found.get("h1", []))),
        times=tuple(found.get("time", [])),
    )


def _title(elements: list[HtmlElement]) -> str:
    for element in elements:
        parent = element.getparent()
        if parent is None or parent.tag not in ("svg", "symbol", "g"):
            return rich(text_of(element))
    return ""


def _language(tree: HtmlElement) -> str:
    code = (tree.get("lang") or tree.get(_XML_LANG) or tree.get("xml:lang") or "").strip()
    return code.replace("_", "-") if _LANGUAGE.fullmatch(code) else ""


def _metas(elements: list[HtmlElement]) -> list[tuple[str, str]]:
    found = []
    for element in elements:
        name = element.get("name") or element.get("property") or element.get("id") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            # A property may list several names (RDFa Core 1.1, 5).
            found += [(each, content) for each in name.lower().split()[:4]]
    return found


def _links(elements: list[HtmlElement], url: str) -> list[Link]:
    links = []
    for element in elements:
        href = (element.get("href") or "").strip()
        if href and len(href) < _LONGEST_URL and element.get("rel"):
            kind = (element.get("type") or "").strip().lower()
            title = line((element.get("title") or "")[:500])
            relations = tuple(element.get("rel").lower().split())
            links.append(Link(relations, _joined(url, href), kind, title))
    return links


def _header_links(headers: Mapping[str, str], url: str) -> list[Link]:
    """Read a Link header (RFC 8288), which repositories use for signposting."""
    links = []
    for match in _HEADER_LINK.finditer(headers.get("link", "")[:20_000]):
        relation, kind = _RELATION.search(match[2]), _TYPE.search(match[2])
        if relation:
            relations = tuple(relation[1].lower().split())
            address = _joined(url, match[1].strip())
            links.append(Link(relations, address, kind[1].lower() if kind else ""))
    return links


def _joined(url: str, href: str) -> str:
    if href.startswith(("https://", "http://")):
        return href
    try:
        return urljoin(url, href)
    except ValueError:
        return ""


def _scripts(elements: list[HtmlElement]) -> list[tuple[str, str]]:
    found = []
    for element in elements:
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind.endswith("json") and element.text:
            found.append((kind, element.text))
    return found


def _headings(elements: list[HtmlElement]) -> list[Heading]:
    found: dict[str, Heading] = {}
    for element in elements[:_MOST_HEADINGS]:
        text = line(text_of(element))
        if len(text) >= _SHORTEST_HEADING and not _leads_home(element):
            found.setdefault(text, Heading(text, element))
    return list(found.values())


def _leads_home(heading: HtmlElement) -> bool:
    links = [*heading.iter("a"), *heading.iterancestors("a")]
    return any(_HOME.fullmatch(link.get("href") or "-") for link in links)
