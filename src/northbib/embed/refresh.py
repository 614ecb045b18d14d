"""An article is refreshed: what its sections ask for is put between their markers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from northbib.embed.article import Article
from northbib.embed.markers import BEGIN, END, SIGN, Marker, Section, sections
from northbib.embed.rendering import Library, ListMaker
from northbib.embed.request import Asked, asked
from northbib.embed.writing import RefreshedSection, written
from northbib.errors import ArticleError, NorthbibError, NotFoundError, StyleError, UsageError
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from northbib.embed.markups import Markup
    from northbib.lists import ReadingList

__all__ = ["Refreshed", "RefreshedSection", "refresh", "refresh_with"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """An article with its sections up to date.

    Attributes:
        data: All of its bytes; those outside of the markers are as they were.
        sections: Its sections in their order.
        findings: What is worth knowing and did not stand in the way.
    """

    data: bytes
    sections: tuple[RefreshedSection, ...]
    findings: tuple[Finding, ...]


def refresh(
    data: bytes, name: str, markup: Markup, library: Library, styles: Sequence[Path] = ()
) -> Refreshed:
    """Refresh the sections of an article.

    Args:
        data: The bytes of the article.
        name: Its path, for findings and for styles that lie beside it.
        markup: The markup it is in.
        library: Where the records are; a `northbib.library.Store`.
        styles: Folders to look in for a style before those that are installed.

    Raises:
        ArticleError: Something is wrong with a marker; `findings` has all that is.
        StoreError: The library cannot be read.
    """
    return refresh_with(ListMaker(library, styles), data, name, markup)


def refresh_with(maker: ListMaker, data: bytes, name: str, markup: Markup) -> Refreshed:
    """Refresh an article with lists that other articles of the same run may share.

    Raises:
        ArticleError: Something is wrong with a marker; `findings` has all that is.
        StoreError: The library cannot be read.
    """
    article = Article.read(data, name, markup)
    found, begins, faults = sections(article)
    lists: dict[Marker, ReadingList] = {}
    for marker in begins:
        request = asked(article, marker, maker.styles)
        wrong = [*request.faults, *_unknown(article, marker, request, maker)]
        faults += wrong or _make(article, marker, request, maker, lists)
    if faults:
        raise _error(name, faults)
    result = written(article, [(section, lists[section.begin]) for section in found])
    after = article.encoded.encode(result.text)
    if after != data:
        _check_that_it_settles(article, found, after)
    findings = result.findings if found else (_no_sections(article),)
    return Refreshed(after, result.sections, findings)


def _unknown(
    article: Article, marker: Marker, request: Asked, maker: ListMaker
) -> Iterator[Finding]:
    for fault in maker.faults(request.request):
        place = request.places.get(fault.option, marker.comment.start)
        if fault.key:
            # As a whole: a key may be the beginning of another.
            name = re.compile(rf"(?<=[=,\s\"]){re.escape(fault.key)}(?=[,\s\"]|-->)")
            match = name.search(article.text, place)
            place = match.start() if match else place
        found = article.fault(place, fault.code, _message(fault.error), fault.error.hint)
        yield replace(found, key=fault.key or None)


def _make(
    article: Article,
    marker: Marker,
    request: Asked,
    maker: ListMaker,
    lists: dict[Marker, ReadingList],
) -> list[Finding]:
    """Make the list that a marker asks for; say what keeps it from being made."""
    try:
        lists[marker] = maker.make(request.request)
    except (NotFoundError, StyleError, UsageError) as error:
        # What is left to be wrong is a style that the engine cannot run.
        place = request.places.get("style", marker.comment.start)
        return [article.fault(place, "no-list", _message(error), error.hint)]
    return []


def _message(error: NorthbibError) -> str:
    """Give the message, for a style with the place in its file."""
    if not isinstance(error, StyleError) or error.where is None:
        return error.message
    place = error.where if error.line is None else f"{error.where}:{error.line}"
    return f"{place}: {error.message}"


def _error(name: str, faults: list[Finding]) -> ArticleError:
    in_order = sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))
    what = "is a fault" if len(in_order) == 1 else f"are {len(in_order)} faults"
    return ArticleError(f"there {what} in its sections", where=name, findings=in_order)


def _check_that_it_settles(article: Article, found: list[Section], data: bytes) -> None:
    """See that the same sections are found again in what is to be written.

    That fails where a list that is put in makes a block of HTML end in which there are more
    markers: one that is indented becomes code then.

    Raises:
        ArticleError: They are not.
    """
    again, _, faults = sections(Article.read(data, article.name, article.markup))
    pairs = zip_longest(map(_outline, found), map(_outline, again))
    lost = next((place for place, (before, after) in enumerate(pairs) if before != after), None)
    if lost is None and not faults:
        return
    section = found[min(lost or 0, len(found) - 1)]
    fault = article.fault(
        section.begin.comment.start,
        "lost-section",
        "this section would not be found again once the lists are written",
        "do not indent its markers, and put a blank line before them",
    )
    raise _error(article.name, [fault])


def _outline(section: Section) -> tuple[list[str], str | None]:
    return [word.text for word in section.begin.words], section.begin.comment.indent


def _no_sections(article: Article) -> Finding:
    return Finding(
        code="no-sections",
        severity="info",
        message="the article has no section to write",
        file=article.name,
        fix=f"put <!-- {SIGN}{BEGIN} QUERY --> and <!-- {SIGN}{END} --> where its list is to stand",
    )
