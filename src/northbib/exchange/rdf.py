"""RDF/XML as nodes with properties: to read the graph of a file, and to write nodes.

Source: RDF 1.1 XML Syntax. Nodes of other vocabularies than those that bibliographies have keep
their names in Clark's notation. A graph says nothing about order, so that what a node is linked
with may stand anywhere: all of a file is read before its nodes are linked.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from northbib.errors import InputError
from northbib.exchange import xml
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from lxml.etree import _Element

__all__ = ["FOOT", "HEAD", "Node", "Ref", "linked", "nodes", "serialised"]

_SPACES: dict[str, str] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "z": "http://www.zotero.org/namespaces/export#",
    "dcterms": "http://purl.org/dc/terms/",
    "link": "http://purl.org/rss/1.0/modules/link/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://nwalsh.com/rdf/vCard#",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}
_READ_ONLY = {
    "http://schema.org/": "schema",
    "https://schema.org/": "schema",
    "https://codemeta.github.io/terms/": "codemeta",
    "http://prismstandard.org/namespaces/basic/2.0/": "prism",
    "http://www.w3.org/2006/vcard/ns#": "vcard",
}
_PREFIXES = {space: prefix for prefix, space in _SPACES.items()} | _READ_ONLY
_RDF = f"{{{_SPACES['rdf']}}}"
_DECLARED = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in _SPACES.items())
_DEEPEST = 8
_MOST_LINKS = 200

HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{_DECLARED}>\n'.encode()
FOOT = b"\n</rdf:RDF>\n"


@dataclass(frozen=True, slots=True)
class Ref:
    """The address of a node."""

    address: str


@dataclass(frozen=True, slots=True)
class Node:
    """A node of a graph.

    Attributes:
        type: Its type, as `bib:Book`; "" if there is none.
        properties: Names, as `dc:title`, and texts, nodes or references, in their order.
        about: Its address, "" for a blank node.
    """

    type: str
    properties: tuple[tuple[str, str | Node | Ref], ...] = field(default=())
    about: str = ""

    def texts(self, name: str) -> list[str]:
        """Give the texts of a property; those of a node are its values."""
        found = []
        for own, value in self.properties:
            if own == name and isinstance(value, str):
                found.append(value)
            elif own == name and isinstance(value, Node):
                found += value.texts("rdf:value")
        return found

    def text(self, name: str) -> str:
        """Give the first text of a property, "" if there is none."""
        return next(iter(self.texts(name)), "")

    def nodes(self, name: str) -> list[Node]:
        """Give the nodes of a property; those in a list in their order."""
        found = []
        for own, value in self.properties:
            if own == name and isinstance(value, Node):
                found += value.members() if value.type in _LISTS else [value]
        return found

    def members(self) -> list[Node]:
        """Give the nodes of a list."""
        return [value for _, value in self.properties if isinstance(value, Node)]


_MOST_ATTRIBUTES = 1000
_LISTS = {"rdf:Seq", "rdf:Bag", "rdf:Alt"}


def nodes(source: BinaryIO, name: str) -> Iterator[Node | Finding]:
    """Give the nodes on top of a file, as they stand there.

    Raises:
        InputError: It is not well-formed XML before the first of them, or declares entities.
    """
    for element in xml.elements(source, name, "{*}*", top=True):
        if isinstance(element, Finding):
            yield element
            continue
        try:
            node = _node(element)
        except InputError as error:
            error.where = name
            raise
        yield node


def _named(tag: str) -> str:
    name = etree.QName(tag)
    prefix = _PREFIXES.get(name.namespace or "")
    return f"{prefix}:{name.localname}" if prefix else tag


def _node(element: _Element) -> Node:
    if len(element.attrib) > _MOST_ATTRIBUTES:
        # Each is looked for among all.
        line: Any = element.sourceline
        raise InputError("no node has as many attributes as this one", line=line)
    properties = [pair for child in element if isinstance(child.tag, str) for pair in _pairs(child)]
    properties += [
        (_named(name), str(value))
        for name, value in ((str(own), said) for own, said in element.attrib.items())
        if not name.startswith(_RDF) and name.startswith("{")
    ]
    kind = _named(str(element.tag))
    if kind == "rdf:Description":
        kinds = [value for name, value in properties if name == "rdf:type"]
        kind = next((_typed(value) for value in kinds if isinstance(value, Ref)), "")
    about = element.get(f"{_RDF}about") or element.get(f"{_RDF}nodeID") or ""
    about = f"#{element.get(f'{_RDF}ID')}" if element.get(f"{_RDF}ID") else about
    return Node(kind, tuple(properties), about)


def _typed(value: Ref) -> str:
    for space, prefix in _PREFIXES.items():
        if value.address.startswith(space):
            return f"{prefix}:{value.address.removeprefix(space)}"
    return value.address


def _pairs(child: _Element) -> Iterator[tuple[str, str | Node | Ref]]:
    name = _named(str(child.tag))
    address = child.get(f"{_RDF}resource") or child.get(f"{_RDF}nodeID")
    inside = [inner for inner in child if isinstance(inner.tag, str)]
    if address is not None:
        yield name, Ref(address)
    elif child.get(f"{_RDF}parseType") == "Resource":
        yield name, Node("", _node(child).properties)
    elif inside:
        yield from ((name, _node(inner)) for inner in inside)
    else:
        yield (
            name,
            "\n".join(" ".join(line.split()) for line in (child.text or "").split("\n")).strip(),
        )


def linked(node: Node, known: dict[str, Node]) -> Node:
    """Give a node with what its references lead to, but for the works that it is related to."""
    return _Links(known).followed(node, 0)


class _Links:
    """Follows references; counts how many, for nodes that all name each other have no end."""

    def __init__(self, known: dict[str, Node]) -> None:
        self._known = known
        self._left = _MOST_LINKS

    def followed(self, node: Node, depth: int) -> Node:
        properties = []
        for name, value in node.properties:
            found: str | Node | Ref = value
            if isinstance(found, Ref) and name not in ("dc:relation", "rdf:type") and self._left:
                self._left -= 1
                found = self._known.get(found.address, found)
            if isinstance(found, Node) and depth < _DEEPEST:
                found = self.followed(found, depth + 1)
            properties.append((name, found))
        return replace(node, properties=tuple(properties))


def serialised(node: Node) -> bytes:
    """Give a node as it stands between `HEAD` and `FOOT`."""
    element = _element(node)
    etree.indent(element)
    return etree.tostring(element, encoding="unicode").replace(_DECLARED, "", 1).encode()


def _element(node: Node, parent: _Element | None = None) -> _Element:
    tag = _clark(node.type or "rdf:Description")
    element = etree.Element(tag, nsmap=_SPACES) if parent is None else etree.SubElement(parent, tag)
    if node.about:
        element.set(f"{_RDF}about", xml.writable(node.about))
    for name, value in node.properties:
        child = etree.SubElement(element, _clark(name))
        if isinstance(value, Node):
            _element(value, child)
        elif isinstance(value, Ref):
            child.set(f"{_RDF}resource", xml.writable(value.address))
        else:
            child.text = xml.writable(value)
    return element


def _clark(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
