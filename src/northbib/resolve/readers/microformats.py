"""Microformats: h-entry and hAtom in the classes of elements.

Source: microformats2 (https://microformats.org/wiki/h-entry) and hAtom 0.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim
from northbib.resolve.clean import rich
from northbib.resolve.days import read_date
from northbib.resolve.html import selector, text_of
from northbib.resolve.people import read_byline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from northbib.resolve.readers.parts import Page

__all__ = ["SOURCE", "read_microformats"]

SOURCE = "page:hentry"


def _with_class(*names: str) -> str:
    # The first half is quick, and mostly false; the second is exact.
    tests = (
        f"(contains(@class, '{name}')"
        f" and contains(concat(' ', normalize-space(@class), ' '), ' {name} '))"
        for name in names
    )
    return " or ".join(tests)


_ENTRIES = selector(f".//*[@class][{_with_class('h-entry', 'hentry')}]")
_TITLE = selector(f".//*[@class][{_with_class('p-name', 'entry-title')}]")
_AUTHOR = selector(
    f".//*[@class][{_with_class('p-author')}]"
    f" | .//*[@class][{_with_class('author')}]//*[@class][{_with_class('fn', 'p-name')}]"
    f" | .//*[@class][{_with_class('fn')} and ({_with_class('author')})]"
    f" | .//*[@class][contains(@class,'author') and ({_with_class('vcard')})]"
    f"//*[@class][{_with_class('fn')}]"
)
_PUBLISHED = selector(f".//*[@class][{_with_class('dt-published', 'published')}]")
_UPDATED = selector(f".//*[@class][{_with_class('dt-updated', 'updated')}]")


def read_microformats(page: Page) -> list[Claim]:
    """Give the claims of the one entry of a page; a page of several entries claims nothing."""
    if "hentry" not in page.source and "h-entry" not in page.source:
        return []
    entries = _ENTRIES(page.tree)[:30]
    titles = [_TITLE(entry) for entry in entries]
    own = [
        entry
        for entry, found in zip(entries, titles, strict=True)
        if found and page.shows(text_of(found[0]))
    ]
    chosen = own[:1] or (entries if len(entries) == 1 else [])
    return [claim for entry in chosen for claim in _claims(entry, page) if claim.value]


def _claims(entry: HtmlElement, page: Page) -> Iterator[Claim]:
    for element in _TITLE(entry)[:1]:
        yield Claim("title", rich(text_of(element)), SOURCE, "p-name")
    names = [
        name
        for element in _AUTHOR(entry)[:20]
        for name in read_byline(text_of(element), is_person=True)
    ]
    yield Claim("author", tuple(dict.fromkeys(names)), SOURCE, "p-author")
    for field, elements in (("issued", _PUBLISHED(entry)), ("modified", _UPDATED(entry))):
        for element in elements[:1]:
            text = element.get("datetime") or element.get("title") or text_of(element)
            if date := read_date(text, page.language, page.host):
                yield Claim(field, date, SOURCE, "dt-published", raw=text[:60])
