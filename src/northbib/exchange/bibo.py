"""Works in other RDF than Zotero's: in the Bibliographic Ontology, or in Dublin Core alone.

Sources: the Bibliographic Ontology (BIBO) and DCMI Metadata Terms, as EPrints and Zotero's export
"Bibliontology RDF" use them. What a work is part of is a node of its own, as a journal's issue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.exchange import dublin_core
from northbib.exchange.people import name_of
from northbib.exchange.rdf import Node, Ref
from northbib.exchange.serial_numbers import serial_numbers
from northbib.exchange.worded_dates import worded_date
from northbib.records import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from northbib.records import Record, Value

__all__ = ["record_of", "works"]

_SPACE = "{http://purl.org/ontology/bibo/}"
_DCMI_TYPE = "http://purl.org/dc/dcmitype/"
_PLAIN = ("dc:", "dcterms:")
_PART_OF = frozenset({"dcterms:isPartOf", "dc:isPartOf"})

_TYPES = {
    "AcademicArticle": "article-journal",
    "Article": "article-journal",
    "AudioDocument": "song",
    "AudioVisualDocument": "motion_picture",
    "Bill": "bill",
    "Book": "book",
    "BookSection": "chapter",
    "Brief": "legal_case",
    "Chapter": "chapter",
    "Document": "document",
    "EditedBook": "book",
    "Email": "personal_communication",
    "Film": "motion_picture",
    "Hearing": "hearing",
    "Image": "graphic",
    "Interview": "interview",
    "LegalCaseDocument": "legal_case",
    "LegalDecision": "legal_case",
    "Legislation": "legislation",
    "Letter": "personal_communication",
    "Manual": "report",
    "Manuscript": "manuscript",
    "Map": "map",
    "MultiVolumeBook": "book",
    "Note": "document",
    "Patent": "patent",
    "Performance": "performance",
    "PersonalCommunicationDocument": "personal_communication",
    "Proceedings": "book",
    "ReferenceSource": "book",
    "Report": "report",
    "Slideshow": "speech",
    "Standard": "standard",
    "Statute": "legislation",
    "Thesis": "thesis",
    "Webpage": "webpage",
    "Website": "webpage",
}
"""Class of works -> CSL type; what has others is what works are part of."""

_TEXTS = {
    "abstract": "abstract",
    "doi": "DOI",
    "edition": "edition",
    "issue": "issue",
    "number": "number",
    "numPages": "number-of-pages",
    "numVolumes": "number-of-volumes",
    "pages": "page",
    "pmid": "PMID",
    "section": "section",
    "shortTitle": "title-short",
    "uri": "URL",
    "volume": "volume",
}
_ROLES = {
    "author": ("authorList", "dcterms:creator", "dc:creator"),
    "editor": ("editorList", "editor"),
    "translator": ("translator",),
    "interviewer": ("interviewer",),
    "recipient": ("recipient",),
    "director": ("director",),
}
_SERIALS = ("isbn", "isbn10", "isbn13", "issn", "eissn", "eIssn")
_SERIES = frozenset({"Collection", "Series"})


def works(nodes: Sequence[Node]) -> list[Node]:
    """Give the nodes that are works by themselves."""
    wholes = {
        value.address
        for node in nodes
        for name, value in node.properties
        if name in _PART_OF and isinstance(value, Ref)
    }
    return [node for node in nodes if _is_work(node) and node.about not in wholes]


def _is_work(node: Node) -> bool:
    if _class(node):
        return _class(node) in _TYPES
    titled = any(name in ("dc:title", "dcterms:title") for name, _ in node.properties)
    return titled and (not node.type or node.type.strip("{").startswith(_DCMI_TYPE))


def _class(node: Node) -> str:
    """Give the name of a class of the ontology, "" for others."""
    bare = _SPACE.strip("{}")
    return next((node.type.removeprefix(s) for s in (_SPACE, bare) if node.type.startswith(s)), "")


def record_of(node: Node) -> Record:
    """Give the record of a work whose references have been followed."""
    record = dublin_core.decode([*_plain(node)])
    values: dict[str, Value] = {**record.values}
    _set_texts(values, node)
    for role, names in _ROLES.items():
        if people := next(filter(None, (_people(node, name) for name in names)), ()):
            values[role] = people
    for publisher in _nodes(node, "dcterms:publisher"):
        values["publisher"] = _label(publisher)
    for name in ("dcterms:issued", "dcterms:date", "dc:date"):
        if "issued" not in values and (date := worded_date(node.text(name))):
            values["issued"] = date
    kind = _TYPES.get(_class(node), "") or record.type
    for whole in _wholes(node):
        _set_whole(values, whole, kind)
    if node.about.startswith("http"):
        values.setdefault("URL", node.about)
    found = {name: value for name, value in values.items() if value}
    return record.replace(type=kind, values=found)


def _plain(node: Node) -> Iterator[tuple[str, str, str]]:
    for name, value in node.properties:
        if name.startswith(_PLAIN):
            text = value if isinstance(value, str) else ""
            if isinstance(value, Node):
                text = _label(value) if name.endswith(("subject", "language", "type")) else ""
            elif isinstance(value, Ref) and name.endswith("identifier"):
                text = value.address
            if text:
                yield name.partition(":")[2], text, ""


def _set_texts(values: dict[str, Value], node: Node) -> None:
    for name, variable in _TEXTS.items():
        if text := node.text(_SPACE + name):
            values[variable] = text
    first, last = node.text(f"{_SPACE}pageStart"), node.text(f"{_SPACE}pageEnd")
    if first and "page" not in values:
        values["page"] = f"{first}-{last}" if last and last != first else first
    for variable, number in _serials(node):
        known = str(values.get(variable, "")).split()
        values[variable] = " ".join(dict.fromkeys([*known, number]))


def _serials(node: Node) -> Iterator[tuple[str, str]]:
    for name in _SERIALS:
        for text in node.texts(_SPACE + name):
            yield from serial_numbers(text.removeprefix("urn:").strip())


def _wholes(node: Node) -> Iterator[Node]:
    """Give what a work is part of, and what that is part of, the nearest first."""
    for name in sorted(_PART_OF):
        for whole in node.nodes(name):
            yield whole
            yield from _wholes(whole)


def _set_whole(values: dict[str, Value], whole: Node, kind: str) -> None:
    title = whole.text("dcterms:title") or whole.text("dc:title")
    is_series = _class(whole) in _SERIES or kind == "book"
    if title:
        values.setdefault("collection-title" if is_series else "container-title", title)
    for name in ("volume", "issue"):
        if text := whole.text(_SPACE + name):
            values.setdefault(name, text)
    if short := whole.text(f"{_SPACE}shortTitle"):
        values.setdefault("container-title-short", short)
    if editors := _people(whole, "editorList") or _people(whole, "editor"):
        values.setdefault("editor", editors)
    for variable, number in _serials(whole):
        values.setdefault(variable, number)


def _nodes(node: Node, name: str) -> list[Node]:
    return [value for own, value in node.properties if own == name and isinstance(value, Node)]


def _people(node: Node, name: str) -> tuple[Name, ...]:
    name = name if ":" in name else _SPACE + name
    written = [name_of(text) for text in node.texts(name) if text]
    return tuple(written) or tuple(filter(None, _named(node.nodes(name))))


def _named(people: Iterable[Node]) -> Iterator[Name | None]:
    for person in people:
        family = person.text("foaf:familyName") or person.text("foaf:surname")
        given = person.text("foaf:givenName") or person.text("foaf:givenname")
        given = given or person.text("foaf:firstName")
        if family and given:
            yield name_of(f"{family}, {given}")
        else:
            label = family or _label(person)
            yield Name(literal=label) if label else None


def _label(node: Node) -> str:
    names = ("foaf:name", "rdf:value", "dcterms:title", "dc:title")
    labels = "{http://www.w3.org/2000/01/rdf-schema#}label"
    return next(filter(None, (node.text(name) for name in (*names, labels))), "")
