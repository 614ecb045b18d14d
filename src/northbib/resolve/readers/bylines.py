"""Who wrote a page, by what its readers see: bylines, links to authors, names under the heading.

The last resort: it is read only where nothing else names an author, and only what looks like the
name of a person where names of persons stand is taken. A wrong name is worse than none.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from northbib.resolve.claims import Claim
from northbib.resolve.clean import line
from northbib.resolve.html import selector, text_of
from northbib.resolve.people import is_body, looks_like_person, person_or_body, read_byline
from northbib.resolve.readers.around import Line, is_beside, lines_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from northbib.records import Name
    from northbib.resolve.readers.parts import Page

__all__ = ["BYLINE", "read_bylines"]

BYLINE = "page:byline"

_REL_AUTHOR = selector("descendant::a[contains(concat(' ', @rel, ' '), ' author ')]")
_REL_AUTHOR_AFTER = selector("following::a[contains(concat(' ', @rel, ' '), ' author ')]")
_SURNAMES = selector(".//*[contains(@class,'surname') or contains(@class,'family-name')][not(*)]")
_CLASSES = selector(
    ".//*[contains(@class,'yline') or contains(@class,'uthor') or contains(@class,'y-line')"
    " or contains(@class,'ontributor')]"
)
_BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|by-?author|(?:(?:post|entry|article|story|content|page|meta|blog|news)"
    r"[_-]+(?:\w+[_-]+)?)?(?:authors?|contributors?)(?:[_-]*(?:names?|links?|list|info|title|text))?)"
    r"(?:$|[\s_-]{1,2})|[a-z](?:Byline|AuthorName|Authors?)(?:$|[\s_-])",
)
_NOT_BYLINE = re.compile(
    r"bio|avatar|image|img|photo|more|related|follow|social|box|share|card|comment|description"
    r"|affiliation|email|twitter|note|about",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:written|posted|published|reported|words|text|story|report|article|blog|analysis|review"
    r"|compiled|edited)\s+)?by:?\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:authors?|author\(s\)|written by|writers?|speakers?|auteurs?|autor(?:en|es)?)\s*:?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"\s+(?:[|•·]|on\s|[-–—]\s|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+\d|\d).*$"
    r"|,?\s+(?:posted|published|updated|in)\s.*$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"author|people|profile|person|staff|contributor|orcid|mailto:|scholar|/by/|writer|expert"
    r"|columnist|journalist|reporter|/team/",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b)\s*")
_END_OF_NAMES = re.compile(r"abstract|summary|keywords|introduction|\d\.? ", re.IGNORECASE)
# What stands between the names of a paper's authors: addresses and affiliations.
_BESIDE_NAMES = re.compile(
    r"@|\[at\]|orcid|universit|institut|college|school|depart|laborator|centre|center",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S@\S|\S \[at\] \S")
_LARGE = frozenset({"article", "body", "html", "main", "section"})
_NO_LINE = Line("", ())
_LONGEST = 160
_MOST, _MOST_SURNAMES = 40, 500


def read_bylines(page: Page, heading: HtmlElement | None, *, is_scholarly: bool) -> list[Claim]:
    """Give the names that the first of the ways to show them gives.

    Args:
        page: The page.
        heading: Where its title is shown, None if that is not known.
        is_scholarly: Whether the page says elsewhere that it is of a scholarly work.
    """
    lines = lines_after(heading) if heading is not None else []
    title = text_of(heading) if heading is not None else page.title
    for locator, names in _ways(page, heading, lines, is_scholarly=is_scholarly):
        # Who is named in the title is written about.
        people = tuple(dict.fromkeys(n for n in names if n.family and str(n) not in title))
        if people:
            return [Claim("author", people, BYLINE, locator)]
    return []


def _ways(
    page: Page, heading: HtmlElement | None, lines: Sequence[Line], *, is_scholarly: bool
) -> Iterator[tuple[str, Iterable[Name]]]:
    if "author" in page.source:
        after = _REL_AUTHOR_AFTER(heading)[:_MOST] if heading is not None else []
        yield "rel=author", _linked(after) or _linked(_REL_AUTHOR(page.tree)[:_MOST])
    if "surname" in page.source or "family-name" in page.source:
        yield "surname", _in_parts(page)
    yield "by", _by(lines[:20])
    yield "label", _labelled(lines[:20])
    yield "class", _by_class(page)
    yield "links", _link_lines(lines[:8])
    if is_scholarly:
        yield "names", _name_lines(lines)


def _linked(links: Iterable[HtmlElement]) -> list[Name]:
    """Read the links to authors that stand in one list with the first of them."""
    names: list[Name] = []
    first = None
    for link in links:
        if is_beside(link, asides=False):
            continue
        if first is not None and not _in_one_list(first, link):
            break
        found = read_byline(text_of(link, _LONGEST), is_person=True)
        first = first if first is not None or not found else link
        names += found
    return names


def _in_one_list(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two elements have an ancestor in common, not more than two levels up."""
    above = list(itertools.islice(one.iterancestors(), 2))
    near = itertools.islice(other.iterancestors(), 2)
    return any(ancestor in above and ancestor.tag not in _LARGE for ancestor in near)


