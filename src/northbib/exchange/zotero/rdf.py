"""Zotero RDF: what Zotero exports with nothing left out, and takes in again.

Sources: the files that Zotero writes and its names of item types, fields and creators. A
property of Zotero without a place in another vocabulary is in its own, as `z:language`. Notes of
ours stand in the description, which Zotero shows as Extra. Other RDF is read where it is in the
words of schema.org, of the Bibliographic Ontology or of Dublin Core.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from northbib.errors import InputError
from northbib.exchange import bibo, rdf
from northbib.exchange.keeping import is_kept, with_kept
from northbib.exchange.people import name_of
from northbib.exchange.protocol import framed
from northbib.exchange.rdf import Node, Ref
from northbib.exchange.schema_org.reading import is_work, record_of
from northbib.exchange.worded_dates import worded_date
from northbib.exchange.zotero.terms import (
    CONTAINERS,
    CREATORS,
    FIELDS,
    NODE_TYPES,
    OWN_CREATORS,
    TYPE_OF,
    TYPE_OF_NODE,
    TYPES,
)
from northbib.findings import Finding
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import BinaryIO

    from northbib.exchange.protocol import Read
    from northbib.records import Value

__all__ = ["TYPES", "decode", "encode", "keep", "read", "write"]

_EXTRA = "zotero-"
_KEY_LINE = re.compile(r"(?:Citation Key|bibtex): *(\S+)", re.IGNORECASE)
_TIME = re.compile(r"[ T]\d\d:\d\d(?::\d\d)?Z?$")
_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]*)>")
_SERIALS = ("ISBN", "ISSN", "DOI")
_CARRIERS = {"z:Attachment", "z:Collection", "bib:Memo"}
_PART_OF = "dcterms:isPartOf"


def read(source: BinaryIO, name: str) -> Iterator[Read]:
    """Read the items of a file, with their notes, attachments and collections.

    All of it is read first, since what belongs to an item may stand anywhere.

    Raises:
        InputError: It is not well-formed XML, or holds no items.
    """
    found: list[Node] = []
    faults: list[Finding] = []
    for node in rdf.nodes(source, name):
        if isinstance(node, Finding):
            faults.append(node)
        else:
            found.append(node)
    known = {node.about: node for node in found if node.about}
    collections = _collections(found)
    items = [node for node in found if _is_item(node)]
    for node in items:
        record = decode(rdf.linked(node, known))
        yield _in_collections(record, collections.get(node.about, ()))
    works = [] if items else [node for node in found if is_work(_type_names(node))]
    for node in works:
        yield record_of(_as_object(rdf.linked(node, known)))
    if not (items or works):
        works = bibo.works(found)
        yield from (bibo.record_of(rdf.linked(node, known)) for node in works)
    yield from faults
    if not items and not works:
        raise InputError("not Zotero RDF: there is no item in it", where=name)


def _is_item(node: Node) -> bool:
    kind = node.text("z:itemType")
    if kind:
        return kind not in ("attachment", "note")
    return node.type in TYPE_OF_NODE and node.type not in _CARRIERS


def _collections(nodes: Iterable[Node]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for node in nodes:
        if node.type == "z:Collection":
            for name, value in node.properties:
                if name == "dcterms:hasPart" and isinstance(value, Ref):
                    members.setdefault(value.address, []).append(node.text("dc:title"))
    return members


def _in_collections(record: Record, names: Sequence[str]) -> Record:
    if not names:
        return record
    return record.replace(extra={**record.extra, "collection": "; ".join(names)})


def _type_names(node: Node) -> list[str]:
    return [node.type.partition(":")[2]] if node.type.startswith("schema:") else []


def _as_object(node: Node) -> dict[str, Any]:
    """Give a node in the words of schema.org as JSON-LD has it."""
    members: dict[str, Any] = {"@type": node.type.partition(":")[2]}
    if node.about:
        members["@id"] = node.about
    for name, value in node.properties:
        plain = _as_object(value) if isinstance(value, Node) else value
        plain = plain.address if isinstance(plain, Ref) else plain
        members.setdefault(name.partition(":")[2], []).append(plain)
    return members


def decode(native: Node) -> Record:
    """Give the record of an item."""
    item_type = native.text("z:itemType")
    kind = TYPE_OF.get(item_type) or TYPE_OF_NODE.get(native.type, "document")
    parts = _parts(native)
    values: dict[str, Value] = {}
    _take_creators(values, native)
    _take_fields(values, native, parts, kind)
    _take_identifiers(values, native, parts)
    _take_dates(values, native)
    notes = [line for text in native.texts("dc:description") for line in text.split("\n") if line]
    extra, key = _take_others(values, native)
    own = [line for line in notes if not is_kept(line)]
    key = key or next((match[1] for line in own if (match := _KEY_LINE.fullmatch(line))), "")
    if said := "\n".join(line for line in own if not _KEY_LINE.fullmatch(line)):
        values["note"] = said
    found = {name: value for name, value in values.items() if value}
    record = Record(key, kind, found, _topics(native), extra)
    return with_kept(record, notes)


def _parts(native: Node) -> dict[str, Node]:
    """Give the section, the container and the series of an item, which may stand in each other."""
    found: dict[str, Node] = {}
    waiting = native.nodes(_PART_OF)
    while waiting:
        node = waiting.pop(0)
        name = {"bib:Part": "section", "bib:Series": "series"}.get(node.type, "container")
        found.setdefault(name, node)
        waiting += node.nodes(_PART_OF)
    return found


def _take_creators(values: dict[str, Value], native: Node) -> None:
    for name, role in CREATORS.items():
        people = tuple(filter(None, map(_person, native.nodes(name))))
        if people:
            there = values.get(role, ())
            values[role] = (*there, *people) if isinstance(there, tuple) else people


def _person(node: Node) -> Name | None:
    family = node.text("foaf:surname") or node.text("foaf:name")
    given = (
        node.text("foaf:givenName") or node.text("foaf:givenname") or node.text("foaf:firstName")
    )
    if not family and not given:
        return None
    return name_of(f"{family}, {given}") if family and given else Name(literal=family or given)


def _take_fields(values: dict[str, Value], native: Node, parts: dict[str, Node], kind: str) -> None:
    nowhere = Node("")
    places = {
        "item": native,
        "container": parts.get("container", nowhere),
        "series": parts.get("series", nowhere),
        "section": parts.get("section", nowhere),
        "publisher": next(iter(native.nodes("dc:publisher")), nowhere),
        "event": next(iter(native.nodes("bib:presentedAt")), nowhere),
    }
    for variable, (place, name) in FIELDS.items():
        if variable == "issue" and kind not in CONTAINERS:
            continue
        if variable == "version" and kind not in ("software", "dataset"):
            continue
        if variable == "edition" and "version" in values:
            continue
        text = places[place].text(name)
        if text and text != values.get("issue" if variable == "number" else ""):
            values.setdefault(variable, text)
    for variable in ("volume", "issue"):
        name = FIELDS[variable][1]
        if variable not in values and parts.get("container") and kind in CONTAINERS:
            values[variable] = native.text(name)
    address = next(iter(places["publisher"].nodes("vcard:adr")), nowhere)
    values["publisher-place"] = address.text("vcard:locality")
    if not values.get("publisher"):
        values["publisher"] = native.text("dc:publisher")


def _take_identifiers(values: dict[str, Value], native: Node, parts: dict[str, Node]) -> None:
    for node in (native, parts.get("container", Node(""))):
        for text in node.texts("dc:identifier"):
            name, _, number = text.partition(" ")
            if name.upper() in _SERIALS and number:
                values.setdefault(name.upper(), number.strip())
            elif "://" in text:
                values.setdefault("URL", text)
    for node in native.nodes("dc:subject"):
        if node.type == "dcterms:LCC":
            values.setdefault("call-number", node.text("rdf:value"))
    if series := parts.get("series"):
        values.setdefault("collection-number", series.text("dc:identifier"))


def _take_dates(values: dict[str, Value], native: Node) -> None:
    names = {"issued": "dc:date", "accessed": "dcterms:dateSubmitted", "submitted": "z:filingDate"}
    for variable, name in names.items():
        text = _TIME.sub("", native.text(name))
        if text:
            date = Date.parse(text)
            values[variable] = (worded_date(text) or date) if date.literal else date
    if "issued" not in values and (issued := native.text("dcterms:issued")):
        values["issued"] = Date.parse(issued)


def _take_others(values: dict[str, Value], native: Node) -> tuple[dict[str, str], str]:
    memos = [node.text("rdf:value") for node in native.nodes("dcterms:isReferencedBy")]
    values["annote"] = "\n".join(_TAG.sub("", memo).strip() for memo in memos if memo)
    extra: dict[str, str] = {}
    files = [_file(node) for node in native.nodes("link:link")]
    if any(files):
        extra["file"] = "; ".join(filter(None, files))
    taken = {name for _, name in FIELDS.values()} | {"z:itemType", "z:citationKey", "z:filingDate"}
    for name, value in native.properties:
        if name.startswith("z:") and isinstance(value, str) and name not in taken and value:
            extra[_EXTRA + name.removeprefix("z:").lower()] = value
    return extra, native.text("z:citationKey")


def _file(node: Node) -> str:
    for name in ("z:path", "rdf:resource"):
        for own, value in node.properties:
            if own == name:
                return value.address if isinstance(value, Ref) else str(value)
    return node.text("dc:identifier")


def _topics(native: Node) -> tuple[str, ...]:
    topics = [value for name, value in native.properties if name == "dc:subject"]
    words = [
        value if isinstance(value, str) else value.text("rdf:value")
        for value in topics
        if isinstance(value, str) or (isinstance(value, Node) and value.type != "dcterms:LCC")
    ]
    return tuple(dict.fromkeys(word for word in words if word))


def encode(record: Record) -> Node:
    """Give the item of a record."""
    item_type = TYPES.get(record.type, "document")
    node_type, container_type = NODE_TYPES.get(item_type, ("rdf:Description", ""))
    parts: dict[str, list[tuple[str, str | Node | Ref]]] = {
        "item": [("z:itemType", item_type)],
        "container": [],
        "series": [],
        "section": [],
        "publisher": [],
        "event": [],
    }
    _put_fields(parts, record, has_container=bool(container_type))
    properties = [*parts["item"], *_creators(record, item_type), *_publisher(record, parts)]
    if parts["event"]:
        properties.append(("bib:presentedAt", Node("bib:Conference", tuple(parts["event"]))))
    properties += _whole(parts, container_type)
    properties += _others(record)
    about = f"#{quote(record.key, safe='')}" if record.key else ""
    return Node(node_type, tuple(pair for pair in properties if pair[1]), about)


def _put_fields(
    parts: dict[str, list[tuple[str, str | Node | Ref]]], record: Record, *, has_container: bool
) -> None:
    is_serial = record.type in CONTAINERS
    for variable, (place, name) in FIELDS.items():
        text = record.text(variable)
        if not text or name in [own for own, _ in parts[place]] or variable == "note":
            continue
        if (variable == "issue") != is_serial and variable in ("issue", "number"):
            continue
        if (variable == "version") != (record.type in ("software", "dataset")) and variable in (
            "version",
            "edition",
        ):
            continue
        where = place if place != "container" or has_container else "item"
        if where == place or variable != "container-title":
            parts[where].append((name, text))
    for name in _SERIALS:
        if number := record.plain(name):
            where = "container" if has_container else "item"
            parts[where].append(("dc:identifier", f"{name} {number}"))
    if number := record.plain("collection-number"):
        parts["series"].append(("dc:identifier", number))


def _creators(record: Record, item_type: str) -> Iterator[tuple[str, Node]]:
    names = {role: name for name, role in reversed(CREATORS.items())}
    names["author"] = OWN_CREATORS.get(item_type, "bib:authors")
    for role, name in names.items():
        if people := record.names(role):
            yield name, Node("rdf:Seq", tuple(("rdf:li", _person_node(one)) for one in people))


def _person_node(name: Name) -> Node:
    if name.literal:
        return Node("foaf:Person", (("foaf:surname", name.literal),))
    particles = (name.dropping_particle, name.non_dropping_particle, name.family)
    given = ", ".join(filter(None, (name.given, name.suffix)))
    said = {"foaf:givenName": given, "foaf:surname": " ".join(filter(None, particles))}
    return Node("foaf:Person", tuple((own, text) for own, text in said.items() if text))


def _publisher(
    record: Record, parts: dict[str, list[tuple[str, str | Node | Ref]]]
) -> Iterator[tuple[str, Node]]:
    properties = list(parts["publisher"])
    if place := record.plain("publisher-place"):
        address = Node("vcard:Address", (("vcard:locality", place),))
        properties.append(("vcard:adr", address))
    if properties:
        yield "dc:publisher", Node("foaf:Organization", tuple(properties))


def _whole(
    parts: dict[str, list[tuple[str, str | Node | Ref]]], container_type: str
) -> Iterator[tuple[str, Node]]:
    series = Node("bib:Series", tuple(parts["series"])) if parts["series"] else None
    inside = [*parts["container"], *([(_PART_OF, series)] if series else [])]
    if parts["section"]:
        yield _PART_OF, Node("bib:Part", tuple(parts["section"]))
    if parts["container"]:
        yield _PART_OF, Node(container_type, tuple(inside))
    elif series:
        yield _PART_OF, series


def _others(record: Record) -> Iterator[tuple[str, str | Node]]:
    dates = {"issued": "dc:date", "accessed": "dcterms:dateSubmitted", "submitted": "z:filingDate"}
    for variable, name in dates.items():
        if date := record.date(variable):
            yield name, date.edtf()
    if address := record.plain("URL"):
        yield "dc:identifier", Node("dcterms:URI", (("rdf:value", address),))
    if number := record.plain("call-number"):
        yield "dc:subject", Node("dcterms:LCC", (("rdf:value", number),))
    yield from (("dc:subject", word) for word in record.keywords)
    if annote := record.text("annote"):
        yield "dcterms:isReferencedBy", Node("bib:Memo", (("rdf:value", annote),))
    yield "z:citationKey", record.key
    yield "dc:description", record.text("note")


def keep(native: Node, lines: Sequence[str]) -> Node:
    """Put notes into the description, which Zotero shows as Extra, a line each."""
    said = native.texts("dc:description")
    others = tuple(pair for pair in native.properties if pair[0] != "dc:description")
    text = "\n".join((*said, *lines))
    return Node(native.type, (*others, ("dc:description", text)), native.about)


def write(natives: Iterable[Node]) -> Iterator[bytes]:
    """Write a file in UTF-8."""
    return framed(map(rdf.serialised, natives), rdf.HEAD, b"\n", rdf.FOOT)
