"""What is seen of a page: its title and headings, its text, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import InputError
from northbib.records import fold, plain
from northbib.resolve.clean import line
from northbib.resolve.html import text_of
from northbib.resolve.readers.parts import take_apart
from northbib.resolve.titles import titles_agree

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from northbib.resolve.http.results import Response

__all__ = ["Seen", "see"]

_HTML = frozenset({"", "text/html", "application/xhtml+xml"})
_LONGEST = 1_000_000
_SHORTEST_TITLE = 3
_MOST_HEADINGS = 20
_TITLES = frozenset({"citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as its reader sees it.

    Attributes:
        url: Its address.
        source: Its source.
        title: Its title.
        headings: Its headings of the first and second level.
        text: Its text, on one line.
        describes: The titles that it states in machine-readable form.
        refreshes: Where it sends its reader on by itself, "" if nowhere.
    """

    url: str
    source: str
    title: str
    headings: tuple[str, ...]
    text: str
    describes: tuple[str, ...]
    refreshes: str

    def shows(self, title: str) -> bool:
        """Whether it is the page of a work with this title."""
        wanted = fold(line(title))
        words = len(wanted.split())
        for shown in (self.title, *self.headings, *self.describes):
            if wanted and wanted == fold(line(shown)):
                return True
            few = min(words, len(shown.split()))
            if few >= _SHORTEST_TITLE and titles_agree(title, shown):
                return True
        return False


def see(response: Response) -> Seen | None:
    """Look at an answer; None if it is no web page."""
    if response.content_type not in _HTML:
        return None
    try:
        page = take_apart(response.body, response.headers, response.url)
    except InputError:
        return None
    headings = [line(text_of(each)) for each in page.tree.iter("h1", "h2")]
    described = [content for name, content in page.metas if name in _TITLES]
    refreshed = next((each for each in page.tree.iter("meta") if _refreshes(each)), None)
    return Seen(
        url=response.url,
        source=page.source,
        title=plain(page.title),
        headings=tuple(each for each in headings if each)[:_MOST_HEADINGS],
        text=text_of(page.tree, _LONGEST),
        describes=tuple(described),
        refreshes="" if refreshed is None else refreshed.get("content", "").partition("=")[2],
    )


def _refreshes(meta: HtmlElement) -> bool:
    is_refresh = meta.get("http-equiv", "").lower() == "refresh"
    return is_refresh and "=" in meta.get("content", "")
