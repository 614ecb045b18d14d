"""What an entry links to, where a list says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.markup.inline import merge
from northbib.markup.links import link_addresses, link_title
from northbib.markup.tree import Inline, Inlines, Link, Text, with_children
from northbib.records.identifiers import doi, web_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.records import Record

__all__ = ["LINKS", "archived_at", "linked"]

LINKS = ("title", "doi", "url", "archive", "none")
"""What can be linked."""

_RESOLVER = "https://doi.org/"
_RESOLVERS = ("https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/")


def linked(content: Inlines, work: Record, links: Sequence[str]) -> Inlines:
    """Give an entry with the links that a list asks for, and no others.

    A DOI or an address that is asked for and that the style does not show stands at the end.

    Args:
        content: The entry, with links or without.
        work: Its record.
        links: Any of `LINKS`; an archived copy is another's to show.
    """
    kinds = frozenset(links)
    name, url = doi(work.plain("DOI")), web_address(work.plain("URL"))
    shown = link_addresses(merge(_without_links(content)))
    result = merge(_chosen(shown, kinds))
    if "doi" in kinds and name and not any(_is_doi(link) for link in _links(result)):
        result = _at_end(result, f"{_RESOLVER}{name}")
    if "url" in kinds and url and not any(not _is_doi(link) for link in _links(result)):
        result = result if _is_doi_address(url) and "doi" in kinds else _at_end(result, url)
    address = url or (f"{_RESOLVER}{name}" if name else None)
    if "title" in kinds and address:
        result = link_title(result, work.text("title"), address)
    return result


def archived_at(work: Record) -> str | None:
    """Give the address of the archived copy of a work; None if it has none."""
    return web_address(work.extra.get("archiveurl", ""))


def _at_end(content: Inlines, url: str) -> Inlines:
    return (*content, Text(" "), *link_addresses((Text(url),)))


def _without_links(content: Iterable[Inline]) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Link):
            yield from _without_links(node.children)
        else:
            yield with_children(node, tuple(_without_links(node.children)))


def _chosen(content: Iterable[Inline], kinds: frozenset[str]) -> Iterator[Inline]:
    """Give a text in which the links of other kinds are text."""
    for node in content:
        if isinstance(node, Text):
            yield node
        elif isinstance(node, Link):
            is_chosen = ("doi" if _is_doi(node) else "url") in kinds
            yield from (node,) if is_chosen else node.children
        else:
            yield with_children(node, tuple(_chosen(node.children, kinds)))


def _links(content: Iterable[Inline]) -> Iterator[Link]:
    for node in content:
        if isinstance(node, Link):
            yield node
        elif not isinstance(node, Text):
            yield from _links(node.children)


def _is_doi(link: Link) -> bool:
    return _is_doi_address(link.url)


def _is_doi_address(url: str) -> bool:
    return url.lower().startswith(_RESOLVERS)