def _in_parts(page: Page) -> list[Name]:
    """Read names whose given and family parts are elements of their own; of the first list only."""
    names: list[Name] = []
    group = None
    for surname in _SURNAMES(page.tree)[:_MOST_SURNAMES]:
        given = _given_beside(surname)
        if given is None or is_beside(surname):
            continue
        if group is None:
            group = _list_around(surname)
        elif all(ancestor is not group for ancestor in surname.iterancestors()):
            break
        name = person_or_body(f"{text_of(surname)}, {text_of(given)}", is_person=True)
        names += [name] if name else []
    return names


def _given_beside(surname: HtmlElement) -> HtmlElement | None:
    parent = surname.getparent()
    for element in parent if parent is not None else ():
        if "given" in (element.get("class") or ""):
            return element
    return None


def _list_around(surname: HtmlElement) -> HtmlElement:
    # The nearest ancestor that holds the names of more than one person.
    node = surname
    for ancestor in itertools.islice(surname.iterancestors(), 6):
        node = ancestor
        if len(_SURNAMES(ancestor)) > 1:
            break
    return node


def _by(lines: Iterable[Line]) -> tuple[Name, ...]:
    for shown in lines:
        if len(shown.text) <= _LONGEST and (match := _BY.match(shown.text)):
            text = _AFTER_NAME.sub("", shown.text[match.end() :])
            names = [name for name in read_byline(text) if _is_sure(name)]
            if names:
                return tuple(names)
    return ()


def _labelled(lines: Sequence[Line]) -> tuple[Name, ...]:
    for shown, following in zip(lines, [*lines[1:], _NO_LINE], strict=False):
        match = _LABEL.match(shown.text) if len(shown.text) <= 2000 else None
        if match is None or (match.end() < len(shown.text) and ":" not in match[0]):
            continue
        text = shown.text[match.end() :] or following.text
        names = [name for name in read_byline(text, is_scholarly=True) if _is_sure(name)]
        if names:
            return tuple(names)
    return ()


def _by_class(page: Page) -> tuple[Name, ...]:
    groups: list[tuple[HtmlElement, list[Name]]] = []
    for element in _CLASSES(page.tree)[:300]:
        kind = (element.get("class") or "")[:_LONGEST]
        if not _BYLINE_CLASS.search(kind) or _NOT_BYLINE.search(kind) or is_beside(element):
            continue
        if names := _shown_by(element):
            group = next((found for other, found in groups if _in_one_list(other, element)), None)
            if group is None:
                groups.append((element, names))
            else:
                group.extend(names)
    if not groups:
        return ()
    first = groups[0][1]
    # Several groups of different names are a list of works, not a byline.
    is_list = len(groups) > 2 and any(set(names) - set(first) for _, names in groups[1:3])
    return () if is_list else tuple(first)


def _shown_by(element: HtmlElement) -> list[Name]:
    """Read the names in an element of a byline; those of its links, if its text is no byline."""
    text = _AFTER_NAME.sub("", _BY.sub("", text_of(element, _LONGEST)))
    sure = [name for name in read_byline(text) if _is_sure(name)]
    linked = [line(text_of(link, _LONGEST)) for link in itertools.islice(element.iter("a"), _MOST)]
    people = [text for text in linked if looks_like_person(text)]
    names = [name for text in people for name in read_byline(text, is_person=True)]
    return names if len(names) > len(sure) else sure


def _link_lines(lines: Iterable[Line]) -> tuple[Name, ...]:
    """Read a line that is nothing but links to people."""
    for shown in lines:
        texts = [line(text_of(link, _LONGEST)) for link in shown.links]
        rest = shown.text
        for text in texts:
            rest = rest.replace(text, "", 1)
        is_list = not re.sub(r"[\s,;&·|•*†\d]|\band\b", "", rest)
        personal = all(_PERSONAL.search(link.get("href") or "") for link in shown.links)
        if texts and is_list and personal and all(map(looks_like_person, texts)):
            return tuple(n for text in texts for n in read_byline(text, is_person=True))
    return ()


def _name_lines(lines: Sequence[Line]) -> tuple[Name, ...]:
    """Read the lines under the title of a paper: names, alone or each with its affiliation."""
    names: list[Name] = []
    for shown, following in zip(lines, [*lines[1:], _NO_LINE], strict=False):
        if len(shown.text) > _LONGEST * 4 or _END_OF_NAMES.match(shown.text):
            break
        found = _names_alone(shown.text) or _name_and_affiliation(shown.text, following.text)
        if not found and names and not _BESIDE_NAMES.search(shown.text):
            break
        names += found
    return tuple(names)


def _names_alone(text: str) -> list[Name]:
    parts = [re.sub(r"[\s\d*†‡§¶,]+$", "", part) for part in _BETWEEN_NAMES.split(text)]
    parts = [part for part in parts if part]
    if not parts or not all(map(looks_like_person, parts)):
        return []
    return [name for part in parts for name in read_byline(part, is_person=True)]


def _name_and_affiliation(text: str, following: str) -> list[Name]:
    name, _, affiliation = text.partition(",")
    if looks_like_person(name) and (is_body(affiliation) or _ADDRESS.search(following)):
        return list(read_byline(name, is_person=True))
    return []


def _is_sure(name: Name) -> bool:
    return bool(name.family) and looks_like_person(str(name))
