"""An article is refreshed: what its sections ask for is put between their markers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from northbib.embed.article import Article
from northbib.embed.markers import BEGIN, END, SIGN, Marker, Section, sections
from northbib.embed.markups import as_comment
from northbib.embed.needs import Needs
from northbib.embed.rendering import Library, ListMaker
from northbib.embed.request import Asked, Request, asked
from northbib.embed.shown import Oblivion, Shower
from northbib.embed.writing import RefreshedSection, written
from northbib.errors import NorthbibError, NotFoundError, StyleError, UsageError
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from northbib.embed.markups import Markup
    from northbib.embed.needs import Need
    from northbib.embed.shown import Shown

__all__ = ["Refreshed", "RefreshedSection", "refresh", "refresh_with"]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """An article with its sections up to date.

    Attributes:
        data: All of its bytes; those outside of the markers are as they were.
        sections: Its sections in their order.
        findings: What is worth knowing and did not stand in the way.
        requests: What each section asks for, and a digest of all that its list is made of.
        needs: The files that its lists are made of besides the library.
    """

    data: bytes
    sections: tuple[RefreshedSection, ...]
    findings: tuple[Finding, ...]
    requests: tuple[tuple[Request, bytes], ...]
    needs: tuple[Need, ...]


def refresh(
    data: bytes,
    name: str,
    markup: Markup,
    library: Library,
    styles: Sequence[Path] = (),
    *,
    force: bool = False,
) -> Refreshed:
    """Refresh the sections of an article.

    Args:
        data: The bytes of the article.
        name: Its path, for findings and for styles that lie beside it.
        markup: The markup it is in.
        library: Where the records are; a `northbib.library.Store`.
        styles: Folders to look in for a style before those that are installed.
        force: Whether sections are written that somebody edited by hand.

    Raises:
        ArticleError: Something is wrong with a marker; `findings` has all that is.
        StoreError: The library cannot be read.
    """
    shower = Shower(ListMaker(library, styles), Needs(styles), Oblivion())
    return refresh_with(shower, data, name, markup, force=force)


def refresh_with(
    shower: Shower, data: bytes, name: str, markup: Markup, *, force: bool = False
) -> Refreshed:
    """Refresh an article with lists that other articles of the same run may share.

    Raises:
        ArticleError: Something is wrong with a marker; `findings` has all that is.
        StoreError: The library cannot be read.
    """
    article = Article.read(data, name, markup)
    found, begins, faults = sections(article)
    lists: dict[Marker, tuple[Request, Shown]] = {}
    grouped = 0
    for marker in begins:
        listed = (key for _, shown in lists.values() for key in shown.keys)
        request = asked(article, marker, shower.maker.styles, listed, grouped)
        grouped += bool(request.request.spec.group)
        wrong = [*request.faults, *_unknown(article, marker, request, shower.maker)]
        faults += wrong or _show(article, marker, request, shower, lists)
    if faults:
        raise article.error(faults)
    in_order = [(section, *lists[section.begin]) for section in found]
    result = written(article, in_order, shower, force=force)
    after = article.encoded.encode(result.text)
    if after != data:
        _check_that_it_settles(article, found, after)
    findings = result.findings if found else (_no_sections(article),)
    requests = tuple((request, shown.name) for _, request, shown in in_order)
    needs = (need for request, _ in requests for need in shower.needs.of(request, name))
    return Refreshed(after, result.sections, findings, requests, tuple(dict.fromkeys(needs)))


def _unknown(
    article: Article, marker: Marker, request: Asked, maker: ListMaker
) -> Iterator[Finding]:
    for fault in maker.faults(request.request, request.cited):
        place = fault.place or request.places.get(fault.option, marker.comment.start)
        if fault.key and fault.place is None:
            # As a whole: a key may be the beginning of another.
            name = re.compile(rf"(?<=[=,\s\"]){re.escape(fault.key)}(?=[,\s\"]|-->)")
            match = name.search(article.text, place)
            place = match.start() if match else place
        found = article.fault(place, fault.code, _message(fault.error), fault.error.hint)
        yield replace(found, key=fault.key or None)


def _show(
    article: Article,
    marker: Marker,
    request: Asked,
    shower: Shower,
    lists: dict[Marker, tuple[Request, Shown]],
) -> list[Finding]:
    """Note what a marker's list shows; say what keeps it from being made."""
    try:
        lists[marker] = request.request, shower.shown(request.request)
    except (NotFoundError, StyleError, UsageError) as error:
        # What is left to be wrong is a style that the engine cannot run.
        place = request.places.get("style", marker.comment.start)
        return [article.fault(place, "no-list", _message(error), error.hint)]
    return []


def _message(error: NorthbibError) -> str:
    """Give the message, for a style that is a file with its path and the place in it."""
    is_of_style = isinstance(error, StyleError) or str(error.where).endswith(".csl")
    if not is_of_style or error.where is None:
        return error.message
    place = error.where if error.line is None else f"{error.where}:{error.line}"
    return f"{place}: {error.message}"


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
    raise article.error([fault])


def _outline(section: Section) -> tuple[list[str], str | None]:
    return [word.text for word in section.begin.words], section.begin.comment.indent


def _no_sections(article: Article) -> Finding:
    begin, end = (as_comment(f"{SIGN}{word}", article.markup) for word in (f"{BEGIN} QUERY", END))
    return Finding(
        code="no-sections",
        severity="info",
        message="the article has no section to write",
        file=article.name,
        fix=f"put {begin} and {end} where its list is to stand",
    )
