"""Items written into the attributes of a page: microdata and RDFa -> nodes.

Sources: HTML Living Standard, 5 (microdata: `itemscope`, `itemtype`, `itemprop`); RDFa 1.1 Lite
(`typeof`, `property`) in the ways in which schema.org and Drupal write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.resolve.html import selector, text_of
from northbib.resolve.readers.schema_org import Node, read_nodes

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

    from northbib.resolve.claims import Claim
    from northbib.resolve.readers.parts import Page

__all__ = ["read_microdata", "read_rdfa"]

_MOST = 3000
_CONTENT = ("content", "datetime", "resource", "src")

# Names of other vocabularies -> the member of schema.org that says the same.
_MEMBERS = {
    "dc:title": "headline",
    "dct:title": "headline",
    "dcterms:title": "headline",
    "dc:creator": "author",
    "dct:creator": "author",
    "dcterms:creator": "author",
    "sioc:has_creator": "author",
    "foaf:maker": "author",
    "dc:date": "datePublished",
    "dct:issued": "datePublished",
    "dcterms:issued": "datePublished",
    "dc:created": "datePublished",
    "dct:modified": "dateModified",
    "dcterms:modified": "dateModified",
    "dc:publisher": "publisher",
    "dcterms:publisher": "publisher",
    "dc:identifier": "identifier",
    "dcterms:identifier": "identifier",
    "bibo:doi": "identifier",
    "bibo:volume": "volumeNumber",
    "bibo:issue": "issueNumber",
    "bibo:pages": "pagination",
    "foaf:name": "name",
    "foaf:familyname": "familyName",
    "foaf:givenname": "givenName",
    "sioc:content": "articleBody",
}
_PREFIX = re.compile(r"^(?:schema:|https?://(?:www\.)?schema\.org/)")


@dataclass(frozen=True, slots=True)
class _Syntax:
    """How a syntax calls what begins an item, its type and its properties."""

    source: str
    scope: str
    type: str
    property: str
    select: Callable[[HtmlElement], list[HtmlElement]]


_MICRODATA = _Syntax(
    "page:microdata",
    "itemscope",
    "itemtype",
    "itemprop",
    selector(".//*[@itemscope or @itemprop]"),
)
_RDFA = _Syntax(
    "page:rdfa",
    "typeof",
    "typeof",
    "property",
    selector(".//*[@typeof or @property or @rel='sioc:has_creator'][not(self::meta[@name])]"),
)


def read_microdata(page: Page) -> list[Claim]:
    """Give the claims of a page's microdata; of properties outside of any item, too."""
    return _read(page, _MICRODATA) if "itemprop=" in page.source else []


def read_rdfa(page: Page) -> list[Claim]:
    """Give the claims of a page's RDFa."""
    return _read(page, _RDFA) if "typeof=" in page.source else []


def _read(page: Page, syntax: _Syntax) -> list[Claim]:
    elements = syntax.select(page.tree)[:_MOST]
    loose: Node = {"@type": "Article"}
    items: dict[HtmlElement, Node] = {}
    nested: set[int] = set()
    for element in elements:
        node = None
        if element.get(syntax.scope) is not None:
            node = {"@type": [_type(name) for name in (element.get(syntax.type) or "").split()]}
            items[element] = node
        names = (element.get(syntax.property) or _relation(element)).split()
        owner = _owner(element, items, loose)
        for name in names[:5]:
            member = _MEMBERS.get(name.lower()) or _PREFIX.sub("", name)
            owner.setdefault(member, []).append(_value(element) if node is None else node)
            nested.add(id(node))
    nodes = [node for node in items.values() if id(node) not in nested or "headline" in node]
    if syntax is _RDFA or len(loose) == 1 or any("headline" in node for node in nodes):
        return read_nodes(nodes, syntax.source, page)
    return _of_the_page(loose, page) + read_nodes(nodes, syntax.source, page)


def _relation(element: HtmlElement) -> str:
    return "sioc:has_creator" if element.get("rel") == "sioc:has_creator" else ""


def _type(name: str) -> str:
    return name.rstrip("/").rpartition("/")[2] or name


def _owner(element: HtmlElement, items: dict[HtmlElement, Node], loose: Node) -> Node:
    for ancestor in element.iterancestors():
        if ancestor in items:
            return items[ancestor]
    return loose


def _value(element: HtmlElement) -> str:
    for attribute in _CONTENT:
        if text := element.get(attribute):
            return str(text)
    text = text_of(element)
    return text or str(element.get("href") or "")


def _of_the_page(loose: Node, page: Page) -> list[Claim]:
    # Templates that mark a date and an author, and forget the item, mean the page's own work.
    claims = read_nodes([{"headline": page.title or "-", **loose}], _MICRODATA.source, page)
    said = {"title", "type"} if "headline" not in loose else {"type"}
    return [claim for claim in claims if claim.field not in said]
