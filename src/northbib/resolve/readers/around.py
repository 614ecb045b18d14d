"""The lines of text around a heading, as a reader of the page sees them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from northbib.records import fold
from northbib.resolve.clean import line
from northbib.resolve.html import BLOCKS, selector, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.html import HtmlElement

    from northbib.resolve.readers.parts import Page

__all__ = ["Line", "is_beside", "lines_after", "lines_before", "title_element"]

_SKIPPED = frozenset(
    "script style noscript template svg nav aside form footer iframe button select".split()
)
_BESIDE = re.compile(
    r"comment|related|recommend|sidebar|side-bar|widget|(?<!post-)(?<!entry-)(?<!article-)footer"
    r"|reply|replies|teaser|promo"
    r"|trending|most-?read|popular|more-?(?:from|on|stories)|references|bibliograph|citations"
    r"|newsletter|breadcrumb|testimonial|read-?next|latest",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?:more (?:on|from|about|stories)|related|you (?:may|might) also|read (?:more|next)"
    r"|recommended|latest|further reading|references|comments|share this|most (?:read|popular))\b",
    re.IGNORECASE,
)
_HEADINGS = selector(
    ".//h1 | .//h2 | .//h3 | .//h4 | .//*[contains(@class,'title')][not(self::a or self::title)]"
)
_MOST_HEADINGS, _MOST_PARTS, _MOST_BEFORE = 60, 600, 400
_DEEPEST = 14
_LONGEST_END = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Attributes:
        text: What it says, on one line.
        links: The links in it.
    """

    text: str
    links: tuple[HtmlElement, ...]


def title_element(page: Page, titles: Sequence[str]) -> HtmlElement | None:
    """Find the element that shows one of these titles; else the only heading of first level."""
    wanted = {_bare(title) for title in titles if title}
    for element in _candidates(page):
        if _bare(text_of(element)) in wanted:
            return element
    return page.headings[0].element if len(page.headings) == 1 else None


def _candidates(page: Page) -> Iterator[HtmlElement]:
    yield from (heading.element for heading in page.headings)
    yield from _HEADINGS(page.tree)[:_MOST_HEADINGS]
    yield from itertools.islice(page.tree.iter("b", "strong", "font", "big"), _MOST_HEADINGS)


def is_beside(element: HtmlElement, *, asides: bool = True) -> bool:
    """Whether an element belongs to what stands beside the work: comments, related, references.

    Args:
        element: The element.
        asides: Whether `aside` elements are beside the work; some hold its own byline.
    """
    for depth, ancestor in enumerate((element, *element.iterancestors())):
        if depth > _DEEPEST or ancestor.tag in ("body", "html"):
            return False
        if ancestor.tag == "nav" or (asides and ancestor.tag == "aside"):
            return True
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"
        if len(names) < 300 and _BESIDE.search(names):
            return True
    return False


def lines_after(element: HtmlElement, most: int = 30) -> list[Line]:
    """List the lines that follow an element, at most so many."""
    return _lines(_following(element), most)


def lines_before(element: HtmlElement, most: int = 6) -> list[Line]:
    """List the lines before an element, the nearest first."""
    found: list[Line] = []
    for sibling in _preceding(element):
        if sibling.tag in _SKIPPED or len(found) >= most:
            continue
        text = text_of(sibling, 300)
        if text:
            found.append(Line(text, tuple(sibling.iter("a"))))
    return found[:most]


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", fold(line(text)))


def _preceding(element: HtmlElement) -> Iterator[HtmlElement]:
    node, seen = element, 0
    while node is not None and node.tag not in ("body", "html", "main"):
        for sibling in node.itersiblings(preceding=True):
            seen += 1
            if seen > _MOST_BEFORE:
                return
            yield sibling
        node = node.getparent()


_Part = tuple["str | None", "HtmlElement | None"]


def _following(element: HtmlElement) -> Iterator[_Part]:
    """Give what follows in document order: text, links as they begin, None where a line ends."""
    node = element
    yield None, None
    while node is not None and node.tag not in ("body", "html"):
        yield node.tail or "", None
        for sibling in node.itersiblings():
            yield from _within(sibling)
            yield sibling.tail or "", None
        yield None, None
        node = node.getparent()


def _within(element: HtmlElement) -> Iterator[_Part]:
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            if node.tag in _SKIPPED:
                walk.skip_subtree()
                continue
            yield None if node.tag in BLOCKS else "", node if node.tag == "a" else None
            yield node.text or "", None
        else:
            yield None if node.tag in BLOCKS else "", None
            if node is not element:
                yield node.tail or "", None


def _lines(parts: Iterator[_Part], most: int) -> list[Line]:
    found: list[Line] = []
    text: list[str] = []
    links: list[HtmlElement] = []
    for count, (part, link) in enumerate(parts):
        if part is None:
            if joined := " ".join("".join(text).split()):
                if _END.match(joined) and len(joined) < _LONGEST_END:
                    break
                found.append(Line(joined, tuple(links)))
                links.clear()
            text.clear()
        else:
            text.append(part)
        if link is not None:
            links.append(link)
        if len(found) >= most or count > _MOST_PARTS * 4:
            break
    return found
