"""When a page came out, by what its readers see: time elements, labels, lines around the heading.

Read only where no metadata has a date, or where they have one in universal time.
Source: HTML Living Standard, 4.5.14 (`time`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim
from northbib.resolve.days import find_day, read_date
from northbib.resolve.html import selector, text_of
from northbib.resolve.readers.around import is_beside, lines_after, lines_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from northbib.records import Date
    from northbib.resolve.readers.parts import Page

__all__ = ["TIME", "read_times"]

TIME = "page:time"

_PUBLISHED = re.compile(
    r"\b(?:(?:first |originally |date )?(?:published|posted|issued)(?: online)?|publication date"
    r"|release date|date of publication|date published|date posted|released|created|written"
    r"|publi(?:é|cado|cato)|veröffentlicht(?: am)?|date)\b(?:\s+on)?[\s:]*",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\b(?:updated?|modified|edited|revised|reviewed|accessed|retrieved|received|accepted)\b",
    re.IGNORECASE,
)
_OTHER_DAY = re.compile(
    r"\b(?:born|died|events?|deadline|clos(?:es|ing)|starts?|ends?|until|copyright|©|since"
    r"|register(?:ed)?|expires?)\b",
    re.IGNORECASE,
)
_DATE_CLASSES = selector(
    ".//*[contains(@class,'ubli') or contains(@class,'date') or contains(@class,'Date')"
    " or contains(@class,'posted') or contains(@class,'timestamp')]"
)
_DATE_CLASS = re.compile(
    r"publi(?:sh|cation)|posted|entry-?date|dateline|timestamp|article-?date|date-?header|post-?date"
    r"|(?:^|[\s_-])date(?:$|[\s_-])",
    re.IGNORECASE,
)
_IN_SOURCE = re.compile(
    r"(?:Published|Posted|First published|Publication date|Date published)\b[^\d]{0,120}?"
    r"((?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4})"
    r"|(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})|\d{4}-\d\d-\d\d)"
)
_FIRST = frozenset({"time", "heading"})
_LONGEST, _MOST_LINES, _NEXT = 120, 16, 5


def read_times(page: Page, heading: HtmlElement | None) -> list[Claim]:
    """Give the dates that a page shows, the likeliest first; further ways only if none had one.

    Args:
        page: The page.
        heading: Where its title is shown, None if that is not known.
    """
    found: dict[Date, Claim] = {}
    for locator, date in _ways(page, heading):
        if date is not None:
            found.setdefault(date, Claim("issued", date, TIME, locator))
        elif locator not in _FIRST and found:
            break
    return list(found.values())


def _ways(page: Page, heading: HtmlElement | None) -> Iterator[tuple[str, Date | None]]:
    yield "time", _marked(page)
    if heading is not None:
        yield "heading", _near(page, heading)
    yield "term", _term(page)
    yield "class", _by_class(page)
    match = _IN_SOURCE.search(page.source)
    yield "published", read_date(match[1]) if match else None


def _marked(page: Page) -> Date | None:
    plain = None
    for element in page.times[:40]:
        if is_beside(element) or _is_edit(element):
            continue
        date = _date(page, element.get("datetime") or text_of(element, _LONGEST))
        if date is None:
            continue
        kind = (element.get("class") or "")[:_LONGEST]
        if element.get("pubdate") is not None or _DATE_CLASS.search(kind):
            return date
        if plain is None and any(up.tag in ("article", "main") for up in element.iterancestors()):
            plain = date
    return plain


def _is_edit(element: HtmlElement) -> bool:
    parent = element.getparent()
    names = (element.get("class"), parent.get("class") if parent is not None else "")
    previous = element.getprevious()
    label = previous.tail if previous is not None else parent.text if parent is not None else ""
    before = text_of(previous, 100) if previous is not None else ""
    said = f"{before} {label or ''}"
    is_named = any(
        _EDITED.search((name or "").replace("-", " ").replace("_", " ")) for name in names
    )
    return is_named or bool(_EDITED.search(said) and not _PUBLISHED.search(said))


def _near(page: Page, heading: HtmlElement) -> Date | None:
    after, before = lines_after(heading, _MOST_LINES), lines_before(heading, _NEXT)
    for shown in (*after[:_NEXT], *before, *after[_NEXT:]):
        if len(shown.text) <= _LONGEST and (date := _stated(page, shown.text)):
            return date
    return None


def _stated(page: Page, text: str) -> Date | None:
    """Read the day of publication in a line, if that is what the line tells."""
    if not any(c.isdigit() for c in text) or _OTHER_DAY.search(text):
        return None
    edited = _EDITED.search(text)
    published = _PUBLISHED.search(text)
    if edited and not published:
        return None
    if edited and published and published.start() < edited.start():
        text = text[: edited.start()]
    start = published.end() if published else 0
    return _date(page, text[start:]) or find_day(text[start:], page.language, page.host)


def _term(page: Page) -> Date | None:
    for element in page.tree.iter("dt", "th"):
        follower = element.getnext()
        label = text_of(element, 60)
        if follower is not None and label and _PUBLISHED.fullmatch(f"{label.rstrip(': ')} "):
            text = text_of(follower, _LONGEST)
            if date := _date(page, text) or find_day(text, page.language, page.host):
                return date
    return None


def _by_class(page: Page) -> Date | None:
    for element in _DATE_CLASSES(page.tree)[:200]:
        if not _DATE_CLASS.search((element.get("class") or "")[:_LONGEST]) or is_beside(element):
            continue
        text = text_of(element, _LONGEST)
        if text and not _is_edit(element) and (date := _stated(page, text)):
            return date
    return None


def _date(page: Page, text: str) -> Date | None:
    return read_date(text, page.language, page.host)
